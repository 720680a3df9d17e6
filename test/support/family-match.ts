import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { matchPackages, type MatchResult } from '../../src/advisories/matching/match.ts';
import { openAdvisoryStore } from '../../src/advisories/store/bolt-store.ts';
import { writeAdvisoryStore } from '../../src/advisories/store/build-store.ts';
import type { AdvisoryRecord } from '../../src/advisories/store/record.ts';
import type { AdvisoryStore } from '../../src/advisories/store/store.ts';
import type { Distro } from '../../src/foundation/model/image.ts';
import type { InstalledPackage } from '../../src/foundation/model/package.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** A day on which the releases of the tests are cared for, unless a test names another. */
export const TEST_DAY = '2024-06-01';

/** Returns the distribution that an os-release with these fields names. */
export function distroOf(id: string, versionId: string, more: Partial<Distro> = {}): Distro {
  return { id, versionId, idLike: [], ...more };
}

/** Returns a real store of these records, open on the file that it was written to until the test ends. */
export function openStore(t: TestContext, records: Iterable<AdvisoryRecord>): AdvisoryStore {
  const file = path.join(temporaryDirectory(t), 'advisories.db');
  writeFileSync(file, writeAdvisoryStore(records, { source: 'a test', builtAt: '2024-01-01', full: true }));
  const store = openAdvisoryStore(file);
  t.after(() => {
    store.close();
  });
  return store;
}

/** Returns what a real store of these records says of packages. */
export function matchWith(
  t: TestContext,
  records: Iterable<AdvisoryRecord>,
  distro: Distro,
  packages: readonly InstalledPackage[],
  now = TEST_DAY,
): MatchResult {
  return matchPackages({ packages, distro, store: openStore(t, records), now: new Date(now) });
}

/** Returns `CVE-1 openssl 3.0.11-1` for each finding: id, package and the fix or, where there is none, the status. */
export function summaryOf({ vulnerabilities }: MatchResult): readonly string[] {
  return vulnerabilities.map((found) => [found.id, found.package.name, found.fixedVersion ?? found.status].join(' ')).sort();
}
