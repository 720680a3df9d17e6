import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare as compareSemver } from 'semver';
import { matchPackages } from '../../../../../src/advisories/matching/match.ts';
import type { PackageType } from '../../../../../src/foundation/model/package.ts';
import { readOsv } from '../../../../support/expected/advisory.ts';
import { compareNumbers } from '../../../../support/expected/orders.ts';
import type { Order } from '../../../../support/expected/reading.ts';
import { openStore, TEST_DAY } from '../../../../support/family-match.ts';
import { installed } from '../../../../support/memory-store.ts';
import { readRecords } from './prove.ts';

interface Ecosystem {
  /** As the OSV schema names it. */
  readonly name: string;
  readonly type: PackageType;
  readonly idPrefix: string;
  readonly packageNames: readonly string[];
  /** The package manager's own order. */
  readonly order: Order;
  /** Versions that it has and others have not, beside those made of numbers, in their order. */
  readonly chain: readonly string[];
}

const plainNames: readonly string[] = Array.from({ length: 20 }, (_, index) => `made${String(index)}`);

/** Dart's: builds are versions of their own, the plain one first. @see https://dart.dev/tools/pub/versioning */
const comparePub: Order = (a, b) => {
  const [[x = '', build = ''], [y = '', other = '']] = [a.split('+'), b.split('+')];
  return compareSemver(x, y) || (build === '' || other === '' ? Number(build !== '') - Number(other !== '') : compareNumbers(build, other));
};

const ecosystems: readonly Ecosystem[] = [
  {
    name: 'Hex',
    type: 'hex',
    idPrefix: 'GHSA-2222-2222',
    packageNames: plainNames,
    order: compareSemver,
    chain: ['2.0.0-alpha', '2.0.0-alpha.1', '2.0.0-rc.0', '2.0.0'],
  },
  {
    name: 'Pub',
    type: 'pub',
    idPrefix: 'GHSA-2222-3333',
    packageNames: plainNames.map((name) => `${name}_dart`),
    order: comparePub,
    chain: ['2.0.0-dev.1', '2.0.0-nullsafety.0', '2.0.0', '2.0.0+1', '2.0.0+2'],
  },
  {
    name: 'SwiftURL',
    type: 'swift',
    idPrefix: 'GHSA-4444-5555',
    packageNames: plainNames.map((name) => `github.com/made/${name}`),
    order: compareSemver,
    chain: ['2.0.0-beta.2', '2.0.0-beta.10', '2.0.0'],
  },
  {
    name: 'Julia',
    type: 'julia',
    idPrefix: 'JLSEC-2024',
    packageNames: plainNames.map((name) => `${name.toUpperCase()}_jll`),
    order: comparePub,
    chain: ['2.0.0-rc1', '2.0.0', '2.0.0+1'],
  },
  {
    name: 'CRAN',
    type: 'cran',
    idPrefix: 'RSEC-2024',
    packageNames: plainNames.map((name) => `${name}.R`),
    order: (a, b) => compareNumbers(a.replaceAll('-', '.'), b.replaceAll('-', '.')),
    chain: ['2.0-1', '2.0-2', '2.0-10'],
  },
  {
    name: 'Hackage',
    type: 'hackage',
    idPrefix: 'HSEC-2024',
    packageNames: plainNames,
    order: compareNumbers,
    chain: ['2.0.0.1', '2.0.0.2', '2.0.0.10'],
  },
];

for (const ecosystem of ecosystems) {
  test(`${ecosystem.name}: made records of twenty packages`, (t) => {
    const documents = madeRecords(ecosystem);
    const store = openStore(
      t,
      documents.flatMap((document) =>
        readRecords(document.id.startsWith('GHSA-') ? 'ghsa' : 'osv', { name: `osv/${document.id}.json`, text: JSON.stringify(document) }),
      ),
    );
    const advisories = documents.flatMap((document) => readOsv(document, ecosystem.order, ecosystem.name));
    const versions = ['0.0.1', '1.0.0', '1.4.9', '1.5.0', '1.5.1', '1.9.9', ...ecosystem.chain, '2.0.1', '3.0.0', '3.1.0', '4.0.0', '99.0.0'];
    const asked = ecosystem.packageNames.flatMap((name) => versions.map((version) => ({ name, version })));
    const packages = asked.map(({ name, version }) => installed(ecosystem.type, name, version));
    const { vulnerabilities, problems } = matchPackages({ packages, store, now: new Date(TEST_DAY) });
    assert.deepEqual(
      problems.filter(({ code }) => code !== 'no-advisories'),
      [],
    );
    const found = Map.groupBy(vulnerabilities, (one) => one.package);
    const affected = new Set<string>();
    for (const [index, { name, version }] of asked.entries()) {
      const one = packages[index];
      const expected = advisories.filter(({ packageName, affects }) => packageName === name && affects(version)).flatMap(({ ids }) => ids);
      assert.deepEqual(
        (one === undefined ? [] : (found.get(one) ?? [])).map(({ id }) => id).sort(),
        [...new Set(expected)].sort(),
        `${name} ${version}`,
      );
      if (expected.length > 0) affected.add(name);
    }
    t.diagnostic(
      `${String(affected.size)} packages, ${String(new Set(advisories.flatMap(({ ids }) => ids)).size)} ids, ${String(asked.length)} versions`,
    );
    assert.ok(affected.size >= 20);
  });
}

/** Every shape of range, in turn, for each package. */
function madeRecords({ name: ecosystem, idPrefix, packageNames, chain }: Ecosystem): readonly { readonly id: string }[] {
  const range = (...events: readonly Readonly<Record<string, string>>[]): unknown => ({ type: 'ECOSYSTEM', events });
  const middle = chain[Math.floor(chain.length / 2)] ?? '2.0.0';
  const shapes: readonly Readonly<Record<string, unknown>>[] = [
    { ranges: [range({ introduced: '0' }, { fixed: '1.5.0' })] },
    { ranges: [range({ introduced: '1.5.0' }, { fixed: '2.0.1' })] },
    { ranges: [range({ introduced: '0' }, { fixed: '1.5.0' }), range({ introduced: '3.0.0' }, { fixed: '3.1.0' })] },
    { ranges: [range({ introduced: '0' }, { fixed: '1.5.0' }, { introduced: '3.0.0' }, { fixed: '3.1.0' })] },
    { ranges: [range({ introduced: '1.0.0' }, { last_affected: '1.5.0' })] },
    { ranges: [range({ introduced: '3.0.0' })] },
    { versions: ['1.4.9', middle] },
    { ranges: [range({ introduced: '0' }, { fixed: middle })] },
    { ranges: [range({ introduced: middle }, { fixed: '3.0.0' })], versions: ['99.0.0'] },
  ];
  return packageNames.flatMap((name, place) =>
    shapes.flatMap((shape, index) => {
      const [number, other] = [1000, 5000].map((from) => String(from + place * shapes.length + index));
      const record = {
        schema_version: '1.6.0',
        id: `${idPrefix}-${number ?? ''}`,
        modified: '2024-01-01T00:00:00Z',
        ...(index % 2 === 0 && { aliases: [`CVE-2024-${number ?? ''}`] }),
        affected: [{ package: { ecosystem, name }, ...shape }],
      };
      const withdrawn = {
        ...record,
        id: `${idPrefix}-${other ?? ''}`,
        aliases: [`CVE-2023-${number ?? ''}`],
        withdrawn: '2024-01-02T00:00:00Z',
        affected: [{ package: { ecosystem, name }, ranges: [range({ introduced: '0' })] }],
      };
      return [record, withdrawn];
    }),
  );
}
