import { vulnerabilityCategories } from '../foundation/model/finding.ts';
import type { ImageContents } from '../image/read-image.ts';
import { openAdvisories } from './advisories.ts';
import type { ImageInput, ScanOptions } from './engine.ts';
import { rememberSeen } from './seen-images.ts';
import { timed, type Timings } from './timings.ts';
import { findVulnerabilities, type MatchedInventory } from './vulnerability-findings.ts';

/**
 * Returns what the advisories say of an image's packages as of `now`, and notes in `timings` how long they took; which advisories there are when no category of theirs is asked for.
 * @throws {AdvisoryStoreError} when the advisories cannot be opened
 */
export async function matchContents(
  contents: ImageContents,
  input: ImageInput,
  { categories, advisoriesFile, useCache }: ScanOptions,
  timings: Timings,
  now: Date,
): Promise<MatchedInventory> {
  const store = openAdvisories(advisoriesFile);
  try {
    // A package may be malware, too.
    const isAskedFor = categories === undefined || [...vulnerabilityCategories, 'malware' as const].some((category) => categories.includes(category));
    if (!isAskedFor) return { used: store.used, problems: [], findings: [] };
    const matched = await timed(timings, 'match', () => findVulnerabilities(contents, store, now));
    if (useCache !== false && input.kind !== 'sbom') await rememberSeen(contents, matched, now);
    return matched;
  } finally {
    store.close();
  }
}
