import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { feed } from '../../../../src/advisories/feeds/readers/osv.ts';
import { matchLanguage } from '../../../../src/advisories/matching/match-language.ts';
import { schemeOfType } from '../../../../src/advisories/versions/scheme-of-type.ts';
import type { VersionScheme } from '../../../../src/advisories/versions/scheme.ts';
import type { PackageType } from '../../../../src/foundation/model/package.ts';
import { installed, storeOf } from '../../../support/memory-store.ts';
import { readFeed } from '../feeds/read-feed.ts';

/**
 * The algorithm of the OSV schema, written down again as its page has it, beside everything that stands between a record and a finding: the reader, what it stores, the names, the ranges. Only
 * that versions which are one to the ecosystem, 3 and 3.0, are one in a list too.
 * @see https://ossf.github.io/osv-schema/#evaluation
 */
interface OsvRecord {
  readonly id: string;
  readonly affected: readonly {
    readonly package: { readonly ecosystem: string; readonly name: string };
    readonly ranges: readonly { readonly type: string; readonly events: readonly OsvEvent[] }[];
    readonly versions: readonly string[];
  }[];
}

type OsvEvent = Readonly<Partial<Record<'introduced' | 'fixed' | 'last_affected' | 'limit', string>>>;

function isVulnerable(scheme: VersionScheme, version: string, record: OsvRecord): boolean {
  return record.affected.some(
    ({ ranges, versions }) =>
      versions.some((named) => scheme.compare(named, version) === 0) ||
      ranges.some(({ events }) => isBeforeLimits(scheme, version, events) && isInEvents(scheme, version, events)),
  );
}

function isBeforeLimits(scheme: VersionScheme, version: string, events: readonly OsvEvent[]): boolean {
  const limits = events.flatMap(({ limit }) => limit ?? []);
  return limits.length === 0 || limits.some((limit) => scheme.compare(version, limit) < 0);
}

function isInEvents(scheme: VersionScheme, version: string, events: readonly OsvEvent[]): boolean {
  let vulnerable = false;
  const place = (event: OsvEvent): string => event.introduced ?? event.fixed ?? event.last_affected ?? event.limit ?? '';
  const isFirst = (event: OsvEvent): number => Number(event.introduced === '0');
  for (const { introduced, fixed, last_affected } of events.toSorted((a, b) => isFirst(b) - isFirst(a) || scheme.compare(place(a), place(b)))) {
    if (introduced !== undefined && (introduced === '0' || scheme.compare(version, introduced) >= 0)) vulnerable = true;
    else if (fixed !== undefined && scheme.compare(version, fixed) >= 0) vulnerable = false;
    else if (last_affected !== undefined && scheme.compare(version, last_affected) > 0) vulnerable = false;
  }
  return vulnerable;
}

const number = fc.integer({ min: 0, max: 3 }).map(String);
const numbers = (least: number, most: number): fc.Arbitrary<string> =>
  fc.array(number, { minLength: least, maxLength: most }).map((parts) => parts.join('.'));
const either = (base: fc.Arbitrary<string>, ...ends: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(base, fc.constantFrom('', '', '', ...ends)).map(([version, end]) => version + end);
const semver = either(numbers(3, 3), '-alpha', '-alpha.1', '-beta.2', '-rc.1', '+build');

/** Versions as each ecosystem writes them. Where a package manager gives a short version more numbers than its order does (Composer), all have them. */
const ecosystems: readonly (readonly [ecosystem: string, type: PackageType, versions: fc.Arbitrary<string>])[] = [
  ['npm', 'npm', semver],
  ['PyPI', 'pypi', either(numbers(1, 3), 'a1', 'b2', 'rc1', '.post1', '.dev0')],
  ['Maven', 'maven', either(numbers(1, 3), '-SNAPSHOT', '-alpha-1', '-RC1', '.Final', '-jre', '-1')],
  ['Go', 'golang', either(numbers(3, 3), '-rc.1', '-0.20220101000000-abcdefabcdef', '-20210101000000-0123456789ab', '+incompatible')],
  ['crates.io', 'cargo', semver],
  ['NuGet', 'nuget', either(numbers(2, 4), '-alpha', '-beta.1', '-rc1')],
  ['Packagist', 'composer', either(numbers(3, 3), '-alpha1', '-beta2', '-RC1', '-dev')],
  ['RubyGems', 'gem', either(numbers(1, 4), '.rc1', '.beta.2', '.pre')],
  ['Hex', 'hex', semver],
  ['Pub', 'pub', semver],
  ['Julia', 'julia', semver],
  ['SwiftURL', 'swift', semver],
  ['CRAN', 'cran', either(numbers(2, 3), '-1', '-2')],
  ['Hackage', 'hackage', numbers(1, 4)],
  ['ConanCenter', 'conan', either(numbers(3, 3), '-alpha', '-rc.1')],
];

for (const [ecosystem, type, versions] of ecosystems) {
  test(`${ecosystem}: what is found is what the OSV schema’s algorithm gives`, () => {
    const scheme = schemeOfType(type);
    const differ = (a: string, b: string): boolean => scheme.compare(a, b) === 0;
    const events = fc
      .uniqueArray(versions, { minLength: 1, maxLength: 5, comparator: differ })
      .chain((places) =>
        fc.tuple(
          ...places.map((place) =>
            fc.constantFrom('introduced', 'introduced', 'fixed', 'last_affected').map((kind): OsvEvent => ({ [kind]: place })),
          ),
        ),
      )
      .chain((places) =>
        fc
          .boolean()
          .map((fromStart): readonly OsvEvent[] =>
            fromStart || !places.some(({ introduced }) => introduced !== undefined) ? [{ introduced: '0' }, ...places] : places,
          ),
      );
    const limited = fc
      .tuple(events, fc.option(versions, { freq: 6, nil: undefined }))
      .map(([found, limit]) => (limit === undefined ? found : [...found, { limit }]));
    const range = limited.map((found) => ({ type: 'ECOSYSTEM', events: found }));
    const entry = fc.record({
      package: fc.constant({ ecosystem, name: 'a-package' }),
      ranges: fc.array(range, { minLength: 1, maxLength: 2 }),
      versions: fc.array(versions, { maxLength: 2 }),
    });
    const record = fc.record({ id: fc.constant('OSV-2026-1'), affected: fc.array(entry, { minLength: 1, maxLength: 2 }) });
    fc.assert(
      fc.property(record, fc.array(versions, { minLength: 1, maxLength: 8 }), (osv, asked) => {
        const { records, problems } = readFeed(feed, 'OSV-2026-1.json', JSON.stringify(osv));
        assert.deepEqual(problems, []);
        const store = storeOf(records);
        for (const version of asked) {
          const found = matchLanguage([installed(type, 'a-package', version)], store, []).length > 0;
          assert.equal(found, isVulnerable(scheme, version, osv), version);
        }
      }),
      { numRuns: 150 },
    );
  });
}
