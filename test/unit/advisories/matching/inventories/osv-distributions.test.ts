/** Distributions whose advisories OSV gives out, too: what the samples have of them. */
import { test } from 'node:test';
import { compareDeb } from '../../../../support/expected/deb-order.ts';
import { readOsvDistribution } from '../../../../support/expected/osv-distribution.ts';
import { compareRedHat } from '../../../../support/expected/redhat.ts';
import { readingOf, type Order } from '../../../../support/expected/reading.ts';
import { besideRpm } from '../../../../support/expected/rpm-order.ts';
import { besideApk, besideDeb, compareByApk } from '../../../../support/expected/system-orders.ts';
import { distroOf } from '../../../../support/family-match.ts';
import { needsSharedData } from '../../../../support/shared-data.ts';
import { proveInventory, readRecords } from './prove.ts';
import { OSV_SAMPLES, readOsvSamples } from './samples.ts';

const compareApk: Order = (a, b) => compareByApk([[a, b]])[0] ?? 0;
const managers = {
  apk: { order: compareApk, beside: besideApk },
  deb: { order: compareDeb, beside: besideDeb },
  rpm: { order: compareRedHat, beside: besideRpm },
} as const;

interface Release {
  readonly id: string;
  readonly versionId: string;
  readonly type: keyof typeof managers;
  readonly ecosystems: readonly string[];
  readonly packages: number;
  readonly contentSets?: readonly string[];
}

const releases: readonly Release[] = [
  ...['3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.18'].map((versionId): Release => ({
    id: 'alpine',
    versionId: `${versionId}.1`,
    type: 'apk',
    ecosystems: [`Alpine:v${versionId}`],
    packages: 1,
  })),
  { id: 'debian', versionId: '10', type: 'deb', ecosystems: ['Debian:10'], packages: 2 },
  { id: 'debian', versionId: '11', type: 'deb', ecosystems: ['Debian:11'], packages: 1 },
  ...(
    [
      ['14.04', 6],
      ['16.04', 10],
      ['18.04', 8],
      ['20.04', 9],
      ['22.04', 9],
      ['24.04', 8],
    ] as const
  ).map(([versionId, packages]): Release => ({
    id: 'ubuntu',
    versionId,
    type: 'deb',
    ecosystems: [`Ubuntu:${versionId}:LTS`, `Ubuntu:Pro:${versionId}:LTS`],
    packages,
  })),
  { id: 'almalinux', versionId: '8.10', type: 'rpm', ecosystems: ['AlmaLinux:8'], packages: 56 },
  { id: 'almalinux', versionId: '9.4', type: 'rpm', ecosystems: ['AlmaLinux:9'], packages: 14 },
  { id: 'almalinux', versionId: '10.0', type: 'rpm', ecosystems: ['AlmaLinux:10'], packages: 2 },
  {
    id: 'rhel',
    versionId: '9.2',
    type: 'rpm',
    ecosystems: ['Red Hat:rhel_eus:9.2::appstream'],
    packages: 11,
    contentSets: ['rhel-9-for-x86_64-appstream-eus-rpms__9_DOT_2'],
  },
];

const repositories = JSON.stringify({
  data: { 'rhel-9-for-x86_64-appstream-eus-rpms__9_DOT_2': { cpes: ['cpe:/a:redhat:rhel_eus:9.2::appstream'] } },
});

for (const { id, versionId, type, ecosystems, packages, contentSets } of releases) {
  test(`${id} ${versionId}: published samples`, needsSharedData(OSV_SAMPLES), (t) => {
    const isAsked = (ecosystem: string): boolean => ecosystems.includes(ecosystem);
    const records = readOsvSamples(isAsked).filter((record) => !/^AL[BE]A-/.test(record.id));
    const { order, beside } = managers[type];
    proveInventory(t, {
      feed: 'osv',
      files: records.map((record) => ({ name: `osv/${record.id}.json`, text: JSON.stringify(record) })),
      extra: contentSets === undefined ? [] : readRecords('redhat-products', { name: 'repository-to-cpe.json', text: repositories }),
      reading: readingOf(
        records.flatMap((record) => readOsvDistribution(record, isAsked)),
        order,
      ),
      distro: distroOf(id, versionId, contentSets === undefined ? {} : { contentSets }),
      type,
      beside,
      packages,
      isAllOpen: id === 'debian',
    });
  });
}
