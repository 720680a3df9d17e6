import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeAffected, findFixedVersion, isAffected } from '../../../../src/advisories/matching/language-advisory.ts';
import { toSubject } from '../../../../src/advisories/matching/language-ranges.ts';
import type { StoredAdvisory } from '../../../../src/advisories/store/record.ts';
import { schemes } from '../../../../src/advisories/versions/schemes.generated.ts';
import type { VersionScheme } from '../../../../src/advisories/versions/scheme.ts';

function schemeOf(id: string): VersionScheme {
  const scheme = schemes.find((candidate) => candidate.id === id);
  assert.ok(scheme);
  return scheme;
}

const semver = schemeOf('semver');
const cargo = schemeOf('cargo');
const composer = schemeOf('composer');
const pep440 = schemeOf('pep440');
const go = schemeOf('go');
const maven = schemeOf('maven');

const cases: readonly (readonly [why: string, scheme: VersionScheme, version: string, advisory: StoredAdvisory, expected: boolean | undefined])[] = [
  ['no ranges at all', semver, '1.0.0', {}, false],
  ['in a vulnerable range', semver, '1.0.0', { vulnerableVersions: ['<1.2.3'] }, true],
  ['in none', semver, '1.2.3', { vulnerableVersions: ['<1.2.3', '>=2.0.0'] }, false],
  ['patched only, below', semver, '1.2.2', { patchedVersions: ['>=1.2.3'] }, true],
  ['patched only, at it', semver, '1.2.3', { patchedVersions: ['>=1.2.3'] }, false],
  ['unaffected only', semver, '0.9.0', { unaffectedVersions: ['<1.0.0'] }, false],
  ['an empty patched version is none', semver, '9.0.0', { patchedVersions: [''] }, true],
  ['an empty patched version clears nobody', semver, '1.0.0', { vulnerableVersions: ['<2.0.0'], patchedVersions: [''] }, true],
  ['an empty patched version accuses nobody', semver, '2.0.0', { vulnerableVersions: ['<2.0.0'], patchedVersions: [''] }, false],
  ['an empty vulnerable range is every version', semver, '2.0.0', { vulnerableVersions: [''] }, true],
  ['named as patched inside the vulnerable range', semver, '1.9.5', { vulnerableVersions: ['<=2.0.0'], patchedVersions: ['1.9.5'] }, false],
  ['beside the one named as patched', semver, '1.9.6', { vulnerableVersions: ['<=2.0.0'], patchedVersions: ['1.9.5'] }, true],
  ['unaffected inside the vulnerable range', semver, '0.1.0', { vulnerableVersions: ['<2.0.0'], unaffectedVersions: ['<0.2.0'] }, false],
  [
    'a version alone is that version, not what Cargo takes for it',
    cargo,
    '1.5.5',
    { vulnerableVersions: ['<1.2.3', '>=1.5.0, <1.6.1'], patchedVersions: ['1.2.3', '1.6.1'] },
    true,
  ],
  ['numbers left out of a bound are zero, to Cargo too', cargo, '0.2.6', { vulnerableVersions: ['>=0.1, <=0.2'] }, false],
  ['numbers left out of a bound are zero for pre-releases, too', cargo, '0.2.6-rc.1', { vulnerableVersions: ['>=0.1, <=0.2'] }, false],
  ['a caret is what Cargo takes for it', cargo, '1.5.5', { patchedVersions: ['^1.2.3'] }, false],
  ['a pre-release of the fix', semver, '1.2.3-beta.1', { vulnerableVersions: ['>=1.0.0, <1.2.3'] }, true],
  ['a pre-release of the beginning', semver, '2.0.0-beta.1', { vulnerableVersions: ['>=2.0.0, <2.1.0'] }, false],
  ['0 is below every pre-release', semver, '0.0.0-alpha', { vulnerableVersions: ['>=0'] }, true],
  ['0 is below every pre-release, with an end', semver, '0.0.0-alpha', { vulnerableVersions: ['>= 0, <1.0.0'] }, true],
  ['0 is below every pre-release of Python', pep440, '0.0.1.dev1', { vulnerableVersions: ['>=0, <0.0.1'] }, true],
  ['0 is below every development version', pep440, '0.dev0', { vulnerableVersions: ['>=0'] }, true],
  ['a local label is not a version of its own', pep440, '2.0.0+cu118', { vulnerableVersions: ['=2.0.0'] }, true],
  ['a local label is in the range of its version', pep440, '2.0.0+cu118', { vulnerableVersions: ['<=2.0.0'] }, true],
  ['many branches', composer, 'v5.4.19', { vulnerableVersions: ['>=2.0.0, <2.1.0', '>=5.4.0, <5.4.20'] }, true],
  ['intervals', maven, '2.14.1', { vulnerableVersions: ['[2.13.0,2.15.0)'] }, true],
  ['a commit before the fix', go, 'v0.0.0-20210101000000-aaaaaaaaaaaa', { vulnerableVersions: ['<0.0.0-20220101000000-bbbbbbbbbbbb'] }, true],
  ['an unreadable vulnerable range', semver, '1.0.0', { vulnerableVersions: ['<unknown'] }, undefined],
  ['an unreadable vulnerable range beside one that holds', semver, '1.0.0', { vulnerableVersions: ['<unknown', '<2.0.0'] }, true],
  [
    'an unreadable vulnerable range and a patched one that holds',
    semver,
    '3.0.0',
    { vulnerableVersions: ['<unknown'], patchedVersions: ['>=3.0.0'] },
    false,
  ],
  ['an unreadable patched range clears nobody', semver, '1.0.0', { vulnerableVersions: ['<2.0.0'], patchedVersions: ['>=unknown'] }, true],
  ['an unreadable patched range accuses nobody', semver, '1.0.0', { patchedVersions: ['>=unknown'] }, undefined],
  ['a version that is none, named', semver, 'master', { vulnerableVersions: ['=master'] }, true],
  ['a version that is none, named as patched', semver, 'master', { vulnerableVersions: ['>=0'], patchedVersions: ['master'] }, false],
  ['a version that is none, beside a range', semver, 'master', { vulnerableVersions: ['<2.0.0'] }, undefined],
  ['a version that is none, of a package that is bad in every version', semver, 'master', { vulnerableVersions: ['>=0'] }, true],
];

