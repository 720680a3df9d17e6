import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { writeAdvisoryStore } from '../../src/advisories/store/build-store.ts';
import { openAdvisoryStore } from '../../src/advisories/store/bolt-store.ts';
import { openExtras } from '../../src/advisories/store/extras-files.ts';
import type { AdvisoryRecord } from '../../src/advisories/store/record.ts';
import { importAdvisories } from '../../src/advisories/import-advisories.ts';
import {
  resetAdvisories,
  rollBackAdvisories,
  updateAdvisories,
  type AdvisoriesProgress,
  type UpdateAdvisoriesInput,
} from '../../src/advisories/update.ts';
import type { AdvisoriesUpdateErrorCode } from '../../src/advisories/update-error.ts';
import { writeBolt } from '../../src/foundation/formats/bolt-writer.ts';
import { findGenerations } from '../../src/foundation/io/generations.ts';
import { createHttpClient } from '../../src/foundation/io/http-client.ts';
import { toAdvisoryId } from '../../src/foundation/model/brand.ts';
import type { Credential } from '../../src/registry/credentials.ts';
import { startFileServer, type FileServer } from '../support/file-server.ts';
import { needsOpenssl, startHttpsWorld } from '../support/https-world.ts';
import { startTokenRegistry } from '../support/token-registry.ts';
import { startProcess } from '../support/processes.ts';
import { startRegistryProxy } from '../support/registry-proxy.ts';
import { needsRegistry, startRegistryServer, type RegistryServer } from '../support/registry-server.ts';
import { waitFor } from '../support/wait.ts';

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
  const pushEdition = async (tag: string, builtAt: string): Promise<string> =>
    push(tag, await archive({ 'trivy.db': database(builtAt), 'metadata.json': metadata(builtAt) }));
  /** With something beside the database that does not compress, so that the download takes a moment. */
  const pushLarge = async (tag: string): Promise<string> =>
    push(tag, await archive({ 'trivy.db': database(), 'metadata.json': metadata('2024-01-01T00:00:00Z'), noise: randomBytes(4_000_000) }));
  /** An update in a process of its own, with the right sign-in. */
  const startUpdate = (sources: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    startProcess(
      process.execPath,
      [path.join(import.meta.dirname, '..', 'support', 'update-advisories-once.ts'), directory, registry.username, registry.password, ...sources],
      { env },
    );
  const inUse = (): string => path.join(findGenerations(directory).current ?? 'none', 'trivy.db');
  const update = (
    sources: readonly string[],
    options: { credential?: Credential | undefined } & Partial<Pick<UpdateAdvisoriesInput, 'onProgress' | 'signal' | 'lists' | 'isScheduled'>> = {},
  ) =>
    updateAdvisories({
      sources,
      directory,
      lists: options.lists ?? false,
      http: createHttpClient({ proxyEnvironment: {} }),
      credentialFor: () =>
        Promise.resolve('credential' in options ? options.credential : { kind: 'basic', username: registry.username, password: registry.password }),
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      ...(options.isScheduled === undefined ? {} : { isScheduled: options.isScheduled }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });

  test('arrives whole, is used from then on, and is not downloaded twice', async () => {
    const source = await push('good', await archive({ 'trivy.db': database(), 'metadata.json': metadata('2024-01-01T00:00:00Z') }));
    const progress: AdvisoriesProgress[] = [];
    const first = await update([source], { onProgress: (step) => progress.push(step) });
    assert.deepEqual([first.source, first.file, first.changed, first.builtAt], [source, inUse(), true, '2024-01-01T00:00:00Z']);
    assert.ok(progress.some(({ fraction }) => fraction === 1));
    assert.deepEqual(await readdir(path.dirname(first.file)), ['metadata.json', 'origin.json', 'trivy.db']);
    assert.equal((await readdir(directory)).length, 3, 'a generation, which one counts, when it was asked for');
    assertUsable(first.file);
    const second = await update([source]);
    assert.deepEqual([second.changed, second.builtAt, second.digest], [false, first.builtAt, first.digest]);
    await writeFile(first.file, 'damaged');
    const third = await update([source]);
    assert.equal(third.changed, true, 'a damaged one is downloaded again');
    assertUsable(third.file);
  });

  test('whoever has the previous one open goes on reading it; one can go back to it, and forth again', async () => {
    const [older, newer] = [await pushEdition('older', '2024-01-01T00:00:00Z'), await pushEdition('newer', '2024-02-02T00:00:00Z')];
    const first = await update([older]);
    const reader = openAdvisoryStore(first.file);
    await update([newer]);
    assert.equal(reader.advisories('debian 12', 'zlib').length, 1);
    reader.close();
    const builtAt = (): string => {
      const store = openAdvisoryStore(inUse());
      store.close();
      return store.used.builtAt;
    };
    assert.equal(builtAt(), '2024-02-02T00:00:00Z');
    await rollBackAdvisories(directory);
    assert.equal(builtAt(), '2024-01-01T00:00:00Z');
    assert.equal((await update([newer], { isScheduled: true })).changed, false, 'nobody asked for the one that was left');
    assert.equal(builtAt(), '2024-01-01T00:00:00Z');
    const again = await update([newer]);
    assert.deepEqual([again.changed, builtAt()], [true, '2024-02-02T00:00:00Z']);
    await rollBackAdvisories(directory);
    await rollBackAdvisories(directory);
    assert.equal(builtAt(), '2024-02-02T00:00:00Z');
  });

  test('what was let go of is not brought in by the schedule, but by whoever asks for it', async () => {
    const source = await pushEdition('let-go', '2024-01-01T00:00:00Z');
    await update([source]);
    await resetAdvisories(directory);
    assert.equal(findGenerations(directory).current, undefined);
    assert.equal((await update([source], { isScheduled: true })).changed, false);
    assert.equal(findGenerations(directory).current, undefined);
    assert.equal((await update([source])).changed, true);
    assertUsable(inUse());
  });

  test('there is nothing to go back to after the first', async () => {
    await update([await pushEdition('single', '2024-01-01T00:00:00Z')]);
    await assert.rejects(rollBackAdvisories(directory), failsWith('not-found'));
  });

  test('a registry with a token service: at first as nobody, then by name', needsOpenssl(), async () => {
    const source = await pushEdition('by-token', '2024-01-01T00:00:00Z');
    const guarded = await startTokenRegistry(registry.dataFolder, registry.username, registry.password);
    try {
      const { changed } = await update([source.replace(registry.host, guarded.host)]);
      assert.equal(changed, true);
      assertUsable(inUse());
      assert.ok(guarded.asked.length >= 2, guarded.asked.join(', '));
      assert.match(guarded.asked[0] ?? '', /scope=repository%3Aaquasec%2Ftrivy-db%3Apull/);
      await assert.rejects(update([source.replace(registry.host, guarded.host)], { credential: undefined }), failsWith('refused'));
    } finally {
      await guarded.close();
    }
  });

  test('through a proxy, from a mirror whose certificate is of an authority of our own', needsOpenssl(), async () => {
    const source = await pushEdition('by-proxy', '2024-01-01T00:00:00Z');
    const world = await startHttpsWorld('mirror.example.org', (request, response) => {
      const headers = { ...request.headers, host: registry.host };
      const forwarded = http.request(`http://${registry.host}${request.url ?? ''}`, { method: request.method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      request.pipe(forwarded);
    });
    try {
      const child = startUpdate([source.replace(registry.host, 'mirror.example.org')], world.environment);
      await waitFor('the update to end', () => child.ended() !== undefined, { timeoutMs: 60_000 });
      assert.match(child.output(), /"changed":true/);
      assertUsable(inUse());
      assert.ok(world.asked.some((line) => line.includes('/blobs/')));
    } finally {
      await world.close();
    }
  });

  test('a mirror that serves web pages is told, and the next source is asked', async () => {
    const mirror = await startFileServer((_, response) =>
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Sign in</title>'),
    );
    try {
      await assert.rejects(update([`${mirror.host}/aquasec/trivy-db:2`]), failsWith('malformed', /web page/));
      const { source } = await update([`${mirror.host}/aquasec/trivy-db:2`, await pushEdition('behind', '2024-01-01T00:00:00Z')]);
      assert.match(source, /:behind$/);
    } finally {
      await mirror.close();
    }
  });

  describe('behind a proxy', () => {
    test('a download that is cut off goes on where it ended', async () => {
      const source = await pushLarge('cut');
      let cuts = 0;
      const asked: (string | undefined)[] = [];
      const proxy = await startRegistryProxy(registry.host, ({ path: asking, range }) => {
        if (!asking.includes('/blobs/')) return {};
        asked.push(range);
        cuts += 1;
        return cuts <= 2 ? { cutAfterBytes: 300_000 } : {};
      });
      try {
        const { changed } = await update([source.replace(registry.host, proxy.host)]);
        assert.equal(changed, true);
        assertUsable(inUse());
        assert.deepEqual(
          asked.filter((range) => range !== undefined).map((range) => /^bytes=([1-9]\d*)-$/.test(range)),
          [true, true],
          asked.join(', '),
        );
      } finally {
        await proxy.close();
      }
    });

    test('other bytes than the digest promises are refused, and asked for anew the next time', async () => {
      await update([await pushEdition('intact', '2023-05-05T00:00:00Z')]);
      const before = await snapshot(directory);
      const source = await pushEdition('tampered', '2024-01-01T00:00:00Z');
      let tampers = true;
      const proxy = await startRegistryProxy(registry.host, ({ path: asking }) => (tampers && asking.includes('/blobs/') ? { flipByte: 100 } : {}));
      try {
        await assert.rejects(update([source.replace(registry.host, proxy.host)]), failsWith('malformed', /sent other bytes/));
        assert.deepEqual(await snapshot(directory), before);
        tampers = false;
        assert.equal((await update([source.replace(registry.host, proxy.host)])).changed, true);
      } finally {
        await proxy.close();
      }
    });

    test('a process that is killed leaves the previous one; the next goes on with what it got, and clears the rest away', async () => {
      await update([await pushEdition('survivor', '2023-05-05T00:00:00Z')]);
      const source = await pushLarge('killed');
      const ranges: (string | undefined)[] = [];
      let stalls = true;
      const proxy = await startRegistryProxy(registry.host, ({ path: asking, range }) => {
        if (!asking.includes('/blobs/')) return {};
        ranges.push(range);
        return stalls ? { stallAfterBytes: 500_000 } : {};
      });
      try {
        const child = startUpdate([source.replace(registry.host, proxy.host)]);
        await waitFor('the download to begin', async () => (await downloaded(directory)) >= 400_000);
        process.kill(child.pid, 'SIGKILL');
        await waitFor('the child to end', () => child.ended() !== undefined);
        assertUsable(inUse());
        assert.ok((await readdir(directory)).includes('update.lock'), 'nobody was there to take it away');
        stalls = false;
        const { changed } = await update([source.replace(registry.host, proxy.host)]);
        assert.equal(changed, true);
        assertUsable(inUse());
        assert.match(ranges.at(-1) ?? '', /^bytes=[1-9]\d*-$/);
        assert.deepEqual(
          (await readdir(directory)).filter((name) => name.startsWith('.') || name.endsWith('.lock')),
          [],
        );
      } finally {
        await proxy.close();
      }
    });

    test('of two processes one does the work, and the other waits and sees that it is done', async () => {
      const source = await pushLarge('twice');
      let [blobs, manifests, isHeld] = [0, 0, true];
      const proxy = await startRegistryProxy(registry.host, ({ path: asking }) => {
        if (asking.includes('/manifests/')) manifests += 1;
        if (!asking.includes('/blobs/')) return {};
        blobs += 1;
        return { holdWhile: () => isHeld };
      });
      try {
        const start = () => startUpdate([source.replace(registry.host, proxy.host)]);
        const first = start();
        // Let go only when the other one is there too.
        await waitFor('the download to begin', () => blobs > 0);
        const children = [first, start()];
        await waitFor('the other one to ask or to wait', () => manifests > 2 || children[1]?.output().includes('Waiting for another update'));
        isHeld = false;
        await waitFor('both to end', () => children.every(({ ended }) => ended() !== undefined), { timeoutMs: 60_000 });
        const results = children.map(({ output, ended }) => /"changed":(true|false)/.exec(output())?.[1] ?? `${ended() ?? ''} ${output()}`).sort();
        assert.deepEqual(results, ['false', 'true']);
        assert.equal(blobs, 1);
        assertUsable(inUse());
      } finally {
        await proxy.close();
      }
    });
  });

  describe('with the lists beside it', () => {
    const kev = JSON.stringify({
      catalogVersion: '2026.01.02',
      dateReleased: '2026-01-02T03:04:05Z',
      vulnerabilities: [{ cveID: 'CVE-2024-0001', dateAdded: '2025-05-05' }],
    });
    const epss = '#model_version:v2025.03.14,score_date:2026-01-03T00:00:00+0000\ncve,epss,percentile\nCVE-2024-0001,0.25,0.9\n';
    const answers: Readonly<Record<string, () => { status?: number; body?: string | Uint8Array }>> = {
      '/kev.json': () => ({ body: kev }),
      '/epss.csv.gz': () => ({ body: gzipSync(epss) }),
      '/page': () => ({ body: '<html>Sign in</html>' }),
      '/bomb.csv.gz': () => ({ body: gzipSync(Buffer.alloc(200_000_000)) }),
      '/broken': () => ({ status: 500 }),
    };
    let server: FileServer;
    before(async () => {
      server = await startFileServer((request, response) => {
        const answer = answers[request.url ?? '']?.() ?? { status: 404 };
        const isKnown = request.headers['if-none-match'] === '"1"' && answer.body !== undefined;
        response.statusCode = isKnown ? 304 : (answer.status ?? 200);
        response.setHeader('etag', '"1"').end(isKnown ? '' : (answer.body ?? ''));
      });
    });
    after(() => server.close());
    const detail = (): unknown => {
      const store = openAdvisoryStore(inUse(), openExtras(directory));
      try {
        const { kevAddedAt, epss: score } = { ...store.detail(toAdvisoryId('CVE-2024-0001')) };
        return [kevAddedAt, score];
      } finally {
        store.close();
      }
    };

    test('they are taken, and not a second time', async () => {
      const source = await pushEdition('with-lists', '2024-01-01T00:00:00Z');
      const lists = { kev: `${server.origin}/kev.json`, epss: `${server.origin}/epss.csv.gz` };
      const first = await update([source], { lists });
      assert.deepEqual(
        first.lists.map(({ kind, publishedAt, changed }) => [kind, publishedAt, changed]),
        [
          ['kev', '2026-01-02T03:04:05.000Z', true],
          ['epss', '2026-01-03T00:00:00.000Z', true],
        ],
      );
      assert.deepEqual(detail(), ['2025-05-05', { probability: 0.25, percentile: 0.9 }]);
      const second = await update([source], { lists });
      assert.deepEqual([second.problems, second.lists.map(({ changed }) => changed)], [[], [false, false]]);
    });

    test('one that cannot be had is a problem, and the previous one stays', async () => {
      const source = await pushEdition('without-lists', '2024-01-01T00:00:00Z');
      await update([source], { lists: { kev: `${server.origin}/kev.json`, epss: `${server.origin}/epss.csv.gz` } });
      for (const [name, why] of [
        ['page', /web page/],
        ['broken', /answered 500/],
        ['absent', /no such file/],
        ['bomb.csv.gz', /./],
      ] as const) {
        const { problems, changed } = await update([source], { lists: { kev: `${server.origin}/${name}`, epss: `${server.origin}/${name}` } });
        assert.deepEqual([changed, problems.length], [false, 2], name);
        for (const problem of problems) assert.match(problem, why);
        assert.deepEqual(detail(), ['2025-05-05', { probability: 0.25, percentile: 0.9 }]);
      }
    });

    test('they can be carried over by hand', async () => {
      const files = { 'kev.json': kev, 'scores.csv': epss, 'scores.csv.gz': gzipSync(epss), 'own.db': database() };
      for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
      const at = (name: string): string => path.join(folder, name);
      const { database: imported, lists } = await importAdvisories({ files: [at('own.db'), at('kev.json'), at('scores.csv.gz')], directory });
      assert.deepEqual([imported?.builtAt, lists.map(({ kind }) => kind)], ['2024-01-01T00:00:00Z', ['kev', 'epss']]);
      assert.deepEqual(detail(), ['2025-05-05', { probability: 0.25, percentile: 0.9 }]);
      assert.deepEqual(
        (await importAdvisories({ files: [at('scores.csv')], directory })).lists.map(({ kind }) => kind),
        ['epss'],
      );
    });
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
        assertUsable(inUse());
        assert.deepEqual(
          (await readdir(folder)).filter((entry) => entry.includes('evil')),
          [],
        );
      });
    }
  });
});

