/** Packages of module streams, from the whole of what rebuilds of Red Hat's system publish: which stream an erratum is for stands in its title. */
import { test } from 'node:test';
import { listArchive, readArchive } from '../../../../support/expected/advisory.ts';
import { readOsvDistribution } from '../../../../support/expected/osv-distribution.ts';
import { compareRedHat } from '../../../../support/expected/redhat.ts';
import { readingOf, type Fact, type Owned, type Reading } from '../../../../support/expected/reading.ts';
import { besideRpm } from '../../../../support/expected/rpm-order.ts';
import { readUpdateinfo } from '../../../../support/expected/updateinfo.ts';
import { distroOf } from '../../../../support/family-match.ts';
import { needsSharedData } from '../../../../support/shared-data.ts';
import { temporaryDirectory } from '../../../../support/temporary-directory.ts';
import { madePackages } from './made-packages.ts';
import { toUpdateinfo, type MadeUpdate } from './made-updateinfo.ts';
import { proveInventory, type RecordFile } from './prove.ts';
import { OSV_SAMPLES, readOsvSamples } from './samples.ts';

/** 'virt:rhel' and 'virt-devel:rhel' of 'Important: virt:rhel and virt-devel:rhel security update'. */
function streamsIn(title: string): readonly string[] {
  return title.match(/\b[\w.+-]+:(?! )[\w.+-]+(?= )/g) ?? [];
}

/** Every so many packages of thousands. */
function spread(reading: Reading): Reading {
  const keyOf = ({ name, stream }: Owned): string => `${stream ?? ''} ${name}`;
  const keys = [...new Set(reading.named.map(keyOf))].toSorted();
  const chosen = new Set(keys.filter((_, index) => index % Math.ceil(keys.length / 80) === 0));
  return { ...reading, named: reading.named.filter((one) => chosen.has(keyOf(one))) };
}

function ofStreams(facts: readonly Fact[], streams: readonly string[]): readonly Fact[] {
  return facts.filter(({ fixed = '' }) => /\.module[+_]/.test(fixed)).flatMap((fact) => streams.map((stream) => ({ ...fact, stream })));
}

interface Erratum {
  readonly id: string;
  readonly summary: string;
  readonly related?: readonly string[];
  readonly affected: readonly {
    readonly package: { readonly name: string };
    readonly ranges: readonly { readonly events: readonly { readonly fixed?: string }[] }[];
  }[];
}

function readAlmaModules({ text }: RecordFile): readonly Fact[] {
  const { id, summary, related = [], affected } = JSON.parse(text) as Erratum;
  const cves = related.filter((one) => one.startsWith('CVE-'));
  const ids = cves.length > 0 || !id.startsWith('ALSA-') ? cves : [id];
  const facts = affected.flatMap(({ package: { name }, ranges }) =>
    ranges.flatMap(({ events }) =>
      events.flatMap(({ fixed }) => (fixed === undefined ? [] : ids.map((flaw): Fact => ({ packageName: name, id: flaw, fixed })))),
    ),
  );
  return ofStreams(facts, streamsIn(summary));
}

const ALMA = 'advisories/almalinux-osv/almalinux-osv-2026-08-21.tar.xz';
const more = { architecture: 'x86_64' };

for (const release of ['8', '9']) {
  test(`AlmaLinux ${release}: every module`, needsSharedData(ALMA), (t) => {
    const names = listArchive(ALMA).filter((name) => new RegExp(`almalinux${release}/AL[SBE]A-[^/]*\\.json$`).test(name));
    const files = readArchive(ALMA, names, temporaryDirectory(t)).filter(
      ({ text }) => /\.module[+_]/.test(text) && streamsIn((JSON.parse(text) as Erratum).summary).length > 0,
    );
    proveInventory(t, {
      feed: 'osv',
      files,
      reading: spread(readingOf(files.flatMap(readAlmaModules), compareRedHat)),
      distro: distroOf('almalinux', `${release}.10`),
      type: 'rpm',
      beside: besideRpm,
      packages: 60,
      more: { ...more, vendor: 'AlmaLinux' },
    });
  });
}

