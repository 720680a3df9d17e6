/** Families whose advisories no feed of ours reads: what the database may hold of them is made here, as it is kept there. */
import { test } from 'node:test';
import type { AdvisoryRecord } from '../../../../../src/advisories/store/record.ts';
import { compareDeb } from '../../../../support/expected/deb-order.ts';
import { besidePortage, comparePortage } from '../../../../support/expected/portage-order.ts';
import { readingOf, type Fact, type Owned, type Reading } from '../../../../support/expected/reading.ts';
import { besideDeb } from '../../../../support/expected/system-orders.ts';
import { distroOf } from '../../../../support/family-match.ts';
import { affected } from '../../../../support/memory-store.ts';
import { madePackages } from './made-packages.ts';
import { proveInventory } from './prove.ts';

/** What an advisory of Gentoo (GLSA) says of a package: versions that are vulnerable, and those that are not, which go before. */
interface Glsa {
  readonly packageName: string;
  readonly id: string;
  readonly vulnerable: readonly Bound[];
  readonly unaffected: readonly Bound[];
}

/** As the advisory writes it: `<vulnerable range="lt">8.3.0-r2</vulnerable>`. */
type Bound = readonly [range: 'lt' | 'le' | 'eq' | 'ge' | 'gt', version: string];

const operators = { lt: '<', le: '<=', eq: '=', ge: '>=', gt: '>' } as const;

function isIn(version: string, [range, bound]: Bound): boolean {
  const order = comparePortage(version, bound);
  return { lt: order < 0, le: order <= 0, eq: order === 0, ge: order >= 0, gt: order > 0 }[range];
}

function readGlsa(advisories: readonly Glsa[]): Reading {
  const isAffected = ({ vulnerable, unaffected }: Glsa, version: string): boolean =>
    vulnerable.some((bound) => isIn(version, bound)) && !unaffected.some((bound) => isIn(version, bound));
  return {
    named: advisories.flatMap(({ packageName: name, vulnerable, unaffected }) =>
      [...vulnerable, ...unaffected].map(([, version]): Owned => ({ name, version })),
    ),
    idsFor: ({ name, version }) =>
      [...new Set(advisories.filter((one) => one.packageName === name && isAffected(one, version)).map(({ id }) => id))].sort(),
  };
}

test('Gentoo: a made record with ranges, lines and revisions', (t) => {
  const advisories = madePackages.flatMap(({ name, version: text }, index): readonly Glsa[] => {
    const [packageName, version] = [`made-cat/${name}`, text.replace(/p(\d+)$/, '_p$1')];
    const numbers = /^[\d.]+/.exec(version)?.[0] ?? '';
    return [
      { packageName, id: `CVE-2024-${String(10000 + index)}`, vulnerable: [['lt', `${version}-r3`]], unaffected: [['ge', `${version}-r3`]] },
      { packageName, id: `CVE-2024-${String(20000 + index)}`, vulnerable: [['le', version]], unaffected: [['gt', version]] },
      // An older line that was mended, too; and one version that is bad.
      {
        packageName,
        id: `CVE-2024-${String(30000 + index)}`,
        vulnerable: [['lt', `${numbers}.9`]],
        unaffected: [
          ['ge', `${numbers}.9`],
          ['eq', `${numbers}_rc2-r1`],
        ],
      },
      { packageName, id: `CVE-2024-${String(40000 + index)}`, vulnerable: [['eq', `${numbers}_p20240101`]], unaffected: [] },
      ...(index % 4 === 0 ? [{ packageName, id: `CVE-2024-${String(50000 + index)}`, vulnerable: [['ge', '0'] as const], unaffected: [] }] : []),
    ];
  });
  const toRange = ([range, version]: Bound): string => `${operators[range]}${version}`;
  const records = advisories.map(({ packageName, id, vulnerable, unaffected }) =>
    affected('gentoo', packageName, id, {
      vulnerableVersions: vulnerable.map(toRange),
      ...(unaffected.length > 0 && { unaffectedVersions: unaffected.map(toRange) }),
    }),
  );
  proveInventory(t, {
    feed: 'osv',
    files: [],
    extra: records,
    reading: readGlsa(advisories),
    distro: distroOf('gentoo', '2.15'),
    type: 'portage',
    beside: besidePortage,
    packages: 20,
  });
});

for (const [versionId, type] of [
  ['23.05.2', 'opkg'],
  ['25.12.0', 'apk'],
] as const) {
  test(`OpenWrt ${versionId}: a made record for all releases and for one`, (t) => {
    const release = versionId.replace(/\.\d+$/, '');
    const facts = madePackages.flatMap(({ name, version }, index): readonly (Fact & { readonly bucket: string })[] => [
      { bucket: 'openwrt', packageName: name, id: `CVE-2024-${String(10000 + index)}`, fixed: `${version}-3` },
      { bucket: `openwrt ${release}`, packageName: name, id: `CVE-2024-${String(20000 + index)}`, fixed: `${version}-r12` },
      { bucket: `openwrt ${release}`, packageName: name, id: `CVE-2024-${String(10000 + index)}`, fixed: `${version}-5` },
      { bucket: 'openwrt', packageName: name, id: `CVE-2024-${String(30000 + index)}`, fixed: `2020-10-06-52bbc99f-${String(index)}` },
      { bucket: 'openwrt 19.07', packageName: name, id: `CVE-2024-${String(40000 + index)}`, fixed: '9999-1' },
      ...(index % 4 === 0 ? [{ bucket: 'openwrt', packageName: name, id: `CVE-2024-${String(50000 + index)}` }] : []),
    ]);
    const records = facts.map(({ bucket, packageName, id, fixed }): AdvisoryRecord =>
      affected(bucket, packageName, id, fixed === undefined ? { status: 'affected' } : { fixedVersion: fixed }),
    );
    const own = facts.filter(({ bucket }) => bucket === 'openwrt' || bucket === `openwrt ${release}`);
    proveInventory(t, {
      feed: 'osv',
      files: [],
      extra: records,
      reading: readingOf(own, compareDeb),
      distro: distroOf('openwrt', versionId),
      type,
      beside: besideDeb,
      packages: 20,
    });
  });
}
