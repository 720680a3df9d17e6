import { test } from 'node:test';
import { readBodhi } from '../../../../support/expected/bodhi.ts';
import { readingOf } from '../../../../support/expected/reading.ts';
import { besideRpm, compareRpm } from '../../../../support/expected/rpm-order.ts';
import { readUpdateinfo } from '../../../../support/expected/updateinfo.ts';
import { distroOf } from '../../../../support/family-match.ts';
import { needsSharedData } from '../../../../support/shared-data.ts';
import { madePackages } from './made-packages.ts';
import { toUpdateinfo, type MadeRpm, type MadeUpdate } from './made-updateinfo.ts';
import { proveInventory, type RecordFile } from './prove.ts';
import { readSamples, samples } from './samples.ts';

const vendor = 'Fedora Project';

test('Fedora 40: published samples of Bodhi', needsSharedData(samples.vuls), (t) => {
  const files = readSamples(t, samples.vuls, /fetch\/fedora\/api\/testdata\/fixtures\/updates\/F\d+M?\.json$/);
  proveInventory(t, {
    feed: 'fedora-bodhi',
    files,
    reading: readingOf(
      files.flatMap(({ text }) => readBodhi(text, 'F40')),
      compareRpm,
    ),
    distro: distroOf('fedora', '40'),
    type: 'rpm',
    beside: besideRpm,
    packages: 1,
    more: { vendor, architecture: 'noarch' },
  });
});

for (const [release, prettyName] of [
  ['40', 'Fedora Linux 40 (Container Image)'],
  ['42', 'Fedora Linux 42 (Rawhide Prerelease)'],
] as const) {
  test(`${prettyName}: a made repository with modules, other releases, and what is for no system`, (t) => {
    const files = [{ name: `updates/${release}/Everything/x86_64/repodata/updateinfo.xml`, text: toUpdateinfo(madeUpdates(release)) }];
    prove(t, 'updateinfo', files, release, prettyName, 3 * madePackages.length + 2);
  });
}

test('Fedora 41: a made answer of Bodhi', (t) => {
  const update = (index: number, name: string, version: string, more: Record<string, unknown> = {}): unknown => ({
    updateid: `FEDORA-2024-${String(1000 + index)}`,
    type: 'security',
    status: 'stable',
    severity: 'high',
    title: name,
    notes: `Fixes CVE-2024-${String(20000 + index)}`,
    release: { name: 'F41', id_prefix: 'FEDORA', version: '41' },
    builds: [{ nvr: `${name}-${version}-2.fc41`, type: 'rpm', epoch: 0 }],
    bugs: [{ title: `CVE-2024-${String(10000 + index)} ${name}: made [fedora-41]` }, { title: null }],
    ...more,
  });
  const updates = [
    ...madePackages.map(({ name, version, epoch }, index) =>
      update(index, name, version, { builds: [{ nvr: `${name}-${version}-2.fc41`, type: 'rpm', epoch: Number(epoch ?? 0) }] }),
    ),
    update(100, 'bash', '6.0', { status: 'testing' }),
    update(101, 'bash', '6.1', { type: 'bugfix' }),
    update(102, 'bash', '6.2', { release: { name: 'F40', id_prefix: 'FEDORA', version: '40' } }),
    update(103, 'bash', '6.3', { release: { name: 'EPEL-9', id_prefix: 'FEDORA-EPEL', version: '9' } }),
    update(104, 'bash', '6.4', { builds: [{ nvr: 'bash-6.4-1', type: 'container' }] }),
    update(105, 'curl', '9.0', { bugs: [], epoch: null }),
    update(106, 'expat', '9.0', { bugs: [], notes: 'made' }),
  ];
  prove(t, 'fedora-bodhi', [{ name: 'bodhi/F41.json', text: JSON.stringify({ updates }) }], '41', 'Fedora Linux 41', madePackages.length);
});

