import { test } from 'node:test';
import { flawsOf, interpretOval, readingOfDefinitions } from '../../../../support/expected/oval-interpreter.ts';
import { readOsvDistribution } from '../../../../support/expected/osv-distribution.ts';
import { readingOf, type Reading } from '../../../../support/expected/reading.ts';
import { besideRpm, compareRpm } from '../../../../support/expected/rpm-order.ts';
import { isOfSystem, readSuseCsaf, type SuseSystem } from '../../../../support/expected/suse.ts';
import { readUpdateinfo } from '../../../../support/expected/updateinfo.ts';
import { distroOf } from '../../../../support/family-match.ts';
import { needsSharedData } from '../../../../support/shared-data.ts';
import { madePackages } from './made-packages.ts';
import { toCsaf, type MadeDocument } from './made-suse-csaf.ts';
import { toUpdateinfo, type MadeUpdate } from './made-updateinfo.ts';
import { withTables, type ToTest } from './oval-tables.ts';
import { proveInventory, type RecordFile } from './prove.ts';
import { readSamples, samples } from './samples.ts';

/** os-release of each system, how many packages the published samples have in each format, and what one of its products is called. */
interface Image {
  readonly system: SuseSystem;
  readonly id: string;
  readonly versionId: string;
  readonly published: Readonly<Partial<Record<keyof typeof formats, number>>>;
  readonly products?: readonly string[];
}

const images: readonly Image[] = [
  { system: 'SLES 11.1', id: 'sles', versionId: '11.1', published: { csaf: 7 } },
  { system: 'SLES 11.2', id: 'sles', versionId: '11.2', published: { csaf: 8 } },
  { system: 'SLES 12', id: 'sles', versionId: '12', published: { csaf: 41, osv: 41 } },
  { system: 'SLES 12.1', id: 'sles', versionId: '12.1', published: { csaf: 22, osv: 22 } },
  {
    system: 'SLES 12.5',
    id: 'sles',
    versionId: '12.5',
    published: {},
    products: [
      'SUSE Linux Enterprise Server 12 SP5',
      'SUSE Linux Enterprise Software Development Kit 12 SP5',
      'SUSE Linux Enterprise Server 12 SP5-LTSS',
      'SUSE Package Hub 12 SP5',
    ],
  },
  {
    system: 'SLES 15.5',
    id: 'sles',
    versionId: '15.5',
    published: {},
    products: [
      'SUSE Linux Enterprise Module for Basesystem 15 SP5',
      'SUSE Linux Enterprise Server for SAP Applications 15 SP5',
      'SUSE Linux Enterprise Server 15 SP5-LTSS',
      'SUSE Package Hub 15 SP5',
    ],
  },
  {
    system: 'SLES 16.0',
    id: 'sles',
    versionId: '16.0',
    published: { 'suse-oval': 14 },
    products: ['SUSE Linux Enterprise Server 16.0', 'SUSE Linux Enterprise Server for SAP applications 16.0'],
  },
  { system: 'Micro 5.0', id: 'sle-micro', versionId: '5.0', published: { 'suse-oval': 2 } },
  { system: 'Micro 5.1', id: 'sle-micro', versionId: '5.1', published: { 'suse-oval': 2 } },
  { system: 'Micro 5.2', id: 'suse-microos', versionId: '5.2', published: { 'suse-oval': 2 } },
  { system: 'Micro 5.3', id: 'sle-micro', versionId: '5.3', published: { 'suse-oval': 2 } },
  { system: 'Micro 5.4', id: 'sle-micro', versionId: '5.4', published: { 'suse-oval': 2 } },
  { system: 'Micro 5.5', id: 'sle-micro', versionId: '5.5', published: { 'suse-oval': 2 }, products: ['SUSE Linux Enterprise Micro 5.5'] },
  { system: 'Micro 6.0', id: 'sl-micro', versionId: '6.0', published: {}, products: ['SUSE Linux Micro 6.0'] },
  { system: 'Leap 15.2', id: 'opensuse-leap', versionId: '15.2', published: { 'suse-oval': 1 } },
  { system: 'Leap 15.5', id: 'opensuse-leap', versionId: '15.5', published: {}, products: ['openSUSE Leap 15.5'] },
  { system: 'Leap Micro 5.2', id: 'opensuse-leap-micro', versionId: '5.2', published: { 'suse-oval': 3 } },
  { system: 'Leap Micro 5.5', id: 'opensuse-leap-micro', versionId: '5.5', published: {}, products: ['openSUSE Leap Micro 5.5'] },
  { system: 'Tumbleweed', id: 'opensuse-tumbleweed', versionId: '20240601', published: { 'suse-oval': 6 }, products: ['openSUSE Tumbleweed'] },
];

/** Where the samples of each format are. */
const patterns = {
  'suse-oval': /fetch\/suse\/oval\/.*\/(?:open)?suse\.(?!linux\.enterprise\.server)[^/]*\.xml/,
  csaf: /fetch\/suse\/csaf\/.*csaf\.tar|^csaf\/.*\.json$/,
  osv: /fetch\/suse\/osv\/.*osv\.tar|^osv\/(?:open)?SUSE-[SR]U-[^ ]*\.json$/,
} as const;