for (const [release, packages] of [
  ['8', 185],
  ['9', 5],
] as const) {
  test(`Rocky Linux ${release}: published samples, with modules`, needsSharedData(OSV_SAMPLES), (t) => {
    const isOwn = (ecosystem: string): boolean => ecosystem === `Rocky Linux:${release}`;
    // What a special interest group builds for clouds is not the distribution's own.
    const records = readOsvSamples(isOwn).filter(({ id }) => id.startsWith('RLSA-'));
    const facts = records.flatMap((record) => {
      const own = readOsvDistribution(record, isOwn).map((fact) => ({ ...fact, fixed: fact.fixed?.replace(/^0:/, '') ?? '' }));
      return [...own.filter(({ fixed }) => !/\.module[+_]/.test(fixed)), ...ofStreams(own, streamsIn(record.summary ?? ''))];
    });
    proveInventory(t, {
      feed: 'osv',
      files: records.map((record) => ({ name: `${record.id}.json`, text: JSON.stringify(record) })),
      reading: readingOf(facts, compareRedHat),
      distro: distroOf('rocky', `${release}.10`),
      type: 'rpm',
      beside: besideRpm,
      packages,
      more: { ...more, vendor: 'Rocky Enterprise Software Foundation' },
    });
  });
}

for (const { id, family, mark } of [
  { id: 'rocky', family: 'RL', mark: 'module+el8' },
  { id: 'almalinux', family: 'AL', mark: 'module_el8' },
] as const) {
  test(`${id} 8: a made repository with streams and contexts of one build`, (t) => {
    const update = (
      number: number,
      stream: string | undefined,
      packages: readonly (readonly [name: string, epoch: string, version: string, release: string])[],
    ): MadeUpdate => ({
      id: `${family}SA-2024:${String(number)}`,
      cves: [`CVE-2024-${String(number)}`],
      collections: [
        {
          short: `${id === 'rocky' ? 'rocky-linux' : id}-8-for-x86_64-appstream-rpms`,
          name: 'made',
          ...(stream !== undefined && { stream }),
          packages: packages.map(([name, epoch, version, release]) => ({ name, epoch, version, release, architectures: ['x86_64', 'aarch64'] })),
        },
      ],
    });
    const updates = [
      ...madePackages.flatMap(({ name, version, epoch = '0' }, index) => [
        update(10000 + index, 'made:1', [[name, epoch, version, `4.${mark}.10.0+1100+0a1b2c3d`]]),
        update(20000 + index, 'made:2', [[name, epoch, version, `6.${mark}.10.0+1200+0a1b2c3d`]]),
        update(30000 + index, undefined, [[name, epoch, version, '2.el8_10']]),
      ]),
      update(40000, 'perl-DBI:1.641', [['perl-DBI', '0', '1.641', `4.${mark}.9.0+12+dc19af12`]]),
      update(40000, 'perl-DBI:1.641', [['perl-DBI', '0', '1.641', `4.${mark}.9.0+12+55d4b62e`]]),
      update(40000, 'perl-DBI:1.641', [['perl-DBI', '0', '1.641', `4.${mark}.9.0+12+f0a17b3c`]]),
    ];
    const files = [{ name: 'repodata/updateinfo.xml', text: toUpdateinfo(updates) }];
    proveInventory(t, {
      feed: 'updateinfo',
      files,
      reading: readingOf(
        files.flatMap(({ text }) => readUpdateinfo(text, { isFor: () => true })),
        compareRedHat,
      ),
      distro: distroOf(id, '8.10'),
      type: 'rpm',
      beside: besideRpm,
      packages: 20,
      architectures: ['x86_64', 'aarch64', 'noarch'],
      more: { vendor: id === 'rocky' ? 'Rocky Enterprise Software Foundation' : 'AlmaLinux' },
    });
  });
}
