import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isAtLeastAsNew } from '../../../src/engine/adopt-report.ts';
import { checkFound } from '../../../src/engine/found-report.ts';
import type { Digest, DiffId } from '../../../src/foundation/model/brand.ts';
import type { ScanReport } from '../../../src/foundation/model/report.ts';
import type { ImageManifest } from '../../../src/registry/image-manifests.ts';
import { sampleReport } from '../../support/sample-report.ts';

const sample = sampleReport(12, { status: 'complete', problems: [] });
// One of its findings is of the eighth instruction.
const history = Array.from({ length: 8 }, (_, i) => sample.image.config.history[i] ?? { emptyLayer: true });
const report: ScanReport = { ...sample, image: { ...sample.image, config: { ...sample.image.config, history } } };
const image: ImageManifest = {
  descriptor: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: `sha256:${'1'.repeat(64)}` as Digest, size: 1 },
  platform: report.image.platform,
  configDigest: `sha256:${'2'.repeat(64)}` as Digest,
  diffIds: report.image.layers.map(({ diffId }) => diffId),
};
const check = (value: unknown, of = image): ScanReport | string => checkFound(Buffer.from(JSON.stringify(value)), of);

describe('reports that were attached to an image', () => {
  test('one of this image', () => {
    assert.deepEqual(check(report), JSON.parse(JSON.stringify(report)));
    // A variant that only an index names does not make another image of it.
    assert.equal(typeof check({ ...report, image: { ...report.image, platform: { ...report.image.platform, variant: 'v9' } } }), 'object');
  });

  const refused: readonly (readonly [what: string, value: unknown])[] = [
    ['partial', { ...report, status: 'partial' }],
    ['filtered', { ...report, filtered: { minimumSeverity: 'high' } }],
    ['found elsewhere itself', { ...report, origin: { reference: 'x', matched: 'ours' } }],
    ['without advisories', { ...report, advisories: { source: 'none', builtAt: '', full: false } }],
    ['another platform', { ...report, image: { ...report.image, platform: { os: 'linux', architecture: 's390x' } } }],
    ['other layers', { ...report, image: { ...report.image, layers: report.image.layers.slice(1) } }],
    ['another schema', { ...report, schemaVersion: 2 }],
    ['a package of no known type', { ...report, packages: [{ ...report.packages[0], type: '__proto__' }] }],
    ['a package of no layer', { ...report, packages: [{ ...report.packages[0], layer: 4000 }] }],
    ['a finding without a place', { ...report, findings: [{ ...report.findings[0], location: undefined }] }],
    ['a finding of no layer', { ...report, findings: [{ ...report.findings[0], location: { layer: 4000 } }] }],
    ['a finding of no instruction', sample],
    ['text for a list', { ...report, image: { ...report.image, config: { ...report.image.config, env: 'PATH=/' } } }],
    ['a list', []],
    ['nothing', null],
  ];
  for (const [what, value] of refused) {
    test(`refused: ${what}`, () => {
      assert.equal(typeof check(value), 'string');
    });
  }

  test('nested without end, and without end of values', () => {
    assert.equal(typeof checkFound(Buffer.from('['.repeat(100_000)), image), 'string');
    assert.equal(typeof checkFound(Buffer.from(`{"a":${'['.repeat(1000)}${']'.repeat(1000)},"schemaVersion":1}`), image), 'string');
    const many = checkFound(Buffer.from(`[${'0,'.repeat(3_000_000)}0]`), image);
    assert.match(typeof many === 'string' ? many : '', /more than/);
  });

  test('cut anywhere, and of any bytes: refused in words', () => {
    const bytes = Buffer.from(JSON.stringify(report));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        assert.equal(typeof checkFound(bytes.subarray(0, length), image), 'string');
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        assert.equal(typeof checkFound(noise, image), 'string');
      }),
    );
  });

  test('an image of other layers', () => {
    assert.equal(typeof check(report, { ...image, diffIds: [`sha256:${'3'.repeat(64)}` as DiffId] }), 'string');
  });
});

test('whose advisories are newer', () => {
  const now = new Date('2026-06-01T00:00:00Z');
  const of = (builtAt: string, full = true) => ({ source: 'x', builtAt, full });
  for (const [theirs, ours, newer] of [
    [of('2026-05-01'), of('2026-04-01'), true],
    [of('2026-05-01'), of('2026-05-01'), true],
    [of('2026-04-01'), of('2026-05-01'), false],
    [of('2026-05-01', false), of('2026-04-01'), false],
    [of('2026-05-01', false), of('2026-04-01', false), true],
    [of('2999-01-01'), of('2026-04-01'), false],
    [of('yesterday'), of('2026-04-01'), false],
  ] as const) {
    assert.equal(isAtLeastAsNew(theirs, ours, now), newer, `${theirs.builtAt} ${ours.builtAt}`);
  }
});
