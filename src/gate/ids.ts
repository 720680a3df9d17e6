import { compareText } from '../foundation/base/order.ts';
import type { AllowlistEntry, NearMiss, PolicyVulnerability } from '../foundation/model/policy.ts';
import type { Problem } from '../foundation/model/problem.ts';

const SHOWN_IDS = 5;

/** Returns each id once, sorted. */
export function idsOf(vulnerabilities: readonly Pick<PolicyVulnerability, 'id'>[]): readonly string[] {
  return [...new Set(vulnerabilities.map(({ id }) => id))].sort(compareText);
}

/** Returns the first few ids for a sentence, and how many more there are. */
export function listIds(ids: readonly string[]): string {
  const rest = ids.length - SHOWN_IDS;
  return rest > 0 ? `${ids.slice(0, SHOWN_IDS).join(', ')} and ${rest} more` : ids.join(', ');
}

/** Returns the entries that a person would take for an id that blocks; registries compare letter by letter, so that they do nothing. */
export function findNearMisses(allowlist: readonly AllowlistEntry[], blocking: readonly string[]): readonly NearMiss[] {
  const byFoldedId = new Map(blocking.map((id) => [id.toUpperCase(), id]));
  return allowlist.flatMap(({ id: entry }) => {
    const id = byFoldedId.get(entry.trim().toUpperCase());
    return id === undefined ? [] : [{ entry, id }];
  });
}

export function nearMissProblems(nearMisses: readonly NearMiss[], registryKind: string): readonly Problem[] {
  return nearMisses.map(({ entry, id }) => ({
    code: 'configuration',
    message: `The allowlist entry '${entry}' does not exempt ${id}: ${registryKind} compares ids exactly. Correct the entry.`,
  }));
}
