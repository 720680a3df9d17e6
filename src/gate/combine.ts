import type { PolicyDecision, PolicyDecisionKind, PolicyPart } from '../foundation/model/policy.ts';

/** What counts when several decide: the strictest. What is not known is no allowance. */
const STRICTEST: readonly PolicyDecisionKind[] = ['block', 'block-until-scanned', 'unknown', 'allow'];

/**
 * Returns one decision of the registry's and the team's own, with each of them as a part. A registry of no known kind decides nothing: then the team's policy alone counts. One that could not be asked is not known, which is no allowance.
 */
export function combineDecisions(registry: PolicyDecision, own: PolicyDecision): PolicyDecision {
  if (registry.provider === 'none' && registry.problems.length === 0) return { ...own, reason: `${own.reason} ${registry.reason}` };
  const [first, second] = STRICTEST.indexOf(own.decision) < STRICTEST.indexOf(registry.decision) ? [own, registry] : [registry, own];
  const unite = <T>(a: readonly T[], b: readonly T[]): readonly T[] => [...new Set([...a, ...b])];
  return {
    ...registry,
    decision: first.decision,
    reason: `${toSentence(first.reason)} ${toSentence(second.reason)}`,
    blocking: unite(registry.blocking, own.blocking).toSorted(),
    allowlisted: unite(registry.allowlisted, own.allowlisted).toSorted(),
    minimalFix: [
      ...new Map([...registry.minimalFix, ...own.minimalFix].map((step) => [JSON.stringify([step.package, step.from, step.command]), step])).values(),
    ],
    problems: [...registry.problems, ...own.problems],
    ...(own.nearMisses === undefined && registry.nearMisses === undefined
      ? {}
      : { nearMisses: unite(registry.nearMisses ?? [], own.nearMisses ?? []) }),
    parts: [toPart(registry), toPart(own)],
  };
}

/** What an error says begins small and ends without a stop. */
function toSentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

function toPart({ provider, decision, reason, blocking }: PolicyDecision): PolicyPart {
  return { provider, decision, reason, blocking };
}
