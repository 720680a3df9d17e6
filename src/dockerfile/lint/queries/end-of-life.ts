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

/** Long-term support counts, paid-for support does not. */
const debian = product(
  'Debian',
  'https://wiki.debian.org/LTS',
  ['debian'],
  `13 2030-06-30 trixie
   12 2028-06-30 bookworm
   11 2026-08-31 bullseye
   10 2024-06-30 buster
   9 2022-06-30 stretch
   8 2020-06-30 jessie
   7 2018-05-31 wheezy
   6 2016-02-29 squeeze`,
);

const ubuntu = product(
  'Ubuntu',
  'https://ubuntu.com/about/release-cycle',
  ['ubuntu'],
  `26.04 2031-04-30 resolute
   25.10 2026-07-01 questing
   25.04 2026-01-17 plucky
   24.10 2025-07-10 oracular
   24.04 2029-05-31 noble
   23.10 2024-07-12 mantic
   23.04 2024-01-20 lunar
   22.10 2023-07-20 kinetic
   22.04 2027-04-01 jammy
   21.10 2022-07-14 impish
   21.04 2022-01-20 hirsute
   20.10 2021-07-22 groovy
   20.04 2025-05-31 focal
   19.10 2020-07-17 eoan
   19.04 2020-01-23 disco
   18.10 2019-07-18 cosmic
   18.04 2023-05-31 bionic
   17.10 2018-07-19 artful
   17.04 2018-01-13 zesty
   16.10 2017-07-20 yakkety
   16.04 2021-04-30 xenial
   15.10 2016-07-28 wily
   15.04 2016-02-04 vivid
   14.10 2015-07-23 utopic
   14.04 2019-04-30 trusty
   13.10 2014-07-17 saucy
   12.04 2017-04-28 precise
   10.04 2015-04-30 lucid`,
  (version) => /^\d*[02468]\.04$/.test(version),
);

const alpine = product(
  'Alpine Linux',
  'https://alpinelinux.org/releases/',
  ['alpine'],
  `3.24 2028-06-01
   3.23 2027-11-01
   3.22 2027-05-01
   3.21 2026-11-01
   3.20 2026-04-01
   3.19 2025-11-01
   3.18 2025-05-09
   3.17 2024-11-22
   3.16 2024-05-23
   3.15 2023-11-01
   3.14 2023-05-01
   3.13 2022-11-01
   3.12 2022-05-01
   3.11 2021-11-01
   3.10 2021-05-01
   3.9 2020-11-01
   3.8 2020-05-01
   3.7 2019-11-01
   3.6 2019-05-01
   3.5 2018-11-01
   3.4 2018-05-01
   3.3 2017-11-01
   3.2 2017-05-01
   3.1 2016-11-01
   2.7 2015-11-01
   2.6 2015-05-01`,
);

/** `latest` of Docker Hub's centos is 8, and stays so. */
const centos = product(
  'CentOS',
  'https://www.redhat.com/en/topics/linux/centos-linux-eol',
  ['centos', 'centos/centos'],
  `stream10 2030-05-31
   stream9 2027-05-31
   stream8 2024-05-31
   8 2021-12-31 latest
   7 2024-06-30
   6 2020-11-30
   5 2017-03-31`,
  () => false,
);

const fedora = product(
  'Fedora',
  'https://docs.fedoraproject.org/en-US/releases/eol/',
  ['fedora', 'fedora/fedora'],
  `44 2027-06-02
   43 2026-12-09
   42 2026-05-27
   41 2025-12-15
   40 2025-05-13
   39 2024-11-26
   38 2024-05-21
   37 2023-12-05
   36 2023-05-16
   35 2022-12-13
   34 2022-06-07
   33 2021-11-30
   32 2021-05-25
   31 2020-11-24
   30 2020-05-26
   29 2019-11-26
   28 2019-05-28
   27 2018-11-30
   26 2018-05-29
   25 2017-12-12
   24 2017-08-08
   23 2016-12-20
   22 2016-07-19
   21 2015-12-01
   20 2015-06-23`,
);

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

/** The releases before, which had other names, are those of retired-windows-tag. */
const windows = product(
  'Windows Server',
  'https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/base-image-lifecycle',
  [],
  `ltsc2025 2034-11-14
   ltsc2022 2031-10-14
   ltsc2019 2029-01-09 1809
   ltsc2016 2027-01-12 1607`,
);

const others: readonly Product[] = [
  product(
    'Amazon Linux',
    'https://aws.amazon.com/amazon-linux-2/faqs/',
    ['amazonlinux', 'amazonlinux/amazonlinux'],
    `2023 2029-06-30
     2 2026-06-30
     2018.03 2023-12-31
     1 2023-12-31`,
  ),
  product(
    'Oracle Linux',
    'https://www.oracle.com/us/support/library/elsp-lifetime-069338.pdf',
    ['oraclelinux'],
    `9 2032-06-30
     8 2029-07-31
     7 2024-12-31
     6 2021-03-31`,
  ),
  product(
    'openSUSE Leap',
    'https://en.opensuse.org/Lifetime',
    ['opensuse/leap'],
    `16.0 2027-10-31
     15.6 2026-04-30
     15.5 2024-12-31
     15.4 2023-12-07
     15.3 2022-12-31
     15.2 2022-01-04
     15.1 2021-02-02
     15.0 2019-12-03
     42.3 2019-07-01`,
  ),
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
