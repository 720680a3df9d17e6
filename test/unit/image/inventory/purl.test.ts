import assert from 'node:assert/strict';
import test from 'node:test';
import { PackageURL } from 'packageurl-js';
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

test('the source package and the module stream are qualifiers, as other scanners write and read them', () => {
  const source = (name: string, version: string) => ({ sourcePackage: { name, version } });
  const alpine = { id: 'alpine', versionId: '3.20.3', idLike: [] };
  const rhel = { id: 'rhel', versionId: '8.10', idLike: [] };
  const label = 'nodejs:18:8060020220523155437:ad008a3a';
  const written = [
    toPurl({ type: 'deb', name: 'libstdc++6', version: '12.2.0-14', ...source('gcc-12', '12.2.0-14') }, debian),
    toPurl({ type: 'deb', name: 'bash', version: '5.2.15-2+b13', architecture: 'amd64', ...source('bash', '5.2.15-2') }, debian),
    toPurl({ type: 'deb', name: 'bsdutils', version: '1:2.38.1-5', ...source('util-linux', '2.38.1-5') }, debian),
    toPurl({ type: 'apk', name: 'libssl3', version: '3.3.2-r0', ...source('openssl', '3.3.2-r0') }, alpine),
    toPurl({ type: 'rpm', name: 'npm', version: '1:8.11.0-1.16', modularityLabel: label, ...source('nodejs', '16.16.0-1') }, rhel),
    toPurl({ type: 'npm', name: 'a', version: '1', ...source('b', '2') }, debian),
  ];
  assert.deepEqual(written, [
    'pkg:deb/debian/libstdc%2B%2B6@12.2.0-14?distro=debian-12&upstream=gcc-12',
    'pkg:deb/debian/bash@5.2.15-2+b13?arch=amd64&distro=debian-12&upstream=bash%405.2.15-2',
    'pkg:deb/debian/bsdutils@1:2.38.1-5?distro=debian-12&upstream=util-linux%402.38.1-5',
    'pkg:apk/alpine/libssl3@3.3.2-r0?distro=alpine-3.20.3&upstream=openssl',
    `pkg:rpm/redhat/npm@8.11.0-1.16?distro=rhel-8.10&epoch=1&rpmmod=${encodeURIComponent(label)}&upstream=nodejs-16.16.0-1.src.rpm`,
    'pkg:npm/a@1',
  ]);
  for (const purl of written) assert.equal(PackageURL.fromString(purl).toString(), purl, 'in the form that all programs agree on');
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
