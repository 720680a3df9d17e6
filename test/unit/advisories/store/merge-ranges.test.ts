import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { feed as rustSec } from '../../../../src/advisories/feeds/readers/rustsec.ts';
import { isAffected } from '../../../../src/advisories/matching/language-advisory.ts';
import { toSubject } from '../../../../src/advisories/matching/language-ranges.ts';
import { matchLanguage } from '../../../../src/advisories/matching/match-language.ts';
import { mergeAdvisories, mergeAll } from '../../../../src/advisories/store/merge-advisories.ts';
import { entriesOf } from '../../../../src/advisories/store/record.ts';
import type { StoredAdvisory } from '../../../../src/advisories/store/record.ts';
import { formatAdvisory, parseAdvisory } from '../../../../src/advisories/store/schema-advisory.ts';
import { schemeOfBucket } from '../../../../src/advisories/versions/scheme-of-bucket.ts';
import type { VersionScheme } from '../../../../src/advisories/versions/scheme.ts';
import { readArchive } from '../../../support/expected/advisory.ts';
import { affected, installed, storeOf } from '../../../support/memory-store.ts';
import { needsSharedData } from '../../../support/shared-data.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const digit = fc.integer({ min: 0, max: 3 }).map(String);
const numbers = (least: number, most: number): fc.Arbitrary<string> =>
  fc.array(digit, { minLength: least, maxLength: most }).map((parts) => parts.join('.'));
