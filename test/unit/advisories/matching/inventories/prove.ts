import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { feeds } from '../../../../../src/advisories/feeds/feeds.generated.ts';
import type { AdvisoryRecord } from '../../../../../src/advisories/store/record.ts';
import type { Distro } from '../../../../../src/foundation/model/image.ts';
import type { InstalledPackage, PackageType } from '../../../../../src/foundation/model/package.ts';
import type { Owned, Reading } from '../../../../support/expected/reading.ts';
import { matchWith } from '../../../../support/family-match.ts';
import { installed } from '../../../../support/memory-store.ts';

/** A file as its publisher has it. */
export interface RecordFile {
  readonly name: string;
  readonly text: string;
}

interface Inventory {
  readonly feed: string;
  readonly files: readonly RecordFile[];
  /** The same files, read again. */
  readonly reading: Reading;
  readonly distro: Distro;
  readonly type: PackageType;
  /** Versions just below and just above one, in the distribution's own way of writing them. */
  readonly beside: (version: string) => readonly [below: string, above: string];
  /** How the distribution writes a version of the record, where that differs. */
  readonly respell?: (version: string) => string;
  /** How many packages the inventory must have. */
  readonly packages: number;
  /** What every package says of itself beside its name and version. */
  readonly more?: Partial<InstalledPackage>;
  /** Architectures that every package is asked about, beside the one that its record names. */
  readonly architectures?: readonly string[];
  /** Where a file says less than what it is about: more records, of the file's own publisher. */
  readonly extra?: readonly AdvisoryRecord[];
  /** Nothing in the record is fixed. */
  readonly isAllOpen?: boolean;
  /** Messages of problems that are right. */
  readonly problems?: readonly RegExp[];
}

/**
 * Asks about every package of a record, below, at and above each version that the record names: the ids found must be those of the second reading. Of the answers some must be full and some empty, else the inventory would
 * prove nothing.
 */
export function proveInventory(t: TestContext, inventory: Inventory): void {
  const { reading, beside, architectures = [], more, respell = (version: string) => version } = inventory;
  const records = [...inventory.files.flatMap((file) => readRecords(inventory.feed, file)), ...(inventory.extra ?? [])];
  const asked = distinct(
    reading.named.flatMap((named) =>
      [named.version, ...beside(named.version)]
        .map(respell)
        .flatMap((version) => [
          ...(named.architecture === undefined && architectures.length > 0 ? [] : [{ ...named, version }]),
          ...architectures.map((architecture) => ({ ...named, version, architecture })),
        ]),
    ),
  );
  const packages = asked.map((owned) => toInstalled(owned, inventory.type, more));
  const found = matchWith(t, records, inventory.distro, packages);
  const unexpected = found.problems.filter(({ message }) => inventory.problems?.some((known) => known.test(message)) !== true);
  assert.deepEqual(unexpected, []);
  const byPackage = Map.groupBy(found.vulnerabilities, (vulnerability) => vulnerability.package);
  const ids = new Set<string>();
  let clean = 0;
  for (const [index, owned] of asked.entries()) {
    const one = packages[index];
    const own = one === undefined ? [] : (byPackage.get(one) ?? []).map(({ id }) => id as string);
    const expected = reading.idsFor(owned);
    assert.deepEqual(own.toSorted(), expected, JSON.stringify(owned));
    if (expected.length === 0) clean++;
    for (const id of expected) ids.add(id);
  }
  const names = new Set(asked.filter((owned) => reading.idsFor(owned).length > 0).map(({ name, stream }) => `${stream ?? ''}::${name}`));
  t.diagnostic(`${String(names.size)} packages, ${String(ids.size)} ids, ${String(asked.length)} versions, ${String(clean)} of them clean`);
  assert.ok(names.size >= inventory.packages, `${String(names.size)} packages are too few`);
  assert.ok(clean > 0 || inventory.isAllOpen === true, 'no version is fixed');
}

/** Returns what a feed reads of a file; a problem makes the test fail. */
export function readRecords(feedId: string, { name, text }: RecordFile): readonly AdvisoryRecord[] {
  const feed = feeds.find(({ id }) => id === feedId);
  assert.ok(feed, `no feed ${feedId}`);
  assert.ok(feed.wants(name), `${feedId} does not want ${name}`);
  const items = [...feed.read({ name, bytes: new TextEncoder().encode(text) })];
  assert.deepEqual(
    items.flatMap(({ problems }) => problems.map(({ message }) => message)),
    [],
  );
  return items.flatMap(({ value }) => value);
}

function toInstalled({ name, version, architecture, stream }: Owned, type: PackageType, more: Partial<InstalledPackage> = {}): InstalledPackage {
  return installed(type, name, version, {
    ...(architecture !== undefined && { architecture }),
    ...(stream !== undefined && { modularityLabel: `${stream}:8100020240101000000:9edba152` }),
    ...more,
  });
}

function distinct(items: readonly Owned[]): readonly Owned[] {
  return [...new Map(items.map((item) => [JSON.stringify(item, ['name', 'version', 'architecture', 'stream']), item])).values()];
}
