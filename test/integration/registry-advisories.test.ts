import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { writeAdvisoryStore } from '../../src/advisories/store/build-store.ts';
import { openAdvisoryStore } from '../../src/advisories/store/bolt-store.ts';
import type { AdvisoryRecord } from '../../src/advisories/store/record.ts';
import { importAdvisories, updateAdvisories, type AdvisoriesProgress, type AdvisoriesUpdateErrorCode } from '../../src/advisories/update.ts';
import { writeBolt } from '../../src/foundation/formats/bolt-writer.ts';
import { createHttpClient } from '../../src/foundation/io/http-client.ts';
import { toAdvisoryId } from '../../src/foundation/model/brand.ts';
import type { Credential } from '../../src/registry/credentials.ts';
import { needsRegistry, startRegistryServer, type RegistryServer } from '../support/registry-server.ts';

const LAYER = 'application/vnd.aquasec.trivy.db.layer.v1.tar+gzip';
const metadata = (updatedAt: string) =>
  JSON.stringify({ Version: 2, NextUpdate: updatedAt, UpdatedAt: updatedAt, DownloadedAt: '0001-01-01T00:00:00Z' });
const records: readonly AdvisoryRecord[] = [
  { kind: 'vulnerability', id: toAdvisoryId('CVE-2024-0001'), detail: { severity: 'high' } },
  { kind: 'affected', bucket: 'debian 12', packageName: 'zlib', id: toAdvisoryId('CVE-2024-0001'), advisory: { fixedVersion: '1.3' } },
];
const database = (builtAt = '2024-01-01T00:00:00Z'): Uint8Array => writeAdvisoryStore(records, { source: 'test', builtAt, full: true });

let folder: string;
let directory: string;
let counter = 0;
before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-update-'));
});
beforeEach(() => {
  counter += 1;
  directory = path.join(folder, `cache-${counter}`);
});
after(() => rm(folder, { recursive: true, force: true }));

