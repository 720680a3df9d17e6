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

/**
 * Returns whether a list of what is to be refused names a vulnerability: 'maybe' when it does so by another of its names, or in another case. Who decides knows the vulnerability by a name that is not told here.
 */
export function createDenylist(ids: readonly string[]): (vulnerability: Pick<PolicyVulnerability, 'id' | 'aliases'>) => 'yes' | 'no' | 'maybe' {
  const exact = new Set(ids);
  const folded = new Set(ids.map((id) => id.trim().toUpperCase()));
  return ({ id, aliases = [] }) => {
    if (exact.has(id)) return 'yes';
    return [id, ...aliases].some((name) => folded.has(name.toUpperCase())) ? 'maybe' : 'no';
  };
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
