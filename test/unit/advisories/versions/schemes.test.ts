import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { languagePrefix } from '../../../../src/advisories/matching/platform.ts';
import { schemeOfBucket } from '../../../../src/advisories/versions/scheme-of-bucket.ts';
import { schemeOfType } from '../../../../src/advisories/versions/scheme-of-type.ts';
import { schemes } from '../../../../src/advisories/versions/schemes.generated.ts';
import { applicationPackageTypes, systemPackageTypes } from '../../../../src/foundation/model/package.ts';

test('every scheme is registered under its file name', () => {
  const files = readdirSync(path.join(import.meta.dirname, '../../../../src/advisories/versions/schemes'));
  assert.deepEqual(
    schemes.map((scheme) => `${scheme.id}.ts`),
    files.sort(),
  );
});

const buckets: Readonly<Record<string, readonly string[]>> = {
  dpkg: ['debian 12', 'debian sid', 'ubuntu 22.04', 'ubuntu 22.04-ESM', 'echo', 'seal debian', 'root.io debian 12', 'root.io ubuntu 22.04'],
  apk: ['alpine edge', 'alpine 3.20', 'wolfi', 'chainguard', 'minimos', 'seal alpine', 'root.io alpine 3.20'],
  rpm: [
    'Red Hat',
    'seal Red Hat 8',
    'alma 9',
    'rocky 9',
    'Oracle Linux 8',
    'amazon linux 2023',
    'SUSE Linux Enterprise 15.5',
    'SUSE Linux Enterprise Micro 5.1',
    'openSUSE Leap 15.5',
    'openSUSE Leap Micro 5.3',
    'openSUSE Tumbleweed',
    'Photon OS 4.0',
    'CBL-Mariner 2.0',
    'Azure Linux 3.0',
    'bottlerocket',
    'fedora 40',
    'fedora rawhide',
  ],
  alpm: ['archlinux'],
  semver: ['npm::GitHub Security Advisory npm', 'seal npm::Seal Security', 'npm::Node.js Ecosystem Security Working Group'],
  pep440: ['pip::GitHub Security Advisory pip'],
  rubygems: ['rubygems::Ruby Advisory Database', 'rubygems::GitHub Security Advisory RubyGems'],
  composer: ['composer::PHP Security Advisories Database', 'composer::GitHub Security Advisory Composer'],
  maven: ['maven::GitHub Security Advisory Maven'],
  nuget: ['nuget::GitHub Security Advisory NuGet'],
  go: ['go::The Go Vulnerability Database', 'go::GitHub Security Advisory Go', 'k8s::Official Kubernetes CVE Feed'],
  cargo: ['cargo::GitHub Security Advisory Rust', 'cargo::Open Source Vulnerability'],
  conan: ['conan::GitLab Advisory Database Community'],
  hex: ['erlang::GitHub Security Advisory Erlang'],
  pub: ['pub::GitHub Security Advisory Pub'],
  swift: ['swift::GitHub Security Advisory Swift'],
  cocoapods: ['cocoapods::GitHub Security Advisory Swift'],
  julia: ['julia::Julia Ecosystem Security Advisories'],
  bitnami: ['bitnami::Bitnami Vulnerability Database'],
  'windows-build': ['windows 10.0.20348'],
};

test('every bucket of advisories has its scheme', () => {
  for (const [id, names] of Object.entries(buckets)) for (const name of names) assert.equal(schemeOfBucket(name)?.id, id, name);
});

test('what holds no versions, and what nobody knows, has none', () => {
  for (const name of [
    'Red Hat CPE',
    'vulnerability',
    'data-source',
    'vulnerability-id',
    'debianish 12',
    'constructor',
    'constructor::x',
    '__proto__',
    '',
  ])
    assert.equal(schemeOfBucket(name), undefined, name);
});

test('every package type has a scheme, the one of its advisories', () => {
  for (const type of [...systemPackageTypes, ...applicationPackageTypes]) {
    assert.notEqual(schemeOfType(type), undefined, type);
    const prefix = languagePrefix(type);
    if (prefix !== undefined) assert.equal(schemeOfBucket(`${prefix}source`), schemeOfType(type), type);
  }
  for (const type of ['', 'constructor', 'github', '__proto__']) assert.equal(schemeOfType(type), undefined, type);
});
