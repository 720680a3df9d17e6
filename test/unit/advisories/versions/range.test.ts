import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { evaluateRange, isInRange, versionsNamed } from '../../../../src/advisories/versions/range.ts';
import { scheme as apk } from '../../../../src/advisories/versions/schemes/apk.ts';
import { scheme as pep440 } from '../../../../src/advisories/versions/schemes/pep440.ts';
import { scheme as semver } from '../../../../src/advisories/versions/schemes/semver.ts';
import type { VersionScheme } from '../../../../src/advisories/versions/scheme.ts';
import { needsSharedData, sharedData } from '../../../support/shared-data.ts';

function assertRange(scheme: VersionScheme, expression: string, inside: readonly string[], outside: readonly string[]): void {
  for (const version of inside) assert.equal(isInRange(scheme, version, expression), true, `${version} in ${expression}`);
  for (const version of outside) assert.equal(isInRange(scheme, version, expression), false, `${version} not in ${expression}`);
}

test('npm ranges: comparators with commas or spaces, unions, carets, tildes', () => {
  assertRange(semver, '>=1.0.0, <1.2.3', ['1.0.0', '1.2.2', '1.2.3-beta'], ['1.2.3', '0.9.9', '1.0.0-rc.1']);
  assertRange(semver, '<=1.2.0', ['1.2.0', '0.1.0'], ['1.2.1']);
  assertRange(semver, '<= 1.2', ['1.2.9'], ['1.3.0']);
  assertRange(semver, '=1.0.0', ['1.0.0'], ['1.0.1']);
  assertRange(semver, '<3.11.0||>=4.0.0-rc1 <4.5.0', ['3.10.9', '4.0.0', '4.4.9'], ['3.11.0', '4.5.0']);
  assertRange(semver, '^1.2.0', ['1.9.0'], ['2.0.0', '1.1.9']);
  assertRange(semver, '~1.2.0', ['1.2.9'], ['1.3.0']);
  assertRange(semver, '*', ['0.0.1', 'latest'], []);
  assertRange(semver, '', ['0.0.1'], []);
  assertRange(semver, '<99999999999999999999.0.0', ['1.0.0'], []);
});

test('PEP 440 specifiers', () => {
  assertRange(pep440, '>=2.0,<2.11.3', ['2.0', '2.11.2', '2.11.3rc1'], ['2.11.3', '1.9', '2.0rc1']);
  assertRange(pep440, '~=1.4.5', ['1.4.5', '1.4.9'], ['1.5', '1.4.4']);
  assertRange(pep440, '~=2.2.post3', ['2.2.post3', '2.9'], ['3.0', '2.2']);
  assertRange(pep440, '==1.*', ['1.0', '1.9.post1'], ['2.0', '1!1.0']);
  assertRange(pep440, '!=1.5.*, >=1', ['1.4', '1.6'], ['1.5.1', '0.9']);
  assertRange(pep440, '==1.0', ['1.0', '1', '1.0+cu118'], ['1.0.post1']);
  assertRange(pep440, '==1.0+cu118', ['1.0+cu118'], ['1.0', '1.0+cpu']);
  assertRange(pep440, '<=1.0', ['1.0+cu118'], ['1.0.post1']);
  assertRange(pep440, '===1.0', ['1.0'], ['1']);
  assertRange(pep440, '=2.0 || <1.0', ['2.0', '0.9'], ['1.0']);
});

test('other schemes have plain comparators', () => {
  assertRange(apk, '<1.2.3-r1', ['1.2.3-r0', '1.2.3_rc1'], ['1.2.3-r1']);
});

test('a range that cannot be read is neither inside nor outside', () => {
  assert.equal(evaluateRange(pep440, '1.0', '^1.0'), undefined);
  assert.equal(evaluateRange(pep440, '1.0', '^1.0 || ==1.0'), true);
  assert.equal(evaluateRange(pep440, '1.0', '<'), undefined);
});

test('names the versions of given operators', () => {
  assert.deepEqual(versionsNamed('>=1.0.0, <1.2.3 || <= 2.0 || 3.1', ['<']), ['1.2.3']);
  assert.deepEqual(versionsNamed('>=1.0.0, <1.2.3 || <= 2.0 || 3.1', ['', '<=']), ['2.0', '3.1']);
});

test('never throws', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(semver, pep440, apk),
      fc.string(),
      fc.string({ unit: fc.constantFrom(...Array.from('<>=!~^|*., 019ax-+')) }),
      (scheme, version, expression) => {
        evaluateRange(scheme, version, expression);
        versionsNamed(expression, ['<']);
      },
    ),
  );
});

test('node-semver range tables, but for pre-releases, which advisories count and npm leaves out', needsSharedData('vectors/versions'), () => {
  const tables = JSON.parse(readFileSync(sharedData('vectors/versions/derived/node-semver-fixtures.json') ?? '', 'utf8')) as Record<
    string,
    [string, string][]
  >;
  const included = tables['range-include'] ?? [];
  const excluded = (tables['range-exclude'] ?? []).filter(([, version]) => /^v?\d+\.\d+\.\d+$/.test(version));
  assert.ok(included.length > 100 && excluded.length > 40);
  assert.deepEqual(
    included.filter(([range, version]) => !isInRange(semver, version, range)),
    [],
  );
  assert.deepEqual(
    excluded.filter(([range, version]) => isInRange(semver, version, range)),
    [],
  );
});
