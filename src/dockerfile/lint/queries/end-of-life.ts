import { releasesOf } from '../../../foundation/model/release-dates.ts';
import type { ImageName } from '../../syntax/model.ts';
import type { TagPart } from './image-tags.ts';
import { tagParts } from './image-tags.ts';

/** A release and the last day on which its makers fix security flaws for everybody. */
export interface Release {
  readonly product: Product;
  readonly version: string;
  /** In lower case, as tags write it. */
  readonly codename: string | undefined;
  /** YYYY-MM-DD. */
  readonly end: string;
}

export interface Product {
  readonly name: string;
  /** Where the dates stand. */
  readonly source: string;
  /** Repositories, without `library/`, whose tag begins with the version. */
  readonly repositories: readonly string[];
  /** Newest first. */
  readonly releases: readonly Release[];
  /** True for a version to move to: a long-term release where there are others. */
  readonly isRecommended: (version: string) => boolean;
}

/** A release found in an image's name. */
export interface FoundRelease {
  readonly release: Release;
  /** Where in the tag; undefined when the repository's name tells it. */
  readonly part: TagPart | undefined;
  /** What stands before the version in that part, `alpine` of `alpine3.12`. */
  readonly prefix: string;
  /** As written. */
  readonly written: string;
}

/** Lines of `version end codename`. */
function product(
  name: string,
  source: string,
  repositories: readonly string[],
  lines: string,
  isRecommended: Product['isRecommended'] = () => true,
): Product {
  const releases: Release[] = [];
  const result: Product = { name, source, repositories, releases, isRecommended };
  for (const line of lines.trim().split('\n')) {
    const [version = '', end = '', codename] = line.trim().split(' ');
    releases.push({ product: result, version, end, codename });
  }
  return result;
}

/** Releases that ended before have names that mean something else by now. */
const RELEASES_SINCE = '2014-07-01';

/** A distribution, with the releases of the table that image matching uses too; `versionOf` gives a release as tags write it. */
function system(
  id: string,
  repositories: readonly string[],
  isRecommended: Product['isRecommended'] = () => true,
  versionOf = (version: string): string => version,
): Product {
  const { name, source, releases } = releasesOf(id);
  const found: Release[] = [];
  const result: Product = { name, source, repositories, releases: found, isRecommended };
  for (const { version, endsAt: end, codename } of releases) {
    if (end >= RELEASES_SINCE) found.push({ product: result, version: versionOf(version), end, codename });
  }
  return result;
}

const debian = system('debian', ['debian']);
const ubuntu = system('ubuntu', ['ubuntu'], (version) => /^\d*[02468]\.04$/.test(version));
const alpine = system('alpine', ['alpine']);
const fedora = system('fedora', ['fedora', 'fedora/fedora']);
const centos = createCentos();

/** CentOS and Stream are one repository. `latest` of Docker Hub's centos is 8, and stays so. */
function createCentos(): Product {
  const stream = system('centos-stream', [], undefined, (version) => `stream${version}`);
  const linux = system('centos', []);
  const releases: Release[] = [];
  const result: Product = { ...linux, name: 'CentOS', repositories: ['centos', 'centos/centos'], releases, isRecommended: () => false };
  for (const release of [...stream.releases, ...linux.releases]) {
    releases.push({ ...release, product: result, codename: release.version === '8' ? 'latest' : undefined });
  }
  return result;
}

const node = product(
  'Node.js',
  'https://nodejs.org/en/about/previous-releases',
  ['node'],
  `26 2029-04-30
   25 2026-06-01
   24 2028-04-30 krypton
   23 2025-06-01
   22 2027-04-30 jod
   21 2024-06-01
   20 2026-04-30 iron
   19 2023-06-01
   18 2025-04-30 hydrogen
   17 2022-06-01
   16 2023-09-11 gallium
   15 2021-06-01
   14 2023-04-30 fermium
   13 2020-06-01
   12 2022-04-30 erbium
   11 2019-06-30
   10 2021-04-30 dubnium
   9 2018-06-30
   8 2019-12-31 carbon
   7 2017-06-30
   6 2019-04-30 boron
   5 2016-06-30
   4 2018-04-30 argon
   0.12 2016-12-31
   0.10 2016-10-31`,
  (version) => Number(version) % 2 === 0,
);

const python = product(
  'Python',
  'https://devguide.python.org/versions/',
  ['python'],
  `3.14 2030-10-31
   3.13 2029-10-31
   3.12 2028-10-31
   3.11 2027-10-31
   3.10 2026-10-31
   3.9 2025-10-31
   3.8 2024-10-07
   3.7 2023-06-27
   3.6 2021-12-23
   3.5 2020-09-30
   3.4 2019-03-18
   3.3 2017-09-29
   3.2 2016-02-20
   2.7 2020-01-01
   2 2020-01-01
   2.6 2013-10-29`,
);

function endOfBuild(build: string): string {
  return releasesOf('windows').releases.find(({ version }) => version === `10.0.${build}`)?.endsAt ?? '';
}

