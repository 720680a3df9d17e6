import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/distro-release.ts';
import { RELEASE_FILES } from '../../../../../../src/image/inventory/distro-files.ts';

function distroOf(path: string, text: string): unknown {
  const { value, problems } = analyzer.analyze({ path: path as ImagePath, bytes: new TextEncoder().encode(text) });
  assert.deepEqual(problems, []);
  return value.distro === undefined
    ? undefined
    : [value.distro.id, value.distro.versionId, value.distro.codename].filter((part) => part !== undefined);
}

test('wants the known files alone', () => {
  for (const path of ['etc/redhat-release', 'usr/lib/system-release', 'bin/busybox']) assert.equal(analyzer.wants(path as ImagePath), true);
  for (const path of ['etc/os-release', 'redhat-release', 'etc/release', 'constructor']) assert.equal(analyzer.wants(path as ImagePath), false);
});

for (const [path, text, ...expected] of [
  ['etc/redhat-release', 'Red Hat Enterprise Linux Server release 6.10 (Santiago)\n', 'rhel', '6.10'],
  ['etc/redhat-release', 'Red Hat Enterprise Linux Atomic Host release 7.9\n', 'rhel', '7.9'],
  ['etc/redhat-release', 'CentOS release 5.7 (Final)', 'centos', '5.7'],
  ['etc/centos-release', 'CentOS Linux release 7.9.2009 (Core)\n', 'centos', '7.9.2009'],
  ['etc/centos-release', 'CentOS Stream release 9\n', 'centos', '9'],
  ['etc/redhat-release', 'Rocky Linux release 8.10 (Green Obsidian)', 'rocky', '8.10'],
  ['etc/almalinux-release', 'AlmaLinux release 9.0 (Emerald Puma)\n', 'almalinux', '9.0'],
  ['etc/oracle-release', 'Oracle Linux Server release 6.10\n', 'ol', '6.10'],
  ['etc/enterprise-release', 'Enterprise Linux Enterprise Linux Server release 5.11 (Carthage)\n', 'ol', '5.11'],
  ['etc/system-release', 'Amazon Linux AMI release 2018.03\n', 'amzn', '2018.03'],
  ['etc/system-release', 'Amazon Linux release 2 (Karoo)\n', 'amzn', '2'],
  ['usr/lib/system-release', 'Amazon Linux release 2023.6.20250107 (Amazon Linux)\n', 'amzn', '2023.6.20250107'],
  ['usr/lib/fedora-release', 'Fedora release 39 (Thirty Nine)\n', 'fedora', '39'],
  ['etc/sl-release', 'Scientific Linux release 7.9 (Nitrogen)', 'scientific', '7.9'],
  ['etc/gentoo-release', 'Gentoo Base System release 2.14\n', 'gentoo', '2.14'],
  ['etc/photon-release', 'VMware Photon OS 4.0\nPHOTON_BUILD_NUMBER=1526e30ba\n', 'photon', '4.0'],
  ['etc/photon-release', 'VMware Photon Linux 1.0\nPHOTON_BUILD_NUMBER=62c543d\n', 'photon', '1.0'],
  ['etc/mariner-release', 'CBL-Mariner 2.0.20220426\nMARINER_BUILD_NUMBER=0e1f3c1\n', 'mariner', '2.0'],
  ['etc/azurelinux-release', 'Microsoft Azure Linux 3.0.20240727\nAZURELINUX_BUILD_NUMBER=1\n', 'azurelinux', '3.0'],
  ['etc/SuSE-release', 'SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n', 'sles', '11.4'],
  ['etc/SuSE-release', 'SUSE Linux Enterprise Server 12 (x86_64)\nVERSION = 12\nPATCHLEVEL = 0\n# os-release will replace it\n', 'sles', '12'],
  ['etc/SuSE-release', 'SUSE Linux Enterprise Desktop 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 3\n', 'sled', '11.3'],
  ['etc/SuSE-release', 'openSUSE 13.2 (x86_64)\nVERSION = 13.2\nCODENAME = Harlequin\n', 'opensuse', '13.2'],
  [
    'etc/lsb-release',
    'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=10.04\nDISTRIB_CODENAME=lucid\nDISTRIB_DESCRIPTION="Ubuntu 10.04.4 LTS"\n',
    'ubuntu',
    '10.04',
    'lucid',
  ],
  ['etc/lsb-release', 'DISTRIB_ID="Arch"\nDISTRIB_RELEASE="rolling"\n', 'arch', ''],
  ['etc/openwrt_release', "DISTRIB_ID='OpenWrt'\nDISTRIB_RELEASE='22.03.5'\n", 'openwrt', '22.03.5'],
  ['etc/arch-release', '', 'arch', ''],
  ['etc/alpine-release', '3.10.3\n', 'alpine', '3.10.3'],
  ['etc/debian_version', '12.5\n', 'debian', '12'],
  ['etc/debian_version', 'trixie/sid\n', 'debian', '', 'trixie'],
  ['etc/system-release-cpe', 'cpe:/o:centos:linux:6:GA', 'centos', '6'],
  ['etc/system-release-cpe', 'cpe:/o:redhat:enterprise_linux:7.9:ga:server\n', 'rhel', '7.9'],
  ['usr/lib/system-release-cpe', 'cpe:2.3:o:amazon:amazon_linux:2\n', 'amzn', '2'],
  ['bin/busybox', 'BusyBox v\0\u0001BusyBox vx…BusyBox v1.35.0 (2022-01-17 19:57:02 CST)', 'busybox', '1.35.0'],
] as const) {
  test(`${path}: ${text.split('\n')[0] ?? ''}`, () => {
    assert.deepEqual(distroOf(path, text), expected);
  });
}

test('what names no known distribution is neither a distribution nor a problem', () => {
  for (const path of RELEASE_FILES) {
    if (path === 'etc/arch-release') continue;
    for (const text of ['', '\0', 'Windows release 1.0', '<html>', 'cpe:/o:constructor:prototype:1', 'DISTRIB_ID=$(x)\n', 'BusyBox v'])
      assert.equal(distroOf(path, text), undefined, path);
  }
});

test('any bytes are read without throwing', () => {
  fc.assert(
    fc.property(fc.constantFrom(...RELEASE_FILES), fc.uint8Array({ maxLength: 200 }), (path, bytes) => {
      analyzer.analyze({ path: path as ImagePath, bytes });
    }),
  );
});
