import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { compare as compareSemver } from 'semver';
import { matchPackages } from '../../../../../src/advisories/matching/match.ts';
import type { AdvisoryRecord } from '../../../../../src/advisories/store/record.ts';
import type { PackageType } from '../../../../../src/foundation/model/package.ts';
import { readOsv, type OsvEvent } from '../../../../support/expected/advisory.ts';
import { compareNumbers } from '../../../../support/expected/orders.ts';
import type { Order } from '../../../../support/expected/reading.ts';
import { openStore, TEST_DAY } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';
import { needsSharedData } from '../../../../support/shared-data.ts';
import { readRecords } from './prove.ts';
import { OSV_SAMPLES, readOsvSamples } from './samples.ts';

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

/** Those that OSV does not know: a database that has anything on them has it as it stands there. */
const unpublished: readonly Ecosystem[] = (
  [
    ['cocoapods', 'cocoapods::GitHub Security Advisory Swift'],
    ['conda', 'conda::made'],
    ['cpan', 'cpan::made'],
    ['luarocks', 'luarocks::made'],
    ['nix', 'nix::made'],
    ['otp', 'otp::made'],
    ['wordpress-plugin', 'wordpress-plugin::made'],
  ] as const
).map(([type, name]) => ({ name, type, idPrefix: `MADE-${type}`, packageNames: plainNames, order: compareNumbers, chain: ['2.0.0'] }));

for (const ecosystem of ecosystems) {
  test(`${ecosystem.name}: made records of twenty packages`, (t) => {
    const documents = madeRecords(ecosystem);
    const versions = versionsOf(ecosystem);
    prove(t, ecosystem, documents, documents.flatMap(toRecords), () => versions, 20);
  });
}

for (const ecosystem of unpublished) {
  test(`${ecosystem.type}: made records of twenty packages, as a database has them`, (t) => {
    const documents = madeRecords(ecosystem).filter(({ withdrawn }) => withdrawn === undefined);
    const versions = versionsOf(ecosystem);
    prove(t, ecosystem, documents, documents.flatMap(toStored), () => versions, 20);
  });
}

for (const [index, packages] of [2, 1, 3].entries()) {
  const ecosystem = ecosystems[index];
  if (ecosystem === undefined) continue;
  test(`${ecosystem.name}: published samples`, needsSharedData(OSV_SAMPLES), (t) => {
    const documents = readOsvSamples((name) => name === ecosystem.name);
    const beside = (version: string): readonly string[] => [
      version,
      `${version.replace(/[+-].*$/, '')}-0`,
      version.replace(/\d+$/, (last) => String(Number(last) + 1)),
    ];
    prove(t, { ...ecosystem, packageNames: [] }, documents, documents.flatMap(toRecords), (named) => [...new Set(named.flatMap(beside))], packages);
  });
}

function versionsOf({ chain }: Ecosystem): readonly string[] {
  return ['0.0.1', '1.0.0', '1.4.9', '1.5.0', '1.5.1', '1.9.9', ...chain, '2.0.1', '3.0.0', '3.1.0', '4.0.0', '99.0.0'];
}

function prove(
  t: TestContext,
  ecosystem: Ecosystem,
  documents: readonly unknown[],
  records: readonly AdvisoryRecord[],
  versionsAround: (named: readonly string[]) => readonly string[],
  least: number,
): void {
  const advisories = documents.flatMap((document) => readOsv(document, ecosystem.order, ecosystem.name));
  const byName = Map.groupBy(advisories, ({ packageName }) => packageName);
  const asked = [...byName].flatMap(([name, own]) => versionsAround(own.flatMap(({ versions }) => versions)).map((version) => ({ name, version })));
  const packages = asked.map(({ name, version }) => installed(ecosystem.type, name, version));
  const { vulnerabilities, problems } = matchPackages({ packages, store: openStore(t, records), now: new Date(TEST_DAY) });
  assert.deepEqual(problems, []);
  const found = Map.groupBy(vulnerabilities, (one) => one.package);
  const vulnerable = new Set<string>();
  for (const [index, { name, version }] of asked.entries()) {
    const one = packages[index];
    const expected = (byName.get(name) ?? []).filter(({ affects }) => affects(version)).flatMap(({ ids }) => ids);
    assert.deepEqual(
      (one === undefined ? [] : (found.get(one) ?? [])).map(({ id }) => id).sort(),
      [...new Set(expected)].sort(),
      `${name} ${version}`,
    );
    if (expected.length > 0) vulnerable.add(name);
  }
  t.diagnostic(
    `${String(vulnerable.size)} packages, ${String(new Set(advisories.flatMap(({ ids }) => ids)).size)} ids, ${String(asked.length)} versions`,
  );
  assert.ok(vulnerable.size >= least, `${String(vulnerable.size)} packages are too few`);
}

function toRecords(document: { readonly id: string }): readonly AdvisoryRecord[] {
  return readRecords(document.id.startsWith('GHSA-') ? 'ghsa' : 'osv', { name: `osv/${document.id}.json`, text: JSON.stringify(document) });
}

/** Ranges as trivy-db writes them. */
function toStored({ id, aliases = [], affected: parts }: MadeRecord): readonly AdvisoryRecord[] {
  return parts.flatMap(({ package: { ecosystem, name }, ranges = [], versions = [] }) => {
    const vulnerableVersions = ranges.flatMap(({ events }) =>
      events.flatMap((event, index) => {
        if (event.introduced === undefined) return [];
        const next = events[index + 1] ?? {};
        const end = next.fixed !== undefined ? `, <${next.fixed}` : next.last_affected !== undefined ? `, <=${next.last_affected}` : '';
        return [`>=${event.introduced}${end}`];
      }),
    );
    return [
      affected(ecosystem, name, aliases[0] ?? id, { vulnerableVersions: [...vulnerableVersions, ...versions.map((version) => `=${version}`)] }),
    ];
  });
}

interface MadeRecord {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly withdrawn?: string;
  readonly affected: readonly MadePart[];
}

interface MadePart {
  readonly package: { readonly ecosystem: string; readonly name: string };
  readonly ranges?: readonly { readonly type: string; readonly events: readonly OsvEvent[] }[];
  readonly versions?: readonly string[];
}

/** Every shape of range, in turn, for each package. */
function madeRecords({ name: ecosystem, idPrefix, packageNames, chain }: Ecosystem): readonly MadeRecord[] {
  const range = (...events: readonly OsvEvent[]): NonNullable<MadePart['ranges']>[number] => ({ type: 'ECOSYSTEM', events });
  const middle = chain[Math.floor(chain.length / 2)] ?? '2.0.0';
  const shapes: readonly Omit<MadePart, 'package'>[] = [
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
