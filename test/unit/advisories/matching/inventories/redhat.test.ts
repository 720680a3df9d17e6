import { test } from 'node:test';
import type { AdvisoryRecord } from '../../../../../src/advisories/store/record.ts';
import { compareCentOs, compareRedHat, readRedHatVex } from '../../../../support/expected/redhat.ts';
import { readingOf } from '../../../../support/expected/reading.ts';
import { besideRpm } from '../../../../support/expected/rpm-order.ts';
import { distroOf } from '../../../../support/family-match.ts';
import { needsSharedData } from '../../../../support/shared-data.ts';
import { madePackages } from './made-packages.ts';
import { toVex, type MadeClaim } from './made-vex.ts';
import { proveInventory, readRecords, type RecordFile } from './prove.ts';
import { readSamples, samples } from './samples.ts';

/** Which products the packages of repositories are of, as Red Hat's own table has it for those that are asked about here. */
const repositories: Readonly<Record<string, readonly string[]>> = {
  'rhel-8-for-x86_64-baseos-rpms': ['cpe:/o:redhat:enterprise_linux:8', 'cpe:/o:redhat:enterprise_linux:8::baseos'],
  'rhel-8-for-x86_64-appstream-rpms': ['cpe:/a:redhat:enterprise_linux:8', 'cpe:/a:redhat:enterprise_linux:8::appstream'],
  'rhel-8-for-aarch64-appstream-e4s-rpms__8_DOT_6': ['cpe:/a:redhat:rhel_e4s:8.6', 'cpe:/a:redhat:rhel_e4s:8.6::appstream'],
  'rhel-9-for-x86_64-baseos-rpms': ['cpe:/o:redhat:enterprise_linux:9', 'cpe:/o:redhat:enterprise_linux:9::baseos'],
  'rhel-9-for-x86_64-appstream-rpms': ['cpe:/a:redhat:enterprise_linux:9', 'cpe:/a:redhat:enterprise_linux:9::appstream'],
  'codeready-builder-for-rhel-9-x86_64-rpms': ['cpe:/a:redhat:enterprise_linux:9', 'cpe:/a:redhat:enterprise_linux:9::crb'],
  'rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_4': ['cpe:/o:redhat:rhel_eus:9.4', 'cpe:/o:redhat:rhel_eus:9.4::baseos'],
  'rhel-9-for-x86_64-appstream-eus-rpms__9_DOT_4': ['cpe:/a:redhat:rhel_eus:9.4', 'cpe:/a:redhat:rhel_eus:9.4::appstream'],
  'rhel-10-for-x86_64-baseos-rpms': [
    'cpe:/o:redhat:enterprise_linux:10',
    'cpe:/o:redhat:enterprise_linux:10.0',
    'cpe:/o:redhat:enterprise_linux:10.1',
  ],
  'rhel-10-for-x86_64-appstream-rpms': ['cpe:/a:redhat:enterprise_linux:10', 'cpe:/a:redhat:enterprise_linux:10::appstream'],
};

/** An image, its products, and the database's table of them. */
interface Image {
  readonly name: string;
  readonly versionId: string;
  readonly contentSets?: readonly string[];
  /** What the reading takes for its repositories. */
  readonly has: readonly string[];
  readonly hasTable: boolean;
  readonly published: number;
}

const images: readonly Image[] = [
  { name: 'RHEL 8', versionId: '8.10', has: ['rhel-8-for-x86_64-baseos-rpms', 'rhel-8-for-x86_64-appstream-rpms'], hasTable: true, published: 20 },
  {
    name: 'RHEL 8 with its content sets',
    versionId: '8.10',
    contentSets: ['rhel-8-for-x86_64-baseos-rpms__8', 'rhel-8-for-x86_64-appstream-rpms__8'],
    has: ['rhel-8-for-x86_64-baseos-rpms', 'rhel-8-for-x86_64-appstream-rpms'],
    hasTable: true,
    published: 20,
  },
  {
    name: 'RHEL 8.6 with extended updates',
    versionId: '8.6',
    contentSets: ['rhel-8-for-aarch64-appstream-e4s-rpms__8_DOT_6'],
    has: ['rhel-8-for-aarch64-appstream-e4s-rpms__8_DOT_6'],
    hasTable: true,
    published: 5,
  },
  { name: 'RHEL 9', versionId: '9.7', has: ['rhel-9-for-x86_64-baseos-rpms', 'rhel-9-for-x86_64-appstream-rpms'], hasTable: true, published: 20 },
  {
    name: 'RHEL 9 with an add-on',
    versionId: '9.7',
    contentSets: ['rhel-9-for-x86_64-baseos-rpms', 'rhel-9-for-x86_64-appstream-rpms', 'codeready-builder-for-rhel-9-x86_64-rpms'],
    has: ['rhel-9-for-x86_64-baseos-rpms', 'rhel-9-for-x86_64-appstream-rpms', 'codeready-builder-for-rhel-9-x86_64-rpms'],
    hasTable: true,
    published: 20,
  },
  {
    name: 'RHEL 9.4 with extended updates',
    versionId: '9.4',
    contentSets: ['rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_4', 'rhel-9-for-x86_64-appstream-eus-rpms__9_DOT_4'],
    has: ['rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_4', 'rhel-9-for-x86_64-appstream-eus-rpms__9_DOT_4'],
    hasTable: true,
    published: 10,
  },
  {
    name: 'RHEL 9, from a database without the table',
    versionId: '9.7',
    has: ['rhel-9-for-x86_64-baseos-rpms', 'rhel-9-for-x86_64-appstream-rpms', 'codeready-builder-for-rhel-9-x86_64-rpms'],
    hasTable: false,
    published: 20,
  },
  { name: 'RHEL 10', versionId: '10.1', has: ['rhel-10-for-x86_64-baseos-rpms', 'rhel-10-for-x86_64-appstream-rpms'], hasTable: true, published: 20 },
];

