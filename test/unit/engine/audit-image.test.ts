import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { auditImage, type Judging } from '../../../src/engine/audit-image.ts';
import { createHttpClient } from '../../../src/foundation/io/http-client.ts';
import type { Digest } from '../../../src/foundation/model/brand.ts';
import type { PolicyDecision } from '../../../src/foundation/model/policy.ts';
import { RegistryClient } from '../../../src/registry/client.ts';
import { startMemoryRegistry } from '../../support/memory-registry.ts';
import { sampleReport } from '../evidence/sample-report.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';
const ALLOWED = { decision: 'allow', reason: 'Nothing forbids it.', blocking: [], problems: [] } as unknown as PolicyDecision;

/** A registry with an image of which nothing is known but that it may leave. */
async function start(t: TestContext) {
  const registry = await startMemoryRegistry();
  t.after(() => registry.close());
  const config = Buffer.from(JSON.stringify({ os: 'linux', architecture: 'amd64', config: {}, rootfs: { type: 'layers', diff_ids: [] } }));
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { mediaType: CONFIG, digest: registry.putBlob('team/app', config), size: config.length },
    layers: [],
  };
  const digest = registry.put('team/app', '1', MANIFEST, manifest);
  const judging: Judging = {
    client: new RegistryClient({
      registry: registry.host,
      http: createHttpClient({ proxyEnvironment: {} }),
      credential: () => Promise.resolve(undefined),
    }),
    look: () => Promise.resolve({ report: sampleReport, basis: 'remembered' }),
    judge: () => Promise.resolve(ALLOWED),
    options: {},
  };
  const entry = { mediaType: MANIFEST, digest, size: 7, platform: { os: 'linux', architecture: 'amd64' } };
  const audit = (manifests: readonly unknown[], more: Partial<Judging> = {}) => {
    const index = registry.put('team/app', undefined, INDEX, { schemaVersion: 2, mediaType: INDEX, manifests });
    return auditImage({ repository: 'team/app', digest: index as Digest, tags: ['1'] }, { ...judging, ...more });
  };
  return { entry, audit };
}

test('what an index names and nobody can read is not known', async (t) => {
  const { entry, audit } = await start(t);
  assert.equal((await audit([entry]))?.decision, 'allow');
  for (const odd of [
    { ...entry, mediaType: INDEX },
    { ...entry, size: 'large' },
    { ...entry, mediaType: undefined },
    { ...entry, digest: 'x' },
    null,
  ]) {
    const audited = await audit([entry, odd]);
    assert.equal(audited?.decision, 'unknown', JSON.stringify(odd));
    assert.match(audited.reason, /names 1 more/);
    // Without an image beside it, too: it is not passed over as a chart would be.
    assert.equal((await audit([odd]))?.decision, 'unknown', JSON.stringify(odd));
  }
});

test('what is surely no image, and what was not asked for, is of no concern', async (t) => {
  const { entry, audit } = await start(t);
  const attestation = { ...entry, platform: { os: 'unknown', architecture: 'unknown' } };
  const program = { ...entry, mediaType: 'application/vnd.wasm.content.layer.v1+wasm' };
  assert.equal((await audit([entry, attestation, program]))?.decision, 'allow');
  assert.equal(await audit([attestation, program]), undefined);
  const platform = { os: 'linux', architecture: 'amd64' };
  assert.equal((await audit([entry, { ...entry, mediaType: INDEX }], { platform }))?.decision, 'allow');
});