const either = (base: fc.Arbitrary<string>, ...ends: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(base, fc.constantFrom('', '', '', ...ends)).map(([version, end]) => version + end);
const semver = either(numbers(3, 3), '-alpha', '-beta.2', '-rc.1', '+build');

/** A bucket of every scheme that a feed fills with ranges, and versions and requirements as its ecosystem writes them. */
const buckets: readonly (readonly [bucket: string, versions: fc.Arbitrary<string>, operators: readonly string[]])[] = [
  ['npm::a', either(numbers(2, 3), '-alpha', '-rc.1', '+build'), ['^', '~']],
  ['pip::a', either(numbers(1, 3), 'a1', 'rc1', '.post1', '.dev0', '+cu118'), ['~=', '==']],
  ['maven::a', either(numbers(1, 3), '-SNAPSHOT', '-RC1', '.Final', '-jre'), []],
  ['go::a', either(numbers(3, 3), '-rc.1', '-0.20220101000000-abcdefabcdef', '+incompatible'), []],
  ['cargo::a', either(numbers(1, 3), '-alpha', '-rc.1'), ['^', '~']],
  ['nuget::a', either(numbers(2, 4), '-alpha', '-rc1'), []],
  ['composer::a', either(numbers(1, 4), '-alpha1', '-RC1', '-dev'), ['^', '~']],
  ['rubygems::a', either(numbers(1, 4), '.rc1', '.pre'), ['~> ']],
  ['erlang::a', semver, ['~> ']],
  ['pub::a', semver, ['^']],
  ['julia::a', semver, []],
  ['swift::a', semver, []],
  ['conan::a', either(numbers(1, 3), '-alpha', '-rc.1'), ['^', '~']],
  ['cran::a', either(numbers(2, 3), '-1', '-2'), []],
  ['hackage::a', numbers(1, 4), []],
  ['bitnami::a', either(numbers(1, 3), '-1', '-rc1'), []],
  ['k8s::a', semver, []],
  ['cocoapods::a', either(numbers(1, 3), '-beta.1'), ['~> ']],
  ['luarocks::a', either(numbers(1, 3), '-1', '-2'), ['~> ']],
  ['cpan::a', numbers(1, 3), []],
  ['conda::a', either(numbers(1, 3), 'rc1', '.post1'), []],
  ['nix::a', either(numbers(1, 3), 'pre'), []],
  ['otp::a', numbers(1, 4), []],
  ['debian 12', either(numbers(1, 3), '-1', '~rc1', '-1+deb12u1'), []],
  ['rocky 9', either(numbers(1, 3), '-1.el9', '-2.el9_1'), []],
  ['alpine 3.20', either(numbers(1, 3), '-r1', '_rc1'), []],
  ['archlinux', either(numbers(1, 3), '-1', '-2'), []],
  ['gentoo', either(numbers(1, 3), '-r1', '_rc1'), []],
];

function recordsOf(versions: fc.Arbitrary<string>, operators: readonly string[]): fc.Arbitrary<StoredAdvisory> {
  const bound = fc.tuple(fc.constantFrom('<', '<=', '>', '>='), versions).map((parts) => parts.join(''));
  const range = fc.oneof(
    bound,
    fc.tuple(versions, versions).map(([from, to]) => `>=${from}, <${to}`),
    fc.tuple(bound, bound).map((parts) => parts.join(' || ')),
    fc.constantFrom('>=0', '*'),
    versions.map((version) => `=${version}`),
  );
  const single = fc.tuple(fc.constantFrom('', '='), versions).map((parts) => parts.join(''));
  const requirement =
    operators.length === 0
      ? range
      : fc.oneof(
          range,
          fc.tuple(fc.constantFrom(...operators), versions).map((parts) => parts.join('')),
        );
  const vulnerableVersions = fc.uniqueArray(range, { minLength: 1, maxLength: 3 });
  const list = (of: fc.Arbitrary<string>): fc.Arbitrary<readonly string[]> => fc.uniqueArray(of, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    fc.record({ vulnerableVersions }),
    fc.record({ vulnerableVersions, patchedVersions: list(single) }),
    fc.record({ vulnerableVersions, patchedVersions: list(single), unaffectedVersions: list(single) }),
    fc.record({ vulnerableVersions, patchedVersions: list(requirement) }),
    fc.record({ patchedVersions: list(requirement) }),
    fc.record({ patchedVersions: list(requirement), unaffectedVersions: list(requirement) }),
  );
}

const any = (scheme: VersionScheme, version: string, records: readonly StoredAdvisory[]): boolean =>
  records.some((record) => isAffected(toSubject(scheme, version), record) === true);

/** What a version is named by, and versions beside them that a pair of requirements may part. */
function versionsIn(records: readonly StoredAdvisory[]): readonly string[] {
  return JSON.stringify(records).match(/\d[\w.+~-]*/g) ?? [];
}

for (const [bucket, versions, operators] of buckets) {
  test(`${bucket}: what several records say together affects what any of them affects`, () => {
    const scheme = schemeOfBucket(bucket);
    assert.ok(scheme !== undefined);
    fc.assert(
      fc.property(
        fc.array(recordsOf(versions, operators), { minLength: 2, maxLength: 4 }),
        fc.array(versions, { minLength: 1, maxLength: 6 }),
        (records, asked) => {
          const merged = mergeAll(bucket, records);
          const stored = parseAdvisory(JSON.parse(JSON.stringify(formatAdvisory(merged))));
          assert.ok(stored !== undefined);
          for (const version of [...asked, ...versionsIn(records)]) {
            assert.equal(any(scheme, version, entriesOf(stored)), any(scheme, version, records), version);
            // Readers that know no entries may be told of too much, of too little never.
            if (any(scheme, version, records)) assert.ok(any(scheme, version, [merged]), `${version}, without entries`);
          }
          const [first = {}, ...rest] = records;
          const inTurn = [...rest.toReversed(), first].reduce((a, b) => mergeAdvisories(bucket, a, b));
          assert.equal(bytesOf(inTurn), bytesOf(merged));
        },
      ),
      { numRuns: 200 },
    );
  });
}

function bytesOf(advisory: StoredAdvisory): string {
  return JSON.stringify(formatAdvisory(advisory));
}

test('requirements that clear a version of one record do not clear it of another', () => {
  const merged = mergeAll('cargo::a', [
    { patchedVersions: ['>= 0.33.1, < 0.34.0', '>= 0.34.1'], vendorIds: ['RUSTSEC-1'] },
    { patchedVersions: ['>= 0.38.2'], vendorIds: ['RUSTSEC-2'] },
  ]);
  assert.deepEqual(merged, {
    patchedVersions: ['>= 0.33.1, < 0.34.0, >= 0.38.2', '>= 0.34.1, >= 0.38.2'],
    vendorIds: ['RUSTSEC-1', 'RUSTSEC-2'],
    entries: [
      { patchedVersions: ['>= 0.33.1, < 0.34.0', '>= 0.34.1'], vendorIds: ['RUSTSEC-1'] },
      { patchedVersions: ['>= 0.38.2'], vendorIds: ['RUSTSEC-2'] },
    ],
  });
});

test('ranges beside each other are one list, without the fixes that lie in another of them', () => {
  const first = { vulnerableVersions: ['<1.2.0'], patchedVersions: ['1.2.0'] };
  assert.deepEqual(mergeAll('npm::a', [first, { vulnerableVersions: ['>=2.0.0, <2.1.0'], patchedVersions: ['2.1.0'] }]), {
    vulnerableVersions: ['<1.2.0', '>=2.0.0, <2.1.0'],
    patchedVersions: ['1.2.0', '2.1.0'],
  });
  assert.deepEqual(mergeAll('npm::a', [first, { vulnerableVersions: ['>=1.2.0, <2.1.0'], patchedVersions: ['2.1.0'] }]), {
    vulnerableVersions: ['<1.2.0', '>=1.2.0, <2.1.0'],
    patchedVersions: ['2.1.0'],
  });
  assert.deepEqual(mergeAll('npm::a', [first, { vulnerableVersions: ['*'] }]), { vulnerableVersions: ['>=0'] });
});

test('what is limited to one system says nothing of another', () => {
  const merged = mergeAll('go::a', [
    { vulnerableVersions: ['<1.5.0'], operatingSystems: ['windows'] },
    { vulnerableVersions: ['<1.2.0'], operatingSystems: ['darwin', 'linux'] },
    { vulnerableVersions: ['<1.5.0'], operatingSystems: ['darwin'] },
  ]);
  assert.deepEqual(merged.entries, [
    { operatingSystems: ['darwin'], vulnerableVersions: ['<1.2.0', '<1.5.0'] },
    { operatingSystems: ['linux'], vulnerableVersions: ['<1.2.0'] },
    { operatingSystems: ['windows'], vulnerableVersions: ['<1.5.0'] },
  ]);
  const records = [affected('go::a', 'example.org/a', 'GO-1', merged)];
  const found = (version: string, system: 'linux' | 'windows'): number =>
    matchLanguage([installed('golang', 'example.org/a', version)], storeOf(records), [], system).length;
  assert.deepEqual([found('1.3.0', 'linux'), found('1.3.0', 'windows'), found('1.1.0', 'linux')], [0, 1, 1]);
});

test('a fix of one record that lies in the range of another is no upgrade to recommend', () => {
  const merged = mergeAll('cargo::a', [
    { patchedVersions: ['>= 1.2.0'], unaffectedVersions: ['< 1.0.0'] },
    { patchedVersions: ['>= 1.5.0'], unaffectedVersions: ['< 1.2.0'] },
  ]);
  const [match] = matchLanguage([installed('cargo', 'a', '1.1.0')], storeOf([affected('cargo::a', 'a', 'CVE-2026-1', merged)]), []);
  assert.deepEqual([match?.fixedVersion, match?.affected], ['1.5.0', 'not >= 1.2.0 or < 1.0.0']);
});

test('more records than anybody publishes become one that never misses a version', () => {
  const records = Array.from({ length: 300 }, (_, index) => ({ patchedVersions: [`>= ${index}.0.0`] }));
  const merged = mergeAll('cargo::a', records);
  assert.ok(entriesOf(merged).length <= 101);
  const scheme = schemeOfBucket('cargo::a');
  assert.ok(scheme !== undefined);
  assert.ok(['0.1.0', '150.0.0', '298.9.0'].every((version) => any(scheme, version, entriesOf(merged))));
});

const RUSTSEC = 'advisories/rustsec/rustsec-2026-08-21.tar.xz';

test('two advisories of RustSec that go by the same CVEs do not clear each other', needsSharedData(RUSTSEC), (t) => {
  const names = ['RUSTSEC-2022-0096', 'RUSTSEC-2022-0101'].map((id) => `crates/wasmtime/${id}.md`);
  const files = readArchive(RUSTSEC, names, temporaryDirectory(t));
  const records = files.flatMap(({ name, text }) => [...rustSec.read({ name, bytes: new TextEncoder().encode(text) })].flatMap(({ value }) => value));
  const store = storeOf(records);
  const found = (version: string): readonly string[] => matchLanguage([installed('cargo', 'wasmtime', version)], store, []).map(({ id }) => id);
  // The first is fixed in 0.33.1 and in 0.34.1, the second in 0.38.2.
  const both = ['CVE-2022-23636', 'CVE-2022-31169'];
  assert.deepEqual(['0.33.0', '0.33.1', '0.34.0', '0.36.0', '0.38.1', '0.38.2', '1.0.0'].map(found), [both, both, both, both, both, [], []]);
});