describe('an update from a real registry', needsRegistry(), () => {
  let registry: RegistryServer;
  before(async () => {
    registry = await startRegistryServer();
  });
  after(() => registry.close());

  const push = async (tag: string, bytes: Uint8Array, mediaType = LAYER): Promise<string> => {
    await registry.push('aquasec/trivy-db', tag, { layers: [{ mediaType, bytes }] });
    return `${registry.host}/aquasec/trivy-db:${tag}`;
  };
  const update = (
    sources: readonly string[],
    options: { credential?: Credential | undefined; onProgress?: (progress: AdvisoriesProgress) => void; signal?: AbortSignal } = {},
  ) =>
    updateAdvisories({
      sources,
      directory,
      http: createHttpClient({ proxyEnvironment: {} }),
      credentialFor: () =>
        Promise.resolve('credential' in options ? options.credential : { kind: 'basic', username: registry.username, password: registry.password }),
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });

  test('arrives whole, is used from then on, and is not downloaded twice', async () => {
    const source = await push('good', await archive({ 'trivy.db': database(), 'metadata.json': metadata('2024-01-01T00:00:00Z') }));
    const progress: AdvisoriesProgress[] = [];
    const first = await update([source], { onProgress: (step) => progress.push(step) });
    assert.deepEqual(
      [first.source, first.file, first.changed, first.builtAt],
      [source, path.join(directory, 'trivy.db'), true, '2024-01-01T00:00:00Z'],
    );
    assert.ok(progress.some(({ fraction }) => fraction === 1));
    assert.deepEqual(await readdir(directory), ['metadata.json', 'origin.json', 'trivy.db']);
    assertUsable(first.file);
    const second = await update([source]);
    assert.deepEqual([second.changed, second.builtAt, second.digest], [false, first.builtAt, first.digest]);
    await writeFile(first.file, 'damaged');
    assert.equal((await update([source])).changed, true, 'a damaged one is downloaded again');
    assertUsable(first.file);
  });

  test('the next source is asked when one has nothing', async () => {
    const source = await push('fallback', await archive({ './trivy.db': database(), './metadata.json': metadata('2024-01-01T00:00:00Z') }));
    const { source: used } = await update(['127.0.0.1:1/nobody/there:2', `${registry.host}/aquasec/trivy-db:absent`, 'Not A Reference', source]);
    assert.equal(used, source);
  });

  test('who is not let in', async () => {
    const source = await push('closed', await archive({ 'trivy.db': database() }));
    await assert.rejects(update([source], { credential: undefined }), failsWith('refused', /401/));
  });

  test('a cancelled one throws what it was cancelled with, and leaves nothing behind', async () => {
    const source = await push('cancelled', await archive({ 'trivy.db': database() }));
    const controller = new AbortController();
    await assert.rejects(
      update([source], {
        signal: controller.signal,
        onProgress: () => {
          controller.abort();
        },
      }),
      { name: 'AbortError' },
    );
    assert.deepEqual(await readdir(directory).catch(() => []), []);
  });

  describe('leaves the previous one as it was', () => {
    const evil = path.join('..', '..', 'evil');
    const cases: Readonly<Record<string, () => BadArtifact | Promise<BadArtifact>>> = {
      'no gzip': () => [new TextEncoder().encode('hello'), 'malformed'],
      'no tar': () => [gzipSync('x'.repeat(5000)), 'malformed'],
      'half a gzip': async () => [(await archive({ 'trivy.db': database() })).subarray(0, 300), 'malformed'],
      'half a tar': async () => [gzipSync((await tar({ 'trivy.db': database() })).subarray(0, 2000)), 'malformed'],
      'no database in it': async () => [await archive({ 'other.db': database() }), 'malformed'],
      'a database that is none': async () => [await archive({ 'trivy.db': new Uint8Array(10_000) }), 'malformed'],
      'an empty database': async () => [await archive({ 'trivy.db': new Uint8Array() }), 'malformed'],
      'another schema': async () => [await archive({ 'trivy.db': withoutOwnMetadata(), 'metadata.json': '{"Version":9}' }), 'malformed'],
      'a link in its place': async () => [await archive({ 'trivy.db': { type: 'symlink', linkname: '/etc/passwd' } }), 'malformed'],
      'a name twice': async () => [
        gzipSync(Buffer.concat([(await tar({ 'trivy.db': database() })).subarray(0, -1024), await tar({ 'trivy.db': database() })])),
        'malformed',
      ],
      'names that climb': async () => [await archive({ [`${evil}/trivy.db`]: database(), [evil]: 'x', '/trivy.db': database() }), 'malformed'],
      'metadata without end': async () => [await archive({ 'metadata.json': ' '.repeat(2_000_000), 'trivy.db': database() }), 'malformed'],
      'another kind of artefact': async () => [await archive({ 'trivy.db': database() }), 'malformed', 'application/vnd.oci.image.layer.v1.tar+gzip'],
    };
    for (const [name, make] of Object.entries(cases)) {
      test(name, async () => {
        const good = await push(
          'before',
          await archive({ 'trivy.db': database('2023-05-05T00:00:00Z'), 'metadata.json': metadata('2023-05-05T00:00:00Z') }),
        );
        await update([good]);
        const before = await snapshot(directory);
        const [bytes, code, mediaType] = await make();
        await assert.rejects(update([await push('bad', bytes, mediaType)]), failsWith(code));
        assert.deepEqual(await snapshot(directory), before);
        assert.deepEqual(
          (await readdir(folder)).filter((entry) => entry.includes('evil')),
          [],
        );
      });
    }
  });
});

