import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { evaluateRange, isInRange, isNamed, versionsNamed } from '../../../../src/advisories/versions/range.ts';
import { scheme as apk } from '../../../../src/advisories/versions/schemes/apk.ts';
import { scheme as cargo } from '../../../../src/advisories/versions/schemes/cargo.ts';
import { scheme as cocoapods } from '../../../../src/advisories/versions/schemes/cocoapods.ts';
import { scheme as composer } from '../../../../src/advisories/versions/schemes/composer.ts';
import { scheme as conan } from '../../../../src/advisories/versions/schemes/conan.ts';
import { scheme as go } from '../../../../src/advisories/versions/schemes/go.ts';
import { scheme as hex } from '../../../../src/advisories/versions/schemes/hex.ts';
import { scheme as maven } from '../../../../src/advisories/versions/schemes/maven.ts';
import { scheme as nuget } from '../../../../src/advisories/versions/schemes/nuget.ts';
import { scheme as pep440 } from '../../../../src/advisories/versions/schemes/pep440.ts';
import { scheme as pub } from '../../../../src/advisories/versions/schemes/pub.ts';
import { scheme as rpm } from '../../../../src/advisories/versions/schemes/rpm.ts';
import { scheme as rubygems } from '../../../../src/advisories/versions/schemes/rubygems.ts';
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
  assertRange(semver, '>=1.6.0, <1.6.0.2', [], ['1.7.4', '2.0.0']);
  assertRange(semver, '^1.0.0-rc.1.2.3.4', ['1.2.0'], ['2.0.0']);
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

test('intervals, of Maven, of NuGet, and wherever they stand', () => {
  assertRange(maven, '[1.0,2.0)', ['1.0', '1.9', '2.0-SNAPSHOT'], ['2.0', '1.0-alpha-1', '0.9']);
  assertRange(maven, '(,2.4.4)', ['2.4.3', '2.4.4-rc1', '0'], ['2.4.4', '2.4.4.Final']);
  assertRange(maven, '(,3.16.1),[3.18.0,3.18.2),[3.19.0]', ['3.16.0', '3.18.1', '3.19.0'], ['3.16.1', '3.17.0', '3.18.2', '3.19.1']);
  assertRange(maven, '[2.1, 4.1.2]', ['2.1', '4.1.2.Final'], ['4.1.3']);
  assertRange(maven, '[,13.0.0)', ['1'], ['13.0.0']);
  assertRange(maven, '>= 2.0-beta9, < 2.15.0', ['2.14.1', '2.0-rc1'], ['2.15.0', '2.0-beta8']);
  assertRange(nuget, '(,)', ['0.0.1', '99'], []);
  assertRange(nuget, '(1.0,2.0.0.5]', ['1.0.0.1', '2.0.0.5'], ['1.0.0', '2.0.0.6']);
  assertRange(nuget, '[3.0.1]', ['3.0.1', '3.0.1.0'], ['3.0.2']);
  assertRange(nuget, '(,1.4.4)[2.0.0]', ['1.4.3', '2.0.0'], ['1.4.4']);
  assertRange(pep440, '(,0)', [], ['0', '1.0']);
  for (const bad of ['(1.0)', '[1.0,2.0', '[1.0,2.0,3.0]', '[1.0,2.0)x', '[]', '(.2.244]'])
    assert.equal(evaluateRange(nuget, '5.0', bad), undefined, bad);
});

test('RubyGems, CocoaPods and Hex: the pessimistic operator', () => {
  assertRange(rubygems, '~> 2.3.11', ['2.3.11', '2.3.99'], ['2.4.0', '2.3.10', '2.4.0.rc1']);
  assertRange(rubygems, '~> 2.3', ['2.3', '2.99'], ['3.0', '3.0.0.beta']);
  assertRange(rubygems, '~> 2', ['2.0', '2.9'], ['3']);
  assertRange(rubygems, '~> 4.1.0.beta2', ['4.1.0.beta2', '4.1.9'], ['4.1.0.beta1', '4.2']);
  assertRange(rubygems, '~> 1.4.4, >= 1.4.4.1', ['1.4.4.1'], ['1.4.4', '1.5']);
  assertRange(rubygems, '>= 3.0.0.alpha0, < 3.0.11 || >= 3.1.0.alpha0, < 3.1.2', ['3.0.0.beta', '3.1.1'], ['3.0.11', '3.1.2']);
  assertRange(rubygems, '!= 1.0', ['1.1'], ['1.0.0']);
  assertRange(cocoapods, '~> 1.2.3', ['1.2.9'], ['1.3.0', '1.3.0-beta']);
  assertRange(hex, '~> 2.0 and >= 2.1.0 or ~> 1.0.1', ['2.1.0', '1.0.9'], ['2.0.9', '1.1.0', '3.0.0']);
  assertRange(hex, '>= 1.0.0 < 1.2.0', ['1.1.0'], ['1.2.0']);
});

