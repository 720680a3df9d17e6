import assert from 'node:assert/strict';
import test from 'node:test';
import { toPurl } from '../../../../src/image/inventory/purl.ts';

const debian = { id: 'debian', versionId: '12', idLike: [] };

test('package URLs of each type', () => {
  assert.equal(
    toPurl({ type: 'deb', name: 'libstdc++6', version: '1:12.2.0-14+deb12u1', architecture: 'amd64' }, debian),
    'pkg:deb/debian/libstdc%2B%2B6@1:12.2.0-14+deb12u1?arch=amd64&distro=debian-12',
  );
  assert.equal(
    toPurl({ type: 'apk', name: 'musl', version: '1.2.5-r0', architecture: 'x86_64' }, { id: 'alpine', versionId: '3.20.3', idLike: [] }),
    'pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&distro=alpine-3.20.3',
  );
  assert.equal(toPurl({ type: 'npm', name: '@scope/name', version: '1.0.0-rc.1' }, debian), 'pkg:npm/%40scope/name@1.0.0-rc.1');
  assert.equal(toPurl({ type: 'pypi', name: 'Zope.Interface', version: '5.0' }, debian), 'pkg:pypi/zope-interface@5.0');
});

test('without a distribution, and with one that has no version', () => {
  assert.equal(toPurl({ type: 'deb', name: 'a', version: '1' }, undefined), 'pkg:deb/debian/a@1');
  assert.equal(
    toPurl({ type: 'deb', name: 'a', version: '1' }, { id: 'debian', versionId: '', idLike: [], codename: 'trixie' }),
    'pkg:deb/debian/a@1?distro=debian-trixie',
  );
});

test('a name that cannot be part of one has none', () => {
  assert.equal(toPurl({ type: 'npm', name: '@scope/', version: '1' }, undefined), undefined);
});
