import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { checkPush } from '../../../src/engine/check-push.ts';
import { parseConfiguration } from '../../../src/engine/configuration.ts';
import { createHttpClient } from '../../../src/foundation/io/http-client.ts';
import type { DiffId, Digest } from '../../../src/foundation/model/brand.ts';
import type { ScanReport } from '../../../src/foundation/model/report.ts';
import { redactConfig } from '../../../src/image/content/redact-text.ts';
import { describeRegistryImage } from '../../../src/image/sources/registry.ts';
import { makeKey } from '../../support/certificate-builder.ts';
import { startMemoryRegistry, type MemoryRegistry } from '../../support/memory-registry.ts';
import { cosignLayer, MANIFEST, putCosign } from '../../support/signature-builder.ts';
import { sampleReport } from '../evidence/sample-report.ts';

const BASE_LAYER = `sha256:${'b'.repeat(64)}`;
const OWN_LAYER = `sha256:${'c'.repeat(64)}`;
const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-required-'));
const key = makeKey();
const environment = process.env['DOCKER_CONFIG'];
let registry: MemoryRegistry;

before(async () => {
  registry = await startMemoryRegistry();
  writeFileSync(path.join(folder, 'key.pub'), key.pem);
  process.env['DOCKER_CONFIG'] = folder;
});

after(async () => {
  await registry.close();
  rmSync(folder, { recursive: true });
  if (environment === undefined) delete process.env['DOCKER_CONFIG'];
  else process.env['DOCKER_CONFIG'] = environment;
});

function put(repository: string, tag: string, diffIds: readonly string[], env: readonly string[] = []): string {
  const config = Buffer.from(
    JSON.stringify({ os: 'linux', architecture: 'amd64', config: { Env: env }, rootfs: { type: 'layers', diff_ids: diffIds } }),
  );
  const layers = diffIds.map((digest) => ({ mediaType: 'application/vnd.oci.image.layer.v1.tar', digest, size: 1024 }));
  const entry = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: registry.putBlob(repository, config), size: config.length };
  return registry.put(repository, tag, MANIFEST, { schemaVersion: 2, mediaType: MANIFEST, config: entry, layers });
}

function signIt(repository: string, digest: string, by = key): void {
  putCosign(registry, repository, digest, [cosignLayer(by, digest)]);
}

/** What a scan of the image would say, without findings. */
async function reportOf(repository: string, digest: string, annotations: Readonly<Record<string, string>> = {}): Promise<ScanReport> {
  const access = { http: createHttpClient(), credential: () => Promise.resolve(undefined) };
  const { config, layers } = await describeRegistryImage({ registry: registry.host, repository, digest: digest as Digest }, access, {});
  const read = layers.map(({ diffId }) => ({ diffId: diffId ?? ('' as DiffId), mediaType: '', sizeBytes: 0 }));
  // The scan was made before the push: of the image's id.
  const image = { platform: { os: 'linux', architecture: 'amd64' }, config: redactConfig(config), layers: read, annotations };
  return { ...sampleReport, image, findings: [], packages: [], problems: [], status: 'complete' };
}

async function check(report: ScanReport, reference: string, text: string, forPush = false) {
  const configuration = await parseConfiguration(text, path.join(folder, '.plimsoll.yaml'));
  assert.deepEqual(configuration.problems, []);
  const { decision, blocking, reason, problems } = await checkPush(report, `${registry.host}/${reference}`, { configuration, forPush });
  return { decision, blocking, reason, problems };
}

const requiring = (what: string): string => `trust:\n  - match: ['*']\n    requireFor: ${what}\n    keys: [{ name: release, file: key.pub }]\n`;