function readOval(files: readonly RecordFile[], system: SuseSystem): Reading {
  const definitions = files.flatMap(({ text }) =>
    interpretOval(text, {
      order: compareRpm,
      systemHolds(comment) {
        const product = /^((?:open)?SUSE .*|Open Enterprise Server .*) is installed$/.exec(comment)?.[1];
        return product === undefined ? undefined : isOfSystem(product, system);
      },
    }),
  );
  return readingOfDefinitions(definitions, ({ text }) => flawsOf(text, /SUSE-SU-\d{4}:\d+-\d+/));
}

const formats = {
  'suse-oval': (files: readonly RecordFile[], system: SuseSystem): Reading => readOval(files, system),
  csaf: (files: readonly RecordFile[], system: SuseSystem): Reading =>
    readingOf(
      files.flatMap(({ text }) => readSuseCsaf(text, system)),
      compareRpm,
    ),
  osv: (files: readonly RecordFile[], system: SuseSystem): Reading =>
    readingOf(
      files.flatMap(({ text }) =>
        readOsvDistribution(JSON.parse(text), (ecosystem) =>
          isOfSystem(
            ecosystem.replace(/^(open)?SUSE:/, (_, open = '') => `${String(open)}SUSE `),
            system,
          ),
        ),
      ),
      compareRpm,
    ),
} as const;

function prove(
  t: Parameters<typeof proveInventory>[0],
  feed: keyof typeof formats,
  files: readonly RecordFile[],
  { system, id, versionId }: Image,
  packages: number,
): void {
  proveInventory(t, {
    feed,
    files,
    reading: formats[feed](files, system),
    distro: distroOf(id, versionId),
    type: 'rpm',
    beside: besideRpm,
    packages,
    architectures: ['x86_64', 'aarch64', 's390x', 'i586', 'noarch'],
    more: { vendor: 'SUSE LLC <https://www.suse.com/>' },
  });
}

/** What SUSE's comments say; those of samples that were cut short point to tests that are not there. */
function toSuseTest(comment: string): ReturnType<ToTest> {
  const product = /^((?:open)?SUSE .*|Open Enterprise Server .*) is installed$/.exec(comment)?.[1];
  if (product !== undefined) return { name: 'made-release', fields: [['version', 'equals', /\d[\d.]*/.exec(product)?.[0] ?? '0']] };
  const [, name, version] = /^(\S+)-([^-\s]+-[^-\s]+) is installed$/.exec(comment) ?? [];
  if (name !== undefined && version !== undefined)
    return {
      name,
      fields: [
        ['arch', 'pattern match', '(aarch64|ppc64le|s390x|x86_64)'],
        ['evr', 'less than', `0:${version}`],
      ],
    };
  const unaffected = /^(\S+) is not affected$/.exec(comment)?.[1];
  if (unaffected !== undefined) return { name: unaffected, fields: [['version', 'equals', '0']] };
  const open = /^(\S+) is affected$/.exec(comment)?.[1];
  return open === undefined ? undefined : { name: open, fields: [['evr', 'greater than', '0:0-0']] };
}

function mended({ name, text }: RecordFile): RecordFile {
  const definitions = [...text.matchAll(/<definition [\s\S]*?<\/definition>/g)].join('');
  const isWhole = [...definitions.matchAll(/test_ref="([^"]+)"/g)].every(([, id = '']) => text.includes(`_test id="${id}"`));
  return { name, text: isWhole ? text : withTables(definitions, toSuseTest) };
}

for (const feed of ['suse-oval', 'csaf', 'osv'] as const) {
  test(`published samples of SUSE, ${feed}`, needsSharedData(samples.vuls), async (t) => {
    const files = readSamples(t, samples.vuls, patterns[feed]).map(mended);
    for (const image of images.filter(({ published }) => published[feed] !== undefined))
      await t.test(image.system, (inner) => {
        prove(inner, feed, files, image, image.published[feed] ?? 0);
      });
  });
}

