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

test('package URLs whose names have parts', () => {
  const purls = (
    [
      ['maven', 'org.apache.logging.log4j:log4j-core', '2.14.1'],
      ['golang', 'github.com/spf13/cobra', 'v1.8.0'],
      ['golang', 'stdlib', '1.22.1'],
      ['composer', 'symfony/http-kernel', '6.4.1'],
      ['cocoapods', 'ShareKit/Twitter', '2.0'],
      ['windows-update', 'KB5034441', '10.0.20348.2227'],
      ['generic', 'nginx', '1.25.3'],
    ] as const
  ).map(([type, name, version]) => toPurl({ type, name, version }, undefined));
  assert.deepEqual(purls, [
    'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1',
    'pkg:golang/github.com/spf13/cobra@v1.8.0',
    'pkg:golang/stdlib@1.22.1',
    'pkg:composer/symfony/http-kernel@6.4.1',
    'pkg:cocoapods/ShareKit@2.0#Twitter',
    'pkg:generic/microsoft/KB5034441@10.0.20348.2227',
    'pkg:generic/nginx@1.25.3',
  ]);
});

test('rpm: the epoch is a qualifier, and the vendor of RHEL is Red Hat', () => {
  const bash = { type: 'rpm', name: 'bind-utils', version: '32:9.16.23-18.el9', architecture: 'x86_64' } as const;
  assert.equal(
    toPurl(bash, { id: 'rhel', versionId: '9.4', idLike: [] }),
    'pkg:rpm/redhat/bind-utils@9.16.23-18.el9?arch=x86_64&distro=rhel-9.4&epoch=32',
  );
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
