import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { openAdvisoryStore } from '../../../src/advisories/store/bolt-store.ts';
import { writeAdvisoryStore } from '../../../src/advisories/store/build-store.ts';
import type { AdvisoryRecord } from '../../../src/advisories/store/record.ts';
import type { AdvisoryStore } from '../../../src/advisories/store/store.ts';
import { matchSeen } from '../../../src/engine/match-seen.ts';
import { rematchImage as compare, rematchReport } from '../../../src/engine/rematch.ts';
import type { SeenImage } from '../../../src/engine/seen-images.ts';
import type { Finding } from '../../../src/foundation/model/finding.ts';
import { toAdvisoryId, type ImagePath, type Purl } from '../../../src/foundation/model/brand.ts';
import { sampleReport } from '../evidence/sample-report.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const openssl = 'pkg:deb/debian/openssl@1.0?arch=amd64&distro=debian-12' as Purl;
const file = 'var/lib/dpkg/status' as ImagePath;

function storeOf(
  t: TestContext,
  ids: readonly string[],
  { full = true, aliases = {} }: { full?: boolean; aliases?: Readonly<Record<string, readonly string[]>> } = {},
): AdvisoryStore {
  const store = openAdvisoryStore(fileOf(t, ids, { full, aliases }));
  t.after(() => {
    store.close();
  });
  return store;
}

function fileOf(
  t: TestContext,
  ids: readonly string[],
  { full = true, aliases = {} }: { full?: boolean; aliases?: Readonly<Record<string, readonly string[]>> } = {},
): string {
  const records = ids.flatMap((id): AdvisoryRecord[] => [
    { kind: 'affected', bucket: 'debian 12', packageName: 'openssl', id: toAdvisoryId(id), advisory: { fixedVersion: '2.0' } },
    { kind: 'vulnerability', id: toAdvisoryId(id), detail: { severity: 'high', aliases: (aliases[id] ?? []).map(toAdvisoryId) } },
  ]);
  const database = path.join(temporaryDirectory(t), 'advisories.db');
  writeFileSync(
    database,
    writeAdvisoryStore(
      [...records, { kind: 'affected', bucket: 'debian 12', packageName: 'other', id: toAdvisoryId('CVE-1'), advisory: { fixedVersion: '9' } }],
      { source: 'a test', builtAt: '2026-01-01', full },
    ),
  );
  return database;
}

function seen(known: readonly string[], change: Partial<SeenImage> = {}): SeenImage {
  return {
    format: 1,
    reference: 'example.com/web:1',
    platform: { os: 'linux', architecture: 'amd64' },
    distro: { id: 'debian', versionId: '12', idLike: [] },
    packages: [
      { purl: openssl, type: 'deb', name: 'openssl', version: '1.0', files: [file], layer: 0 },
      // The same package twice is one.
      { purl: openssl, type: 'deb', name: 'openssl', version: '1.0', files: ['var/lib/dpkg/status.d/openssl' as ImagePath], layer: 1 },
    ],
    scannedAt: '2026-01-01T00:00:00.000Z',
    full: true,
    known: known.map((id) => `${id} ${openssl}`),
    later: [],
    gone: [],
    ...change,
  };
}

function rematchImage(image: SeenImage, store: AdvisoryStore, now: Date, since: string | undefined): ReturnType<typeof compare> {
  const [[, matches] = [image, { vulnerabilities: [], problems: [] }]] = matchSeen([image], store, now);
  return compare(image, matches, { full: store.used.full, now, since });
}

const first = new Date('2026-01-10T00:00:00Z');
const second = new Date('2026-01-20T00:00:00Z');

test('what was not known is new, once; what is no longer said is gone, once', (t) => {
  const store = storeOf(t, ['CVE-2026-1', 'CVE-2026-2']);
  const one = rematchImage(seen(['CVE-2026-1', 'CVE-2026-9']), store, first, undefined);
  assert.deepEqual(
    one.result.new.map(({ id, foundAt, severity, package: installed }) => [id, foundAt, severity, installed.name, installed.fixedVersion]),
    [['CVE-2026-2', first.toISOString(), 'high', 'openssl', '2.0']],
  );
  assert.deepEqual(one.result.gone, [
    { id: 'CVE-2026-9', package: { purl: openssl, name: 'openssl', installedVersion: '1.0' }, goneAt: first.toISOString() },
  ]);
  const two = rematchImage(one.updated, store, second, undefined);
  assert.deepEqual([two.result.new, two.result.gone], [[], []]);
  assert.equal(two.updated, one.updated, 'nothing to write');
});