/** The releases before, which had other names, are those of retired-windows-tag. */
const windows = product(
  'Windows Server',
  'https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/base-image-lifecycle',
  [],
  `ltsc2025 ${endOfBuild('26100')}
   ltsc2022 ${endOfBuild('20348')}
   ltsc2019 ${endOfBuild('17763')} 1809
   ltsc2016 ${endOfBuild('14393')} 1607`,
);

const others: readonly Product[] = [
  system('amazon', ['amazonlinux', 'amazonlinux/amazonlinux']),
  system('oracle', ['oraclelinux']),
  system('opensuse-leap', ['opensuse/leap']),
];

const products: readonly Product[] = [debian, ubuntu, alpine, centos, fedora, node, python, ...others];
const byRepository: ReadonlyMap<string, Product> = new Map(
  products.flatMap((product) => product.repositories.map((repository) => [repository, product])),
);

/** Systems that images of other software name in their tags: `3.9-buster`, `8.0-alpine3.12`, `lts-ubuntu-18.04`. */
const systems: readonly (readonly [prefix: string, product: Product])[] = [
  ['debian', debian],
  ['ubuntu', ubuntu],
  ['alpine', alpine],
  ['centos', centos],
  ['fedora', fedora],
];
/** Codenames that hardly mean anything else in a tag. */
const TELLING_CODENAMES: ReadonlySet<string> = new Set([
  ...debian.releases.flatMap(({ codename = '' }) => codename),
  'trusty',
  'xenial',
  'bionic',
  'focal',
  'jammy',
]);

/** Returns the releases that an image's name tells of: of what it is named after, and of the system below. */
export function releasesIn(image: ImageName, isWindows: boolean): readonly FoundRelease[] {
  const parts = tagParts(image);
  const [first] = parts;
  const own = byRepository.get(officialName(image.repository));
  const found: FoundRelease[] = [];
  const main = own === undefined || first === undefined ? undefined : findRelease(own, first);
  if (main !== undefined) found.push(main);
  parts.forEach((part, index) => {
    if (part === first && main !== undefined) return;
    const system = findSystem(part, parts[index + 1]) ?? (isWindows ? findRelease(windows, part) : undefined);
    if (system !== undefined) found.push(system);
  });
  const distroless = /(?:^|\/)distroless\/.*-debian(\d{1,2})$/.exec(image.repository)?.[1];
  const release = debian.releases.find(({ version }) => version === distroless);
  if (release !== undefined) found.push({ release, part: undefined, prefix: 'debian', written: `debian${release.version}` });
  return found;
}

/** Returns the newest release to move to that is still cared for on a day. */
export function supportedRelease({ releases, isRecommended }: Product, today: string): Release | undefined {
  return releases.find(({ version, end }) => isRecommended(version) && end >= today);
}

const ARCHITECTURES = /^(?:amd64|arm32v[5-7]|arm64v8|i386|mips64le|ppc64le|riscv64|s390x)\//;

/** `library/debian`, `docker/library/debian` and `arm64v8/debian` are debian. */
function officialName(repository: string): string {
  const library = repository.lastIndexOf('library/');
  const name = library === 0 || repository[library - 1] === '/' ? repository.slice(library + 'library/'.length) : repository;
  return name.replace(ARCHITECTURES, '');
}

/** `10.13` is 10, `3.12.1` is 3.12, `buster` is 10, `centos7.9.2009` is 7. */
function findRelease(product: Product, part: TagPart, prefix = ''): FoundRelease | undefined {
  const text = part.text.toLowerCase();
  const [repository = ''] = product.repositories;
  const head = prefix === '' && repository !== '' && text.startsWith(repository) ? repository : prefix;
  const version = text.slice(head.length);
  const [major = '', minor] = version.split('.');
  const release = product.releases.find(
    (candidate) =>
      candidate.codename === version || candidate.version === version || candidate.version === (minor === undefined ? major : `${major}.${minor}`),
  );
  const known = release ?? product.releases.find((candidate) => candidate.version === major && !/\D/.test(major));
  return known === undefined || version === '' ? undefined : { release: known, part, prefix: part.text.slice(0, head.length), written: part.text };
}

function findSystem(part: TagPart, next: TagPart | undefined): FoundRelease | undefined {
  const text = part.text.toLowerCase();
  if (TELLING_CODENAMES.has(text)) return findRelease(ubuntu.releases.some(({ codename }) => codename === text) ? ubuntu : debian, part);
  const system = systems.find(([prefix]) => text.startsWith(prefix));
  if (system === undefined) return undefined;
  const [prefix, product] = system;
  // `alpine-3.12`: the version is a part of its own.
  if (text === prefix) return next !== undefined && /^\d+(?:\.\d+)?$/.test(next.text) ? findRelease(product, next) : undefined;
  return /^\d+(?:\.\d+)*$/.test(text.slice(prefix.length)) ? findRelease(product, part, prefix) : undefined;
}
