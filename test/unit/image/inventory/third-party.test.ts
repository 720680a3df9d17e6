import assert from 'node:assert/strict';
import test from 'node:test';
import { parseDeb822 } from '../../../../src/foundation/formats/deb822.ts';
import { FOREIGN_DEB_MAINTAINERS } from '../../../../src/image/inventory/third-party.data.ts';
import { DEB_ORIGIN_FIELDS, isForeignPath, isThirdPartyDeb, thirdPartyRpmTest } from '../../../../src/image/inventory/third-party.ts';

function isForeign(control: string): boolean {
  const [stanza] = parseDeb822(`Package: x\n${control}\n`, new Set(DEB_ORIGIN_FIELDS)).value;
  return isThirdPartyDeb(stanza?.fields ?? new Map());
}

test('dpkg: what says that somebody else built it', () => {
  for (const control of [
    'Section: default\nMaintainer: <builder@host>',
    'Maintainer: Somebody <a@example.com>',
    'Section: misc\nVendor: Grafana\nMaintainer: a <a@example.com>',
    'Section: misc\nLicense: MIT\nMaintainer: a <a@example.com>',
    'Section: misc\nOrigin: Example Corp\nMaintainer: a <a@example.com>',
    'Section: devel\nMaintainer: Docker <support@docker.com>',
    'Section: web\nMaintainer: A Person <person@nodesource.com>',
    'Section: web\nMaintainer: Elasticsearch Team <info@elastic.co>',
    'Section: java\nMaintainer: a <dotnet@sub.microsoft.com> ',
    'Section: java\nMaintainer: support@docker.com',
    'Section: java\nMaintainer: Eclipse Adoptium <Temurin-Dev@eclipse.org>',
  ])
    assert.equal(isForeign(control), true, control);
});

test('dpkg: what does not', () => {
  for (const control of [
    'Section: libs\nMaintainer: GNU Libc Maintainers <debian-glibc@lists.debian.org>',
    'Section: universe/python\nMaintainer: Ubuntu Developers <ubuntu-devel-discuss@lists.ubuntu.com>',
    "Section: admin\nMaintainer: Marco d'Itri <md@linux.it>",
    'Section: java\nMaintainer: a <someone@eclipse.org>',
    'Section: libs\nMaintainer: a <a@notdocker.com>',
    'Section: libs\nMaintainer: a (docker.com) <a@debian.org>',
    'Section: libs\nOrigin: Ubuntu\nMaintainer: a <a@debian.org>',
    'Section: libs',
    '',
  ])
    assert.equal(isForeign(control), false, control);
});

test('the list of addresses is sorted, in lower case, and holds no provider of mail', () => {
  assert.deepEqual([...FOREIGN_DEB_MAINTAINERS], [...new Set(FOREIGN_DEB_MAINTAINERS)].sort());
  for (const address of FOREIGN_DEB_MAINTAINERS) assert.match(address, /^(?:[a-z0-9-]+@)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/);
  for (const provider of ['gmail.com', 'gmx.de', 'debian.org', 'ubuntu.com', 'google.com', 'apache.org', 'nvidia.com'])
    assert.ok(!FOREIGN_DEB_MAINTAINERS.includes(provider));
});

test('folders that are no distribution’s', () => {
  for (const path of ['opt/x', '/opt/x', '/srv/www', 'usr/local/bin/x']) assert.equal(isForeignPath(path), true, path);
  for (const path of ['/opt', '/opt/', 'usr/local', 'usr/lib/opt/x', 'usr/localx/a', 'etc/opt/x', 'var/opt/x'])
    assert.equal(isForeignPath(path), false, path);
});

test('rpm: the vendor of most packages is the distribution’s', () => {
  const base = (vendor: string | undefined) => Array.from({ length: 20 }, () => ({ version: '1-1.el9', ...(vendor !== undefined && { vendor }) }));
  const isThird = (main: string | undefined, vendor: string | undefined, version = '1-1') => {
    const record = { version, ...(vendor !== undefined && { vendor }) };
    return thirdPartyRpmTest([...base(main), record])(record);
  };
  assert.equal(isThird('Red Hat, Inc.', 'Red Hat, Inc.'), false);
  assert.equal(isThird('Red Hat, Inc.', 'Fedora Project'), false, 'Fedora publishes what is known of EPEL');
  assert.equal(isThird('AlmaLinux', 'CloudLinux'), false);
  assert.equal(isThird('Red Hat, Inc.', 'Microsoft Corporation'), true);
  assert.equal(isThird('Microsoft Corporation', 'Microsoft Corporation'), false, 'of Azure Linux');
  assert.equal(isThird('VMware, Inc.', 'VMware, Inc.'), false, 'of Photon');
  assert.equal(isThird('openEuler', 'openEuler'), false, 'a distribution that nobody listed');
  assert.equal(isThird('CentOS', 'Remi Collet'), true);
  assert.equal(isThird('CentOS', undefined), true, 'built by somebody for himself');
  assert.equal(isThird(undefined, undefined), false, 'where none has a vendor');
  assert.equal(isThird('Amazon Linux', undefined, '1-1.amzn2023'), false);
  assert.equal(thirdPartyRpmTest([])({ version: '1' }), false);
});
