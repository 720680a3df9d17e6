import assert from 'node:assert/strict';
import test from 'node:test';
import { isDistroOwned } from '../../../../src/advisories/matching/distro-owned.ts';
import type { ImagePath, Purl } from '../../../../src/foundation/model/brand.ts';
import type { InstalledPackage, PackageType } from '../../../../src/foundation/model/package.ts';

function installed(type: PackageType, name: string, version: string, file: string, more: Partial<InstalledPackage> = {}): InstalledPackage {
  return { purl: `pkg:${type}/${name}@${version}` as Purl, type, name, version, files: [file as ImagePath], layer: 0, ...more };
}

const deb = installed('deb', 'base-files', '12', 'var/lib/dpkg/status');
const apk = installed('apk', 'py3-requests', '2.31.0-r0', 'lib/apk/db/installed');

test('Debian: what lies in the folders of dpkg is the distribution’s', () => {
  const isOwned = (file: string, more?: Partial<InstalledPackage>) => isDistroOwned(installed('pypi', 'requests', '2.31.0', file, more), [deb]);
  assert.equal(isOwned('usr/lib/python3/dist-packages/requests-2.31.0.egg-info/PKG-INFO'), true);
  assert.equal(isOwned('usr/share/nodejs/x/package.json'), true);
  assert.equal(isOwned('usr/local/lib/python3.11/dist-packages/requests/METADATA'), false);
});

test('what a vendor’s package brought is not, wherever it lies', () => {
  const file = 'usr/lib/python3/dist-packages/requests-2.31.0.egg-info/PKG-INFO';
  assert.equal(isDistroOwned(installed('pypi', 'requests', '2.31.0', file, { broughtBy: 'a-vendor' }), [deb]), false);
});

test('Alpine: apk has it by another name, at the same version', () => {
  const isOwned = (name: string, version: string) =>
    isDistroOwned(installed('pypi', name, version, 'usr/lib/python3.12/site-packages/x/METADATA'), [apk]);
  assert.deepEqual([isOwned('Requests', '2.31.0'), isOwned('requests', '2.32.0'), isOwned('urllib3', '2.31.0')], [true, false, false]);
});