test('Composer: carets, tildes, wildcards, hyphens, four numbers on both sides, branches by name only', () => {
  assertRange(composer, '>=2.6.0,<2.6.11||<2.5.9', ['2.6.10', '2.5.8', '2.6.11-RC1'], ['2.6.11', '2.5.9']);
  assertRange(composer, '<1.0.0', ['0.9', '1.0-beta1'], ['1.0', 'v1.0.0', '1']);
  assertRange(composer, '=1.0', ['1.0.0', '1'], ['1.0.1']);
  assertRange(composer, '^1.2', ['1.2.0', '1.99'], ['2.0.0', '2.0.0-beta1', '1.1.9']);
  assertRange(composer, '^0.3.1', ['0.3.9'], ['0.4.0']);
  assertRange(composer, '~1.2', ['1.9.9'], ['2.0', '1.1']);
  assertRange(composer, '~1.2.3', ['1.2.9'], ['1.3.0']);
  assertRange(composer, '1.2.*|3.*@dev', ['1.2.0', '1.2.99', '3.1'], ['1.3.0', '1.1.9', '4.0-dev']);
  assertRange(composer, '1.0 - 2.0', ['1.0', '2.0.99'], ['2.1', '0.9']);
  assertRange(composer, '1.0 - 2.0.1', ['2.0.1'], ['2.0.2']);
  assertRange(composer, '<2.3.5-p2', ['2.3.5-p1', '2.3.5'], ['2.3.5-p2', '2.3.6']);
  assertRange(composer, '<3.0.0-stable', ['3.0.0-rc1'], ['3.0.0']);
  assertRange(composer, '>=4.4.0,<4.4.50', ['4.4.49'], ['4.4.x-dev', 'dev-main']);
  assertRange(composer, 'dev-main', ['dev-main'], ['1.0']);
  assertRange(composer, '>=1.0 <2.0 !=1.5', ['1.4', '1.0.0'], ['1.5.0', '2.0']);
  assert.equal(evaluateRange(composer, 'dev-main', '<2.0'), undefined);
});

test('Cargo: a version alone is a caret, numbers left out stand for all', () => {
  assertRange(cargo, '1.2.3', ['1.2.3', '1.9.0'], ['2.0.0', '1.2.2', '2.0.0-alpha']);
  assertRange(cargo, '^0.30.2', ['0.30.9'], ['0.31.0']);
  assertRange(cargo, '^0.0.3', ['0.0.3'], ['0.0.4']);
  assertRange(cargo, '^0.0', ['0.0.9'], ['0.1.0']);
  assertRange(cargo, '~1.2.3', ['1.2.9'], ['1.3.0']);
  assertRange(cargo, '1.*', ['1.9.0'], ['2.0.0']);
  assertRange(cargo, '=1.2', ['1.2.9'], ['1.3.0']);
  assertRange(cargo, '> 0', ['1.0.0'], ['0.9.0']);
  assertRange(cargo, '<=0.12', ['0.12.9'], ['0.13.0']);
  assertRange(cargo, '>= 0.44.6, < 0.45.0-alpha.1', ['0.44.6'], ['0.45.0-alpha.1']);
});

test('Conan, Go, pub and rpm', () => {
  assertRange(conan, '>=1.0.2 <1.0.2za||>=1.1.1 <1.1.1l', ['1.0.2z', '1.1.1k'], ['1.0.2za', '1.1.1l', '1.1.0']);
  assertRange(conan, '[>=1.0 <2.0]', ['1.9'], ['2.0']);
  assertRange(conan, '~1.2', ['1.2.9'], ['1.3']);
  assertRange(conan, '=1.13.1-1', ['1.13.1-1'], ['1.13.1']);
  assertRange(go, '>=v1.16.0 <v1.16.7 || =v1.3.0', ['1.16.6', 'v1.3.0'], ['1.16.7']);
  assertRange(go, '<1.20.0-rc.2', ['go1.20rc1', 'go1.19.5'], ['go1.20rc2', 'go1.20']);
  assertRange(pub, '^1.2.3', ['1.9.0'], ['2.0.0-dev']);
  assertRange(rpm, '<1:1.0~rc1-1.el9', ['1.0-1', '1:1.0~rc1-0.el9'], ['1:1.0-1']);
});

test('a range that contradicts itself holds for nothing', () => {
  assertRange(maven, '[2.0,1.0]', [], ['1.0', '1.5', '2.0']);
  assertRange(semver, '>2.0.0, <1.0.0', [], ['0.5.0', '1.5.0', '3.0.0']);
});

test('one bar is read as two', () => {
  assertRange(pep440, '>=9.0.0,<9.3.2|>=10.0.0,<10.0.3', ['9.3.1', '10.0.2'], ['9.3.2', '10.0.3']);
});

test('a version that nothing can read is told by its name', () => {
  assert.equal(isNamed('<1.0 || =trunk', 'trunk'), true);
  assert.equal(isNamed('[trunk]', 'trunk'), true);
  assert.equal(isNamed('>=trunk', 'trunk'), false);
});

test('a range that cannot be read is neither inside nor outside', () => {
  assert.equal(evaluateRange(pep440, '1.0', '^1.0'), undefined);
  assert.equal(evaluateRange(pep440, '1.0', '^1.0 || ==1.0'), true);
  assert.equal(evaluateRange(pep440, '1.0', '<'), undefined);
});

test('names the versions of given operators', () => {
  assert.deepEqual(versionsNamed('>=1.0.0, <1.2.3 || <= 2.0 || 3.1', ['<']), ['1.2.3']);
  assert.deepEqual(versionsNamed('>=1.0.0, <1.2.3 || <= 2.0 || 3.1', ['', '<=']), ['2.0', '3.1']);
  assert.deepEqual(versionsNamed('(,2.6.6),[3.0.0,3.0.2),[4.0]', ['<', '=']), ['2.6.6', '3.0.2', '4.0']);
  assert.deepEqual(versionsNamed('~> 2.3.11 || ~2.4', ['~']), ['2.3.11', '2.4']);
  assert.deepEqual(versionsNamed('>=1!2.0, <1.0~rc1', ['>=', '<']), ['1!2.0', '1.0~rc1']);
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