const table: readonly AdvisoryRecord[] = readRecords('redhat-products', {
  name: 'repository-to-cpe.json',
  text: JSON.stringify({ data: Object.fromEntries(Object.entries(repositories).map(([name, cpes]) => [name, { cpes }])) }),
});

function prove(t: Parameters<typeof proveInventory>[0], files: readonly RecordFile[], image: Image, packages: number): void {
  const products = new Set(image.has.flatMap((name) => repositories[name] ?? []));
  proveInventory(t, {
    feed: 'csaf',
    files,
    extra: image.hasTable ? table : [],
    reading: readingOf(
      files.flatMap(({ text }) => readRedHatVex(text, (cpe) => products.has(cpe))),
      compareRedHat,
    ),
    distro: distroOf('rhel', image.versionId, image.contentSets === undefined ? {} : { contentSets: image.contentSets }),
    type: 'rpm',
    beside: besideRpm,
    packages,
    architectures: ['x86_64', 'aarch64', 'i686', 'noarch'],
    more: { vendor: 'Red Hat, Inc.' },
  });
}

function readPublished(t: Parameters<typeof proveInventory>[0]): readonly RecordFile[] {
  return readSamples(t, samples.claircore, /(?:rhel\/vex|acceptance)\/testdata\/cve-\d{4}-\d+(?:-perl|-openssl)?\.json$/)
    .filter(({ text }) => text.includes('redhat.com'))
    .map(({ name, text }) => ({ name: name.replace(/-(?:perl|openssl)\.json$/, '.json'), text }));
}

test('published samples of Red Hat', needsSharedData(samples.claircore), async (t) => {
  const files = readPublished(t);
  for (const image of images)
    await t.test(image.name, (inner) => {
      prove(inner, files, image, image.published);
    });
});

/** Every case that one release has: modules and their contexts, products of extended updates and add-ons, architectures, states without a fix, other releases. */
function madeDocuments(major: string, minor: string): readonly RecordFile[] {
  const base = major === '10' ? `cpe:/o:redhat:enterprise_linux:10.${minor}` : `cpe:/o:redhat:enterprise_linux:${major}::baseos`;
  const stream = `cpe:/a:redhat:enterprise_linux:${major}::appstream`;
  const release = `cpe:/o:redhat:enterprise_linux:${major}`;
  const extended = `cpe:/o:redhat:rhel_eus:${major}.4::baseos`;
  const addOn = `cpe:/a:redhat:enterprise_linux:${major}::crb`;
  const other = `cpe:/o:redhat:enterprise_linux:${major === '9' ? '8' : '9'}`;
  const all = ['x86_64', 'aarch64', 'src'];
  const fixed = (cpe: string, name: string, version: string, more: Partial<MadeClaim> = {}): MadeClaim => ({
    state: 'fixed',
    cpe,
    name,
    version,
    architectures: all,
    ...more,
  });
  const open = (cpe: string, name: string, state: MadeClaim['state'] = 'known_affected', more: Partial<MadeClaim> = {}): MadeClaim => ({
    state,
    cpe,
    name,
    ...more,
  });
  const mark = (number: number, of = major): string => `${String(number)}.el${of}`;
  const module = (build: number, context: string): string => `1.module+el${major}.${minor}.0+${String(build)}+${context}`;
  let number = 20000;
  const vex = (...claims: readonly MadeClaim[]): RecordFile => toVex(`CVE-2024-${String(++number)}`, `RHSA-2024:${String(number)}`, claims);
  return [
    ...madePackages.flatMap(({ name, version, epoch = '0' }, index) => {
      const more = { epoch, ...(index % 2 === 0 && { architectures: [...all, 'i686'] }) };
      return [
        vex(
          fixed(base, name, `${version}-${mark(4)}_${minor}`, more),
          fixed(base, `${name}-libs`, `${version}-${mark(4)}_${minor}`, more),
          fixed(other, name, `99-${mark(1)}`, more),
        ),
        // One erratum mends what another did before.
        vex(fixed(base, name, `${version}-${mark(6)}_${minor}.1`, more), fixed(extended, name, `${version}-${mark(5)}_4.2`, more)),
      ];
    }),
    vex(fixed(base, 'openssl', `3.0.7-${mark(30)}`, { epoch: '1', architectures: ['aarch64'] })),
    vex(fixed(addOn, 'curl', `9.0-${mark(1)}`)),
    vex(fixed(extended, 'curl', `9.0-${mark(1)}_4`)),
    // Open, to stay so, being looked at, not affected, and fixed in one product while open in the other.
    vex(open(release, 'expat', 'known_affected', { plan: 'none_available' })),
    vex(open(release, 'glib2', 'known_affected', { plan: 'no_fix_planned' })),
    vex(open(release, 'krb5', 'under_investigation')),
    vex(open(release, 'libxml2', 'known_not_affected')),
    vex(open(other, 'ncurses')),
    vex(open(release, 'sqlite', 'known_affected', { plan: 'none_available' }), fixed(base, 'sqlite', `3.34.1-${mark(9)}`)),
    vex(open(release, 'source-only', 'known_affected', { architectures: ['src'] })),
    // Streams of a module, of which one build has several contexts; and the package outside of it.
    vex(
      fixed(stream, 'nodejs', `18.19.0-${module(21387, 'ad008a3a')}`, { epoch: '1', stream: 'nodejs:18' }),
      fixed(stream, 'nodejs', `20.11.0-${module(21388, '9edba152')}`, { epoch: '1', stream: 'nodejs:20' }),
      fixed(stream, 'nodejs', `16.20.2-${mark(4)}`, { epoch: '1' }),
    ),
    vex(
      fixed(stream, 'perl-FCGI', `0.78-${module(23147, '20b7d289')}`, { stream: 'perl-FCGI:0.78' }),
      fixed(stream, 'perl-FCGI', `0.78-${module(23147, 'df114ff4')}`, { stream: 'perl-FCGI:0.78' }),
    ),
    vex(open(release, 'nodejs', 'known_affected', { stream: 'nodejs:18', plan: 'none_available' })),
  ];
}