describe('a signature of the image that is pushed', () => {
  test('valid, by another, none', async () => {
    const digest = put('team/push', '1', [BASE_LAYER], ['AWS_SECRET_ACCESS_KEY=kMcQh7Vd2yXrT9wLbN4sZgJf6RpEaU3oHi8qYxC1']);
    const report = await reportOf('team/push', digest);
    assert.deepEqual((await check(report, 'team/push:1', requiring('push'))).blocking, ['signature']);
    signIt('team/push', digest, makeKey());
    const untrusted = await check(report, 'team/push:1', requiring('both'));
    assert.deepEqual([untrusted.decision, untrusted.blocking], ['block', ['signature']]);
    assert.match(untrusted.reason, /must have a valid signature: a signature is there, and is not trusted/);
    signIt('team/push', digest);
    assert.equal((await check(report, 'team/push:1', requiring('push'))).decision, 'allow');
    const policy = `policy: { signature: required }\n${requiring('base').replace('    requireFor: base\n', '')}`;
    assert.equal((await check(report, 'team/push:1', policy)).decision, 'allow');
  });

  test('not there yet: it can be signed only after the push', async () => {
    const digest = put('team/early', '1', [BASE_LAYER]);
    const { decision, reason } = await check(await reportOf('team/early', digest), 'team/early:2', requiring('push'));
    assert.equal(decision, 'unknown');
    assert.match(reason, /push it, sign it, and ask plimsoll verify/);
  });

  test('the push that comes before the signature is not held by it, and is told of it', async () => {
    const digest = put('team/first', '1', [BASE_LAYER]);
    const pushed = await check(await reportOf('team/first', digest), 'team/first:2', requiring('push'), true);
    assert.equal(pushed.decision, 'allow');
    assert.match(pushed.problems.map(({ message }) => message).join(), /push it, sign it, and ask plimsoll verify/);
    const unsigned = await check(await reportOf('team/first', digest), 'team/first:1', requiring('push'), true);
    assert.equal(unsigned.decision, 'block', 'what is there, and is not signed');
  });

  test('what is there under the name is another image, in its layers or only in its config', async () => {
    const digest = put('team/other', '1', [BASE_LAYER]);
    const report = await reportOf('team/other', digest);
    for (const [tag, layers, env] of [
      ['2', [BASE_LAYER, OWN_LAYER], []],
      ['3', [BASE_LAYER], ['A=b']],
    ] as const) {
      signIt('team/other', put('team/other', tag, layers, env));
      const { decision, reason } = await check(report, `team/other:${tag}`, requiring('push'));
      assert.deepEqual([decision, /another image/.test(reason)], ['unknown', true]);
    }
  });

  test('nobody is asked where nothing is required', async () => {
    const digest = put('team/none', '1', [BASE_LAYER]);
    const report = await reportOf('team/none', digest);
    const asked = registry.asked.length;
    const { decision } = await check(report, 'team/none:1', requiring('push').replace("['*']", '[registry.example.com]'));
    assert.equal(decision, 'unknown', 'the registry itself is of no known kind');
    assert.ok(!registry.asked.slice(asked).some((request) => request.includes('/v2/team/none/')));
  });

  test('whom to believe is said nowhere', async () => {
    const digest = put('team/whom', '1', [BASE_LAYER]);
    signIt('team/whom', digest);
    const { decision, reason } = await check(await reportOf('team/whom', digest), 'team/whom:1', 'policy: { signature: required }\n');
    assert.deepEqual([decision, /whom to believe/.test(reason)], ['unknown', true]);
  });
});

describe('a signature of the base image', () => {
  const annotated = (name: string, digest?: string) => ({
    'org.opencontainers.image.base.name': name,
    ...(digest === undefined ? {} : { 'org.opencontainers.image.base.digest': digest }),
  });

  test('by its digest, or by its name where the layers are the same', async () => {
    const base = put('base/linux', '1', [BASE_LAYER]);
    const image = put('team/app', '1', [BASE_LAYER, OWN_LAYER]);
    const name = `${registry.host}/base/linux:1`;
    for (const annotations of [annotated(name, base), annotated(name)]) {
      registry.repositories.get('base/linux')?.tags.delete(`${base.replace(':', '-')}.sig`);
      const report = await reportOf('team/app', image, annotations);
      const { decision, blocking } = await check(report, 'team/app:1', requiring('base'));
      assert.deepEqual([decision, blocking], ['block', ['base-signature']]);
      signIt('base/linux', base);
      assert.equal((await check(report, 'team/app:1', requiring('base'))).decision, 'allow');
    }
  });

  test('what the image says of it is not what its layers say, or is nothing', async () => {
    const base = put('base/signed', '1', [BASE_LAYER]);
    signIt('base/signed', base);
    const image = put('team/liar', '1', [OWN_LAYER]);
    const name = `${registry.host}/base/signed:1`;
    const cases = [annotated(name, base), annotated(name), annotated('Not A Name'), annotated(`${registry.host}/base/gone:1`), {}];
    const reasons: string[] = [];
    for (const annotations of cases) {
      const { decision, reason } = await check(await reportOf('team/liar', image, annotations), 'team/liar:1', requiring('base'));
      assert.equal(decision, 'unknown', reason);
      reasons.push(reason);
    }
    const words = [/layers do not begin/, /layers do not begin/, /no image's name/, /could not be looked at/, /does not say what it was built on/];
    assert.deepEqual(
      words.map((word, index) => word.test(reasons[index] ?? '')),
      words.map(() => true),
      reasons.join('\n'),
    );
  });
});