for (const [why, scheme, version, advisory, expected] of cases) {
  test(`is affected? ${why}`, () => {
    assert.equal(isAffected(toSubject(scheme, version), advisory), expected);
    assert.equal(isAffected(toSubject(scheme, version), advisory), expected, 'asked again');
  });
}

const fixes: readonly (readonly [
  why: string,
  scheme: VersionScheme,
  version: string,
  advisories: readonly StoredAdvisory[],
  expected: string | undefined,
])[] = [
  ['the nearest of several', semver, '1.2.0', [{ vulnerableVersions: ['<1.2.6', '>=2.0.0, <2.0.4'], patchedVersions: ['2.0.4', '1.2.6'] }], '1.2.6'],
  ['of the installed line', semver, '2.0.0', [{ vulnerableVersions: ['<1.2.6', '>=2.0.0, <2.0.4'], patchedVersions: ['2.0.4', '1.2.6'] }], '2.0.4'],
  ['the end of the range, where nothing is named', semver, '1.0.0', [{ vulnerableVersions: ['>=1.0.0, <1.6.0'] }], '1.6.0'],
  [
    'not the end of one range where the next begins',
    composer,
    '2.0.5',
    [{ vulnerableVersions: ['>=2.0.0, <2.1.0', '>=2.1.0, <2.2.0', '>=2.2.0, <2.2.50'] }],
    '2.2.50',
  ],
  ['never below the installed one', semver, '3.0.0', [{ vulnerableVersions: ['<=3.0.0'], patchedVersions: ['2.0.1'] }], undefined],
  ['no end, no fix', semver, '1.0.0', [{ vulnerableVersions: ['<=1.5.0'] }], undefined],
  ['where unaffected versions begin', schemeOf('rubygems'), '1.0', [{ unaffectedVersions: ['>= 2.0'] }], '2.0'],
  ['pessimistic ranges', schemeOf('rubygems'), '2.1.0', [{ patchedVersions: ['~> 2.1.4', '>= 2.2.3'] }], '2.1.4'],
  ['a release before a pre-release', semver, '1.0.0', [{ vulnerableVersions: ['<2.0.0-rc.1'], patchedVersions: ['2.0.0-rc.1', '2.0.0'] }], '2.0.0'],
  [
    'a pre-release for a pre-release',
    semver,
    '2.0.0-beta.1',
    [{ vulnerableVersions: ['<2.0.0-rc.1'], patchedVersions: ['2.0.0-rc.1', '2.0.0'] }],
    '2.0.0-rc.1',
  ],
  [
    'a pre-release when there is nothing else',
    semver,
    '1.0.0',
    [{ vulnerableVersions: ['<2.0.0-rc.1'], patchedVersions: ['2.0.0-rc.1'] }],
    '2.0.0-rc.1',
  ],
  [
    'the commit of a pseudo-version is not a pre-release',
    go,
    'v0.0.0-20200101000000-000000000000',
    [{ vulnerableVersions: ['<0.0.0-20210101000000-0a1b2c3d4e5f'], patchedVersions: ['0.0.0-20210101000000-0a1b2c3d4e5f'] }],
    '0.0.0-20210101000000-0a1b2c3d4e5f',
  ],
  [
    'out of the ranges of all',
    semver,
    '1.0.0',
    [
      { vulnerableVersions: ['<1.5.5'], patchedVersions: ['1.5.5'] },
      { vulnerableVersions: ['<1.6.0'], patchedVersions: ['1.6.0'] },
    ],
    '1.6.0',
  ],
  [
    'a fix that only one names',
    semver,
    '1.0.0',
    [{ vulnerableVersions: ['<=1.5.5'] }, { vulnerableVersions: ['<1.6.0'], patchedVersions: ['1.6.0'] }],
    '1.6.0',
  ],
  [
    'where they contradict each other, the one believed first',
    semver,
    '1.0.0',
    [{ vulnerableVersions: ['<1.5.5'], patchedVersions: ['1.5.5'] }, { vulnerableVersions: ['>=0'] }],
    '1.5.5',
  ],
  ['names that are no versions', semver, '1.0.0', [{ vulnerableVersions: ['<2.0.0'], patchedVersions: ['none', '2.0.0'] }], '2.0.0'],
  ['what has no place in the order has no next', semver, 'master', [{ vulnerableVersions: ['>=0'], patchedVersions: ['2.0.0'] }], undefined],
];

for (const [why, scheme, version, advisories, expected] of fixes) {
  test(`fixed in: ${why}`, () => {
    assert.equal(findFixedVersion(toSubject(scheme, version), advisories), expected);
  });
}

test('says which condition held', () => {
  const say = (version: string, advisory: StoredAdvisory) => describeAffected(toSubject(semver, version), advisory);
  assert.equal(say('2.0.1', { vulnerableVersions: ['<1.2.6', '>=2.0.0, <2.0.4'] }), '>=2.0.0, <2.0.4');
  assert.equal(say('2.0.1', { vulnerableVersions: ['>=0'] }), 'all versions');
  assert.equal(say('2.0.1', { patchedVersions: ['~> 2.1.4', '>= 2.2.3'] }), 'not ~> 2.1.4 or >= 2.2.3');
  assert.equal(say('2.0.1', { patchedVersions: [''] }), 'all versions');
});
