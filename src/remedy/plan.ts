import { schemeOfType } from '../advisories/versions/scheme-of-type.ts';
import { compareBy, compareText, type Comparator } from '../foundation/base/order.ts';
import type { Finding } from '../foundation/model/finding.ts';
import { severityRank } from '../foundation/model/severity.ts';

/** One step of a plan: an upgrade, and what is gone after it. */
export interface PlannedFix {
  /** Several names, with commas, when one command upgrades them all. */
  readonly package: string;
  readonly from: string;
  /** The highest of the fixed versions: with a lower one something remains. */
  readonly to: string;
  /** Ids, sorted, each once. One that another step lists too is gone when both are done. */
  readonly removes: readonly string[];
  readonly command: string;
}

type FixableFinding = Finding & { readonly package: NonNullable<Finding['package']> & { readonly fixedVersion: string } };

interface Step extends PlannedFix {
  readonly worst: number;
}

/**
 * Returns the fewest commands that remove every finding that has a fix, the one that removes the worst, and then the most, first. A package's findings are one step, to the highest of
 * their fixed versions; steps that turn out to be the same command are one. What has no command (nothing to install, a name unfit for a shell) is not in the plan.
 */
export function planFixes(findings: readonly Finding[]): readonly PlannedFix[] {
  const steps = [...groupBy(findings.filter(isFixable), ({ package: { purl }, location }) => `${purl}\0${location.path ?? ''}`).values()].flatMap(
    toStep,
  );
  const merged = [...groupBy(steps, ({ command }) => command).values()].map(mergeSteps);
  return merged.toSorted(compareSteps).map(({ package: name, from, to, removes, command }) => ({ package: name, from, to, removes, command }));
}

const compareSteps = compareBy<Step>(
  (a, b) => a.worst - b.worst,
  (a, b) => b.removes.length - a.removes.length,
  (a, b) => compareText(a.package, b.package),
  (a, b) => compareText(a.command, b.command),
);

function isFixable(finding: Finding): finding is FixableFinding {
  return finding.package?.fixedVersion !== undefined;
}

function toStep(group: readonly FixableFinding[]): readonly Step[] {
  const compare = versionOrder(group[0]?.package.purl ?? '');
  const highest = group.toSorted((a, b) => compare(b.package.fixedVersion, a.package.fixedVersion))[0];
  const command = highest?.remediation.find(({ kind }) => kind === 'command')?.text;
  if (highest === undefined || command === undefined) return [];
  return [
    {
      package: highest.package.name,
      from: highest.package.installedVersion,
      to: highest.package.fixedVersion,
      removes: uniqueSorted(group.map(({ id }) => id)),
      command,
      worst: Math.min(...group.map(({ severity }) => severityRank(severity))),
    },
  ];
}

/** An unknown type has no order that could be trusted, but the plan must still come out the same each time. */
function versionOrder(purl: string): Comparator<string> {
  const scheme = schemeOfType(/^pkg:([^/]+)\//.exec(purl)?.[1] ?? '');
  return scheme === undefined ? compareText : (a, b) => scheme.compare(a, b);
}

function mergeSteps(steps: readonly Step[]): Step {
  const sorted = steps.toSorted((a, b) => compareText(a.package, b.package) || compareText(a.from, b.from));
  // One that lies in several places (a Go module in two programs) is named once.
  const named = [...groupBy(sorted, ({ package: name, from, to }) => `${name}\0${from}\0${to}`).values()].flatMap(([first]) => first ?? []);
  return {
    package: named.map((step) => step.package).join(', '),
    from: named.map(({ from }) => from).join(', '),
    to: named.map(({ to }) => to).join(', '),
    removes: uniqueSorted(sorted.flatMap(({ removes }) => removes)),
    command: sorted[0]?.command ?? '',
    worst: sorted.reduce((worst, step) => Math.min(worst, step.worst), Number.POSITIVE_INFINITY),
  };
}

function uniqueSorted(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort(compareText);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
