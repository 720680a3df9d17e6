import type { Platform } from '../foundation/model/image.ts';
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

/**
 * Returns one decision of those for each platform of an image, at least one. Each platform is pulled for itself: any that is refused refuses the image. A fix is for the platforms that need it.
 */
export function combinePlatforms(decisions: readonly { readonly platform: Platform; readonly decision: PolicyDecision }[]): PolicyDecision {
  const [first, ...others] = decisions.toSorted((a, b) => STRICTEST.indexOf(a.decision.decision) - STRICTEST.indexOf(b.decision.decision));
  if (first === undefined) throw new RangeError('no platform was judged');
  const all = [first.decision, ...others.map(({ decision }) => decision)];
  const unite = <T>(of: (decision: PolicyDecision) => readonly T[]): readonly T[] => {
    const byText = new Map(all.flatMap(of).map((item) => [JSON.stringify(item), item]));
    return [...byText.values()];
  };
  const sorted = (of: (decision: PolicyDecision) => readonly string[]): readonly string[] => [...new Set(all.flatMap(of))].toSorted();
  const alike = decisions.filter(({ decision }) => decision.decision === first.decision.decision).map(({ platform }) => toText(platform));
  const nearMisses = unite(({ nearMisses = [] }) => nearMisses);
  const nearThreshold = sorted(({ nearThreshold = [] }) => nearThreshold);
  return {
    ...first.decision,
    reason: `${alike.join(', ')}: ${toSentence(first.decision.reason)}`,
    blocking: sorted(({ blocking }) => blocking),
    allowlisted: sorted(({ allowlisted }) => allowlisted),
    minimalFix: unite(({ minimalFix }) => minimalFix),
    problems: unite(({ problems }) => problems),
    ...(nearMisses.length === 0 ? {} : { nearMisses }),
    ...(nearThreshold.length === 0 ? {} : { nearThreshold }),
    platforms: decisions.map(({ platform, decision: { decision, reason, blocking } }) => ({ platform, decision, reason, blocking })),
  };
}

function toText({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== undefined).join('/');
}

/** What an error says begins small and ends without a stop. */
function toSentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

function toPart({ provider, decision, reason, blocking }: PolicyDecision): PolicyPart {
  return { provider, decision, reason, blocking };
}