describe('an import by hand', () => {
  test('of the artefact’s archive, of a database with its metadata beside it, of one that carries its own', async () => {
    const packed = path.join(folder, 'db.tar.gz');
    await writeFile(packed, await archive({ 'trivy.db': database(), 'metadata.json': metadata('2024-01-01T00:00:00Z') }));
    assert.equal((await importAdvisories({ file: packed, directory })).changed, true);
    assertUsable(path.join(directory, 'trivy.db'));
    const elsewhere = path.join(folder, 'elsewhere');
    await mkdir(elsewhere);
    await writeFile(path.join(elsewhere, 'trivy.db'), withoutOwnMetadata());
    await writeFile(path.join(elsewhere, 'metadata.json'), metadata('2021-01-01T00:00:00Z'));
    assert.equal((await importAdvisories({ file: path.join(elsewhere, 'trivy.db'), directory })).builtAt, '2021-01-01T00:00:00Z');
    assert.deepEqual(await readdir(directory), ['metadata.json', 'trivy.db']);
    await rm(path.join(elsewhere, 'metadata.json'));
    await writeFile(path.join(elsewhere, 'any-name.db'), database('2022-02-02T00:00:00Z'));
    assert.equal((await importAdvisories({ file: path.join(elsewhere, 'any-name.db'), directory })).builtAt, '2022-02-02T00:00:00Z');
    assert.deepEqual(await readdir(directory), ['trivy.db'], 'the metadata of the one before is not left beside it');
  });
  test('of what is none, or is not there', async () => {
    const file = path.join(folder, 'notes.txt');
    await writeFile(file, 'hello');
    await assert.rejects(importAdvisories({ file, directory }), failsWith('malformed', /notes\.txt/));
    await assert.rejects(importAdvisories({ file: path.join(folder, 'absent'), directory }), failsWith('not-found'));
    await assert.rejects(importAdvisories({ file: folder, directory }), failsWith('io'));
    assert.deepEqual(await readdir(directory), []);
  });
  test('where the folder cannot be made', async () => {
    const file = path.join(folder, 'own.db');
    await writeFile(file, database());
    await assert.rejects(importAdvisories({ file, directory: path.join(file, 'below') }), failsWith('io'));
  });
  test('clears away what a crash left behind, but not what another update is at', async () => {
    const [old, fresh] = ['.staging-old', '.staging-fresh'].map((name) => path.join(directory, name));
    for (const name of [old, fresh]) await mkdir(name!, { recursive: true });
    await utimes(old!, 0, 0);
    const file = path.join(folder, 'own2.db');
    await writeFile(file, database());
    await importAdvisories({ file, directory });
    assert.deepEqual(await readdir(directory), ['.staging-fresh', 'trivy.db']);
  });
});

type BadArtifact = readonly [bytes: Uint8Array, code: AdvisoriesUpdateErrorCode, mediaType?: string];

/** As trivy-db builds it: what it is stands only in the metadata.json beside it. */
function withoutOwnMetadata(): Uint8Array {
  return writeBolt(new Map([['vulnerability', new Map([['CVE-2024-0001', new TextEncoder().encode('{}')]])]]));
}

function assertUsable(file: string): void {
  const store = openAdvisoryStore(file);
  try {
    assert.deepEqual(
      store.advisories('debian 12', 'zlib').map(({ id }) => id),
      ['CVE-2024-0001'],
    );
  } finally {
    store.close();
  }
}

type Content = string | Uint8Array | { readonly type: 'symlink'; readonly linkname: string };

async function archive(files: Readonly<Record<string, Content>>): Promise<Uint8Array> {
  return gzipSync(await tar(files));
}

async function tar(files: Readonly<Record<string, Content>>): Promise<Buffer> {
  const packing = pack();
  for (const [name, content] of Object.entries(files)) {
    if (typeof content === 'string' || content instanceof Uint8Array) packing.entry({ name }, Buffer.from(content));
    else packing.entry({ name, ...content });
  }
  packing.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of packing as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function snapshot(where: string): Promise<unknown> {
  const names = (await readdir(where)).sort();
  return Promise.all(names.map(async (name) => [name, await readFile(path.join(where, name), 'base64')]));
}

function failsWith(code: AdvisoriesUpdateErrorCode, message = /./) {
  return (error: Error & { code?: string }): boolean => {
    assert.equal(error.name, 'AdvisoriesUpdateError', error.stack);
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  };
}