for (const image of images.filter(({ has }) => has.some((name) => name.includes('baseos')))) {
  test(`${image.name}: made documents with modules, products and every state`, (t) => {
    const [major = '', minor = ''] = image.versionId.split('.');
    prove(t, madeDocuments(major, minor), image, 20);
  });
}

/** CentOS copies Red Hat's builds and marks them as its own. */
const copies: readonly {
  readonly versionId: string;
  readonly prettyName: string;
  readonly respell: (version: string) => string;
  readonly published: number;
}[] = [
  { versionId: '7', prettyName: 'CentOS Linux 7 (Core)', respell: (version) => version.replace(/\.el7_\d+/, '.el7.centos'), published: 20 },
  {
    versionId: '8',
    prettyName: 'CentOS Linux 8',
    respell: (version) => version.replace(/\.el8_\d+/, '.el8').replace(/\.module\+el(\d+\.\d+)\.\d+\+\d+\+[0-9a-f]{8}/, '.module_el$1.0+12+dc19af12'),
    published: 100,
  },
  { versionId: '9', prettyName: 'CentOS Stream 9', respell: (version) => version.replace(/\.el9_\d+/, '.el9'), published: 60 },
  { versionId: '10', prettyName: 'CentOS Stream 10', respell: (version) => version.replace(/\.el10_\d+/, '.el10'), published: 30 },
];

for (const { versionId, prettyName, respell, published } of copies) {
  const products = new Set(
    versionId === '7'
      ? [
          'cpe:/o:redhat:enterprise_linux:7',
          'cpe:/o:redhat:enterprise_linux:7::baseos',
          'cpe:/a:redhat:enterprise_linux:7::appstream',
          'cpe:/a:redhat:enterprise_linux:7::crb',
        ]
      : [`rhel-${versionId}-for-x86_64-baseos-rpms`, `rhel-${versionId}-for-x86_64-appstream-rpms`].flatMap((name) => repositories[name] ?? []),
  );
  const proveCopy = (t: Parameters<typeof proveInventory>[0], files: readonly RecordFile[], packages: number): void => {
    proveInventory(t, {
      feed: 'csaf',
      files,
      extra: versionId === '7' ? [] : table,
      reading: readingOf(
        files.flatMap(({ text }) => readRedHatVex(text, (cpe) => products.has(cpe))),
        compareCentOs,
      ),
      // Nobody's content sets are in an image of CentOS; were they, they would not be asked.
      distro: distroOf('centos', versionId, { prettyName, contentSets: ['rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_4'] }),
      type: 'rpm',
      beside: besideRpm,
      respell,
      packages,
      architectures: ['x86_64', 'aarch64', 'i686', 'noarch'],
      more: { vendor: 'CentOS' },
      // What is published of the seventh is all open.
      isAllOpen: versionId === '7' && packages === published,
      problems: [/^CentOS Stream \d+ has no advisories of its own/],
    });
  };

  test(`${prettyName}: Red Hat's published samples`, needsSharedData(samples.claircore), (t) => {
    proveCopy(t, readPublished(t), published);
  });

  test(`${prettyName}: made documents of Red Hat's`, (t) => {
    proveCopy(t, madeDocuments(versionId, '1'), 21);
  });
}