for (const image of images) {
  const { system, products: [own, ...others] = [] } = image;
  if (own === undefined) continue;
  test(`${system}: made updates with modules, services, what is for other systems and what is open`, (t) => {
    const built = (name: string, version: string, architectures: readonly string[] = ['x86_64', 'aarch64']): readonly string[] =>
      [...architectures, 'src'].map((architecture) => `${name}-${version}.${architecture}`);
    const everywhere = (packages: readonly string[]): Record<string, readonly string[]> =>
      Object.fromEntries([own, ...others].map((product) => [product, packages]));
    const update = (number: number, cve: string, fixed: Readonly<Record<string, readonly string[]>>): MadeDocument => ({
      id: `SUSE-SU-2024:${String(number)}-1`,
      cve,
      fixed,
    });
    const foreign = system === 'Leap 15.5' ? 'openSUSE Leap 15.6' : 'openSUSE Leap 15.5';
    const documents = [
      ...madePackages.map(({ name, version }, index) =>
        update(1000 + index, `CVE-2024-${String(10000 + index)}`, {
          ...everywhere([...built(name, `${version}-150500.3.1`), ...built(`${name}-lang`, `${version}-150500.3.1`, ['noarch'])]),
          [foreign]: built(name, `${version}-150600.99.1`),
        }),
      ),
      update(2001, 'CVE-2024-10000', everywhere(built('bash', '5.1.8-150500.9.1'))),
      update(2002, 'CVE-2024-20002', { [own]: built('openssl', '3.0.7-150500.7.1', ['aarch64']) }),
      // One of the first ids, of no year.
      { id: 'SUSE-SU-403', cve: 'CVE-2024-20007', fixed: everywhere(built('sudo', '1.9.6-150500.1.1')) },
      update(2003, 'CVE-2024-20003', { [foreign]: built('curl', '9.0-1.1') }),
      update(2004, 'CVE-2024-20004', {
        'SUSE Manager Server 4.3': built('curl', '9.0-1.1'),
        'SUSE Linux Enterprise Storage 7.1': built('curl', '9.0-1.1'),
      }),
      // A git snapshot has a plus, a release candidate a tilde.
      update(2005, 'CVE-2024-20005', everywhere(built('systemd', '252.4+suse.12.gabc-150500.1.1'))),
      update(2006, 'CVE-2024-20006', everywhere(built('sqlite', '3.44.0~rc1-150500.1.1'))),
      // Only those who pay get the third; and what only the hub has.
      ...others.map((product, index) =>
        update(3000 + index, `CVE-2024-${String(30000 + index)}`, { [product]: built(`only-${String(index)}`, '1.0-150500.2.1') }),
      ),
      { id: 'CVE-2024-40000', cve: 'CVE-2024-40000', open: { [own]: ['curl', 'expat'], [foreign]: ['zlib'] } },
      { id: 'CVE-2024-40001', cve: 'CVE-2024-40001', open: { [own]: ['krb5'] }, fixed: { [own]: built('krb5', '1.20.1-150500.8.1') } },
    ];
    prove(t, 'csaf', documents.map(toCsaf), image, 2 * madePackages.length + others.length);
  });
}

/** How the updates of repositories name what they are for. */
const updateNames: readonly (readonly [system: SuseSystem, prefix: string, path: string])[] = [
  ['SLES 15.5', 'SUSE-SLE-Module-Basesystem-15-SP5', 'SUSE/Updates/SLE-Module-Basesystem/15-SP5/x86_64/update'],
  ['SLES 12.5', 'SUSE-SLE-SERVER-12-SP5', 'SUSE/Updates/SLE-SERVER/12-SP5/x86_64/update'],
  ['Micro 5.5', 'SUSE-SLE-Micro-5.5', 'SUSE/Updates/SLE-Micro/5.5/x86_64/update'],
  ['Leap 15.5', 'openSUSE-SLE-15.5', 'update/leap/15.5/sle'],
  ['Leap 15.5', 'openSUSE', 'update/leap/15.5/oss'],
  ['Leap Micro 5.5', 'openSUSE-Leap-Micro-5.5', 'update/leap-micro/5.5/sle'],
];

for (const [system, prefix, folder] of updateNames) {
  const image = images.find((one) => one.system === system);
  if (image === undefined) continue;
  test(`${system}: a made repository of ${prefix}`, (t) => {
    const both = ['x86_64', 'aarch64'];
    const updates = madePackages.map(({ name, version }, index): MadeUpdate => ({
      id: `${prefix}-2024-${String(1000 + index)}`,
      cves: [`CVE-2024-${String(10000 + index)}`, 'CVE-2024-20000'],
      collections: [
        {
          short: '',
          name: '',
          packages: [
            { name, version, release: '150500.3.1', architectures: both },
            { name: `${name}-lang`, version, release: '150500.3.1', architectures: ['noarch'] },
            { name: `${name}-32bit`, version, release: '150500.3.1', architectures: ['x86_64'] },
          ],
        },
      ],
    }));
    const others: readonly MadeUpdate[] = [
      {
        id: `${prefix}-2024-9000`,
        type: 'recommended',
        cves: [],
        collections: [{ short: '', name: '', packages: [{ name: 'bash', version: '9', release: '1', architectures: both }] }],
      },
      {
        id: 'SUSE-SLE-Module-Basesystem-15-SP6-2024-9001',
        cves: ['CVE-2024-9001'],
        collections: [{ short: '', name: '', packages: [{ name: 'bash', version: '9', release: '1', architectures: both }] }],
      },
    ];
    const text = toUpdateinfo([...updates, ...others]);
    proveInventory(t, {
      feed: 'updateinfo',
      files: [{ name: `${folder}/repodata/updateinfo.xml`, text }],
      reading: readingOf(readUpdateinfo(text, { isFor: (update) => update.includes(`<id>${prefix}-2024-`) }), compareRpm),
      distro: distroOf(image.id, image.versionId),
      type: 'rpm',
      beside: besideRpm,
      packages: 3 * madePackages.length,
      architectures: ['x86_64', 'aarch64', 'noarch'],
      more: { vendor: prefix.startsWith('open') ? 'openSUSE' : 'SUSE LLC <https://www.suse.com/>' },
    });
  });
}
