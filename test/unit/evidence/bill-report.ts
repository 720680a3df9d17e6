import type { ImagePath, Purl } from '../../../src/foundation/model/brand.ts';
import type { InstalledPackage } from '../../../src/foundation/model/package.ts';
import type { ScanReport } from '../../../src/foundation/model/report.ts';
import { sampleReport } from './sample-report.ts';

/** Returns a package in one line; its other facts come last. */
export function installed(
  type: InstalledPackage['type'],
  purl: string,
  name: string,
  file: string,
  rest: Partial<InstalledPackage> = {},
): InstalledPackage {
  const version = decodeURIComponent(/@([^@?]+)(?:\?|$)/.exec(purl)?.[1] ?? '');
  return { purl: purl as Purl, type, name, version, files: [file as ImagePath], layer: 0, ...rest };
}

const rpm = (name: string, version: string, architecture: string, rest: Partial<InstalledPackage> = {}): InstalledPackage =>
  installed('rpm', `pkg:rpm/redhat/${name}@${version}?arch=${architecture}&distro=rhel-9.4`, name, 'var/lib/rpm/rpmdb.sqlite', {
    architecture,
    ...rest,
  });

const nodejs = 'nodejs:18:9040020240807131341:rhel9';

/** What bills of materials find hard: every kind of place, mark and licence, packages that need each other, and one that lies in three places. */
export const billPackages: readonly InstalledPackage[] = [
  rpm('glibc', '2.34-100.el9', 'x86_64', { licenses: ['LGPLv2+ and GPLv2+'], vendor: 'Red Hat, Inc.', dependencies: ['bash'] }),
  rpm('glibc', '2.34-100.el9', 'i686', { vendor: 'Red Hat, Inc.' }),
  rpm('bash', '5.1.8-9.el9', 'x86_64', { licenses: ['GPLv3+'], vendor: 'Red Hat, Inc.', dependencies: ['glibc'] }),
  installed('rpm', 'pkg:rpm/redhat/nodejs@18.20.4-1.module%2Bel9.4.0?arch=x86_64&distro=rhel-9.4&epoch=1', 'nodejs', 'var/lib/rpm/rpmdb.sqlite', {
    version: '1:18.20.4-1.module+el9.4.0',
    architecture: 'x86_64',
    modularityLabel: nodejs,
    layer: 1,
    licenses: ['mit AND apache-2.0'],
    dependencies: ['glibc'],
  }),
  rpm('bind-utils', '9.16.23-18.el9', 'x86_64', { sourcePackage: { name: 'bind', version: '9.16.23-18.el9' } }),
  installed('maven', 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1', 'org.apache.logging.log4j:log4j-core', 'app/shop.war', {
    insideArchive: 'WEB-INF/lib/log4j-core-2.14.1.jar',
    layer: 1,
    licenses: ['Apache-2.0'],
    dependencies: ['org.apache.logging.log4j:log4j-api'],
  }),
  installed('maven', 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1', 'org.apache.logging.log4j:log4j-core', 'app/shop.war', {
    insideArchive: 'WEB-INF/lib/odd, inside "a".jar!x.jar',
    layer: 1,
  }),
  installed('maven', 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1', 'org.apache.logging.log4j:log4j-core', 'opt/a, layer 3.jar', {}),
  installed('maven', 'pkg:maven/org.apache.logging.log4j/log4j-api@2.14.1', 'org.apache.logging.log4j:log4j-api', 'app/shop.war', {
    insideArchive: 'WEB-INF/lib/log4j-api-2.14.1.jar',
    layer: 1,
  }),
  installed('golang', 'pkg:golang/github.com/BurntSushi/toml@v1.2.0', 'github.com/BurntSushi/toml', 'usr/bin/tool', { layer: 1 }),
  installed('golang', 'pkg:golang/stdlib@1.21.0', 'stdlib', 'usr/bin/tool', { layer: 1 }),
  installed('npm', 'pkg:npm/jsonstream@1.3.5', 'JSONStream', 'app/node_modules/JSONStream/package.json', { licenses: ['MIT', 'Apache 2'], layer: 1 }),
  installed('pypi', 'pkg:pypi/typing-extensions@4.0.0', 'typing_extensions', 'app/poetry.lock', {
    declaredOnly: true,
    layer: 1,
    licenses: ['PSF-2.0'],
  }),
  installed('npm', 'pkg:npm/inside-gitlab@1.0.0', 'inside-gitlab', 'opt/gitlab/node_modules/inside-gitlab/package.json', { broughtBy: 'gitlab-ee' }),
  installed('deb', 'pkg:deb/debian/gitlab-ee@16.0?arch=amd64&distro=debian-12', 'gitlab-ee', 'var/lib/dpkg/status', {
    thirdParty: true,
    architecture: 'amd64',
  }),
  installed('generic', 'pkg:generic/nginx@1.25.3', 'nginx', 'usr/local/nginx/sbin/nginx', { layer: 1 }),
  installed('deb', 'pkg:deb/debian/removed@1.0-1?arch=amd64&distro=debian-12', 'removed', 'var/lib/dpkg/status', {
    architecture: 'amd64',
    configOnly: true,
  }),
];

export const billReport: ScanReport = { ...sampleReport, packages: billPackages, findings: [] };