describe('an import by hand', () => {
  const inUse = (): string => path.join(findGenerations(directory).current ?? 'none', 'trivy.db');
  const generation = async (): Promise<string[]> => readdir(path.dirname(inUse()));
  const importOne = async (file: string) => (await importAdvisories({ files: [file], directory })).database;

  test('of the artefact’s archive, of a database with its metadata beside it, of one that carries its own', async () => {
    const packed = path.join(folder, 'db.tar.gz');
    await writeFile(packed, await archive({ 'trivy.db': database(), 'metadata.json': metadata('2024-01-01T00:00:00Z') }));
    assert.equal((await importOne(packed))?.source, packed);
    assertUsable(inUse());
    const elsewhere = path.join(folder, 'elsewhere');
    await mkdir(elsewhere);
    await writeFile(path.join(elsewhere, 'trivy.db'), withoutOwnMetadata());
    await writeFile(path.join(elsewhere, 'metadata.json'), metadata('2021-01-01T00:00:00Z'));
    assert.equal((await importOne(path.join(elsewhere, 'trivy.db')))?.builtAt, '2021-01-01T00:00:00Z');
    assert.deepEqual(await generation(), ['metadata.json', 'origin.json', 'trivy.db']);
    await rm(path.join(elsewhere, 'metadata.json'));
    await writeFile(path.join(elsewhere, 'any-name.db'), database('2022-02-02T00:00:00Z'));
    assert.equal((await importOne(path.join(elsewhere, 'any-name.db')))?.builtAt, '2022-02-02T00:00:00Z');
    assert.deepEqual(await generation(), ['origin.json', 'trivy.db'], 'the metadata of the one before is not left beside it');
  });
  test('of what is none, or is not there', async () => {
    const file = path.join(folder, 'notes.txt');
    await writeFile(file, 'hello');
    await assert.rejects(importOne(file), failsWith('malformed', /notes\.txt/));
    await assert.rejects(importOne(path.join(folder, 'absent')), failsWith('not-found'));
    await assert.rejects(importOne(folder), failsWith('io'));
    assert.deepEqual(await readdir(directory), []);
  });
  test('where the folder cannot be made', async () => {
    const file = path.join(folder, 'own.db');
    await writeFile(file, database());
    await assert.rejects(importAdvisories({ files: [file], directory: path.join(file, 'below') }), failsWith('io'));
  });
  test('clears away what a crash left behind', async () => {
    const file = path.join(folder, 'own2.db');
    await writeFile(file, database());
    await importOne(file);
    for (const name of ['.staging-old', 'generation-Lost', '.download-sha256-00']) await mkdir(path.join(directory, name), { recursive: true });
    await importOne(file);
    assert.deepEqual(
      (await readdir(directory)).filter((name) => !name.startsWith('generation-')),
      ['.download-sha256-00', 'current.json'],
      'a download may go on another day',
    );
    assert.equal((await readdir(directory)).filter((name) => name.startsWith('generation-')).length, 2);
  });
});

/** Bytes that a download under way has put aside. */
async function downloaded(where: string): Promise<number> {
  const [name] = (await readdir(where)).filter((candidate) => candidate.startsWith('.download-'));
  return name === undefined ? 0 : (await stat(path.join(where, name))).size;
}

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

/** Everything in a folder and below, but the time at which something was last asked for. */
async function snapshot(where: string): Promise<unknown> {
  const entries = await readdir(where, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && entry.name !== 'checked.json').map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(names.sort().map(async (name) => [name, await readFile(name, 'base64')]));
}

function failsWith(code: AdvisoriesUpdateErrorCode, message = /./) {
  return (error: Error & { code?: string }): boolean => {
    assert.equal(error.name, 'AdvisoriesUpdateError', error.stack);
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  };
}
