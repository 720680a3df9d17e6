import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOf } from '../../../../../src/advisories/feeds/osv/ecosystems.ts';

function bucketOf(ecosystem: string): string | undefined {
  const place = placeOf(ecosystem);
  return place?.kind === 'distribution' ? `${place.bucket}${place.service === undefined ? '' : ` (${place.service})`}` : place?.kind;
}

test('distributions go into the bucket of their release', () => {
  const expected = {
    'AlmaLinux:8': 'alma 8',
    'Alpine:v3.20': 'alpine 3.20',
    'Alpine:edge': 'alpine edge',
    'Azure Linux:2': 'CBL-Mariner 2.0',
    'Azure Linux:3': 'Azure Linux 3.0',
    'Debian:12': 'debian 12',
    'Debian:6.0': 'debian 6',
    'Debian:sid': 'debian sid',
    'Mageia:9': 'mageia 9',
    'Photon OS:4.0': 'Photon OS 4.0',
    'Rocky Linux:9': 'rocky 9',
    Chainguard: 'chainguard',
    Echo: 'echo',
    MinimOS: 'minimos',
    Wolfi: 'wolfi',
    'openSUSE:Leap 15.6': 'openSUSE Leap 15.6',
    'openSUSE:Leap Micro 5.5': 'openSUSE Leap Micro 5.5',
    'openSUSE:Tumbleweed': 'openSUSE Tumbleweed',
    'SUSE:Linux Enterprise Server 15 SP5': 'SUSE Linux Enterprise 15.5',
    'SUSE:Linux Enterprise Module for Basesystem 15 SP5': 'SUSE Linux Enterprise 15.5',
    'SUSE:Linux Enterprise Micro 5.5': 'SUSE Linux Enterprise Micro 5.5',
    'SUSE:Package Hub 12': 'SUSE Linux Enterprise 12',
    'SUSE:Manager Server 4.3': 'elsewhere',
    'Ubuntu:22.04:LTS': 'ubuntu 22.04',
    'Ubuntu:24.10': 'ubuntu 24.10',
    'Ubuntu:Pro:16.04:LTS': 'ubuntu 16.04 (esm-infra)',
    'Ubuntu:Pro:FIPS:18.04:LTS': 'ubuntu 18.04 (fips)',
    'Ubuntu:Pro:FIPS-updates:18.04:LTS': 'ubuntu 18.04 (fips-updates)',
    'Ubuntu:Pro:Realtime:22.04:LTS': 'elsewhere',
    'Root:Debian:12': 'root.io debian 12',
    'Root:Alpine:3.18': 'root.io alpine 3.18',
    'Seal:Alpine': 'seal alpine',
    'Seal:Red Hat:7': 'seal Red Hat 7',
  };
  for (const [ecosystem, bucket] of Object.entries(expected)) assert.equal(bucketOf(ecosystem), bucket, ecosystem);
});

test("a product of Red Hat's may be a system or an application", () => {
  assert.deepEqual(placeOf('Red Hat:rhel_eus:9.2::appstream'), {
    kind: 'distribution',
    bucket: 'Red Hat',
    cpes: ['cpe:/a:redhat:rhel_eus:9.2::appstream', 'cpe:/o:redhat:rhel_eus:9.2::appstream'],
  });
});

test('every ecosystem of the schema is known', () => {
  const languages =
    'Bioconductor Bitnami ConanCenter CRAN crates.io Go Hackage Hex Julia Kubernetes Maven npm NuGet Packagist Pub PyPI RubyGems SwiftURL'.split(' ');
  for (const ecosystem of languages) assert.equal(placeOf(ecosystem)?.kind, 'language', ecosystem);
  for (const ecosystem of ['Maven:https://maven.google.com', 'Packagist:https://packages.drupal.org/8', 'Root:npm', 'Seal:PyPI', 'bitnami']) {
    assert.equal(placeOf(ecosystem)?.kind, 'language', ecosystem);
  }
  const elsewhere = [
    'Android',
    'CleanStart',
    'Docker Hardened Images',
    'FreeBSD:ports',
    'GHC',
    'GIT',
    'GitHub Actions',
    'Linux',
    'opam',
    'OSS-Fuzz',
    'TuxCare:8',
    'VSCode',
  ];
  for (const ecosystem of elsewhere) assert.equal(placeOf(ecosystem)?.kind, 'elsewhere', ecosystem);
  for (const ecosystem of ['Alpaquita:23', 'BellSoft Hardened Containers:23', 'openEuler:22.03-LTS-SP1'])
    assert.equal(placeOf(ecosystem)?.kind, 'distribution', ecosystem);
});

test('nobody else is', () => {
  for (const ecosystem of [
    '',
    ':',
    'Plan9',
    'Debian',
    'Debian:bookworm',
    'Alpine',
    'Ubuntu:22',
    'Red Hat:',
    '__proto__',
    'constructor:1',
    'Root:',
    'Seal:Plan9',
  ]) {
    assert.equal(placeOf(ecosystem), undefined, ecosystem);
  }
});