function prove(
  t: Parameters<typeof proveInventory>[0],
  feed: string,
  files: readonly RecordFile[],
  release: string,
  prettyName: string,
  packages: number,
): void {
  const isFor = (update: string): boolean => new RegExp(`<release>Fedora ${release}(?: Modular)?</release>`).test(update);
  const facts = files.flatMap(({ text }) => (feed === 'updateinfo' ? readUpdateinfo(text, { isFor }) : readBodhi(text, `F${release}`)));
  proveInventory(t, {
    feed,
    files,
    reading: readingOf(facts, compareRpm),
    distro: distroOf('fedora', release, { prettyName }),
    type: 'rpm',
    beside: besideRpm,
    packages,
    architectures: ['x86_64', 'aarch64', 'i686', 'noarch'],
    more: { vendor },
  });
}

function madeUpdates(release: string): readonly MadeUpdate[] {
  const mark = `fc${release}`;
  const both = ['x86_64', 'aarch64'];
  const update = (
    number: number,
    cves: readonly string[],
    packages: readonly MadeRpm[],
    more: Partial<MadeUpdate> & { readonly stream?: string } = {},
  ): MadeUpdate => ({
    id: `FEDORA${more.stream === undefined ? '' : '-MODULAR'}-2024-${number.toString(16).padStart(10, '0')}`,
    cves,
    inTitles: true,
    release: `Fedora ${release}${more.stream === undefined ? '' : ' Modular'}`,
    collections: [
      {
        short: `F${release}${more.stream === undefined ? '' : 'M'}`,
        name: `Fedora ${release}`,
        packages,
        ...(more.stream !== undefined && { stream: more.stream }),
      },
    ],
    ...more,
  });
  const bash = { name: 'bash', version: '9.0', release: `1.${mark}`, architectures: both };
  return [
    ...madePackages.map(({ name, version, epoch = '0' }, index) =>
      update(
        1000 + index,
        [`CVE-2024-${String(10000 + index)}`, 'CVE-2024-20000'],
        [
          { name, epoch, version, release: `2.${mark}`, architectures: both },
          { name: `${name}-libs`, epoch, version, release: `2.${mark}`, architectures: [...both, 'i686'] },
          { name: `${name}-data`, epoch, version, release: `2.${mark}`, architectures: ['noarch'] },
        ],
      ),
    ),
    update(2001, ['CVE-2024-10000'], [{ ...bash, version: '5.2' }]),
    update(2002, ['CVE-2024-20002'], [{ name: 'openssl', epoch: '1', version: '3.2.1', release: `2.${mark}`, architectures: ['aarch64'] }]),
    update(2003, [], [{ name: 'curl', version: '8.6.0', release: `7.${mark}`, architectures: both }]),
    // Before a release: rc1 is below it, a snapshot behind it is above.
    update(2004, ['CVE-2024-20004'], [{ name: 'sudo', version: '1.9.16~rc1', release: `1.${mark}`, architectures: both }]),
    update(2005, ['CVE-2024-20005'], [{ name: 'sudo', version: '1.9.15^20240101git0a1b2c3', release: `1.${mark}`, architectures: both }]),
    update(2006, ['CVE-2024-20006'], [{ name: 'nodejs', epoch: '1', version: '18.19.0', release: `1.module_f${release}+1+a`, architectures: both }], {
      stream: 'nodejs:18',
    }),
    update(2007, ['CVE-2024-20006'], [{ name: 'nodejs', epoch: '1', version: '20.11.0', release: `1.module_f${release}+2+b`, architectures: both }], {
      stream: 'nodejs:20',
    }),
    // For others: not told.
    update(2008, ['CVE-2024-20008'], [{ ...bash, release: '1.fc39' }], {
      release: 'Fedora 39',
      collections: [{ short: 'F39', name: 'Fedora 39', packages: [{ ...bash, release: '1.fc39' }] }],
    }),
    update(2009, ['CVE-2024-20009'], [bash], {
      id: 'FEDORA-EPEL-2024-0000002009',
      release: 'Fedora EPEL 9',
      collections: [{ short: 'EL-9', name: 'Fedora EPEL 9', packages: [bash] }],
    }),
    update(2010, ['CVE-2024-20010'], [bash], { id: 'FEDORA-FLATPAK-2024-0000002010', release: `Fedora ${release} Flatpaks` }),
    update(2011, [], [bash], { type: 'bugfix' }),
    update(2012, ['CVE-2024-20012'], [bash], {
      type: 'enhancement',
      release: 'Fedora 39',
      collections: [{ short: 'F39', name: 'Fedora 39', packages: [] }],
    }),
  ];
}