test('since looks back to earlier runs, and not to the scan', (t) => {
  const one = rematchImage(seen(['CVE-2026-1']), storeOf(t, ['CVE-2026-1', 'CVE-2026-2']), first, undefined);
  const store = storeOf(t, ['CVE-2026-1', 'CVE-2026-2', 'CVE-2026-3']);
  const ids = (since: string | undefined): readonly string[] => rematchImage(one.updated, store, second, since).result.new.map(({ id }) => id);
  assert.deepEqual(ids(undefined), ['CVE-2026-3']);
  assert.deepEqual(ids('2026-01-01'), ['CVE-2026-2', 'CVE-2026-3']);
  assert.deepEqual(ids('2026-01-15'), ['CVE-2026-3']);
  assert.deepEqual(ids('2026-02-01'), []);
});

test('one that only got another name is neither new nor gone', (t) => {
  const { result, updated } = rematchImage(
    seen(['GHSA-aaaa']),
    storeOf(t, ['CVE-2026-1'], { aliases: { 'CVE-2026-1': ['GHSA-aaaa'] } }),
    first,
    undefined,
  );
  assert.deepEqual([result.new, result.gone], [[], []]);
  assert.ok(updated.known.length === 1);
});

test('what comes back is no longer gone', (t) => {
  const gone = rematchImage(seen(['CVE-2026-1']), storeOf(t, []), first, undefined).updated;
  assert.equal(gone.gone.length, 1);
  const { updated, result } = rematchImage(gone, storeOf(t, ['CVE-2026-1']), second, '2026-01-01');
  assert.deepEqual([result.new.map(({ id }) => id), result.gone, updated.gone], [['CVE-2026-1'], [], []]);
});

test('advisories that know less, or nothing of the distribution, take nothing away', (t) => {
  const starter = rematchImage(seen(['CVE-2026-1']), storeOf(t, [], { full: false }), first, undefined);
  assert.deepEqual([starter.result.gone, starter.updated.known.length], [[], 1]);
  const unknown = rematchImage(seen(['CVE-2026-1'], { distro: { id: 'debian', versionId: '99', idLike: [] } }), storeOf(t, []), first, undefined);
  assert.deepEqual(unknown.result.gone, []);
  assert.equal(unknown.result.problems.length, 1);
  // Once the full advisories were asked, the starter set is no measure any more.
  const full = rematchImage(seen([], { full: false }), storeOf(t, ['CVE-2026-1']), first, undefined);
  assert.equal(full.updated.full, true);
  assert.deepEqual(rematchImage(full.updated, storeOf(t, [], { full: false }), second, undefined).result.gone, []);
});

test('images that share packages are matched as if each were alone', (t) => {
  const store = storeOf(t, ['CVE-2026-1', 'CVE-2026-2']);
  const [one, two, other] = [
    seen([]),
    seen([], { reference: 'b' }),
    seen([], { reference: 'c', distro: { id: 'debian', versionId: '99', idLike: [] } }),
  ];
  const patched: SeenImage = {
    ...two,
    packages: two.packages.map((installed) => ({ ...installed, version: '3.0', purl: 'pkg:deb/debian/openssl@3.0' as Purl })),
  };
  const results = new Map(
    [...matchSeen([one, patched, two, other], store, first)].map(([image, { vulnerabilities, problems }]) => [
      image,
      [vulnerabilities.map(({ id }) => id).sort(), problems.length],
    ]),
  );
  const found = ['CVE-2026-1', 'CVE-2026-1', 'CVE-2026-2', 'CVE-2026-2'];
  assert.deepEqual(
    [one, patched, two, other].map((image) => results.get(image)),
    [
      [found, 0],
      [[], 0],
      [found, 0],
      [[], 1],
    ],
  );
});

test('a report is matched anew: what was found in files stays, what was ignored is asked again', (t) => {
  const { packages } = seen([]);
  const before = { ...sampleReport, packages, image: { ...sampleReport.image, distro: { id: 'debian', versionId: '12', idLike: [] } } };
  const [vulnerability] = before.findings;
  const content = before.findings.filter(({ package: installed }) => installed === undefined);
  const by = { kind: 'configuration', source: 'x', line: 1, reason: 'x' } as const;
  const ignored = [vulnerability, content[0]].flatMap((finding) => (finding === undefined ? [] : [{ finding, by }]));
  const after = rematchReport(
    { ...before, findings: before.findings.filter((finding) => finding !== content[0]), ignored },
    fileOf(t, ['CVE-2026-1']),
    first,
  );
  assert.equal(after.ignored, undefined);
  const idsOf = (findings: readonly Finding[]): readonly string[] =>
    findings.flatMap(({ id, package: installed }) => (installed === undefined ? [id] : [])).sort();
  assert.deepEqual(idsOf(after.findings), idsOf(content));
  assert.deepEqual([...new Set(after.findings.flatMap(({ id, package: installed }) => (installed === undefined ? [] : [id])))], ['CVE-2026-1']);
  assert.equal(after.advisories.source, 'a test');
});
