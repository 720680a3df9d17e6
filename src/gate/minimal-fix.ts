import { compareText } from '../foundation/base/order.ts';
import type { MinimalFix, PolicyVulnerability } from '../foundation/model/policy.ts';
import type { GatedImage, ProviderDecision } from './provider.ts';

/**
 * Returns the planned steps that must be taken for nothing to block any more, in the plan's order, followed by what blocks and has no step: those have no command, so that it is seen what
 * remains. None of the steps can be left out: an id that several steps list is gone only when all of them are done. Deciding again without what the steps remove proves the answer.
 */
export function findMinimalFix(
  image: GatedImage,
  fixes: readonly MinimalFix[],
  decide: (image: GatedImage) => ProviderDecision,
): readonly MinimalFix[] {
  const blocking = new Set(decide(image).blocking);
  if (blocking.size === 0) return [];
  const needed = fixes.filter(({ removes }) => removes.some((id) => blocking.has(id)));
  const packagesById = packagesRemovedById(needed);
  const left = image.vulnerabilities.filter((vulnerability) => !isRemoved(vulnerability, packagesById));
  const stillBlocking = new Set(decide({ ...image, vulnerabilities: left }).blocking);
  return [...needed, ...toUnfixed(left.filter(({ id }) => stillBlocking.has(id)))];
}

/** A step that names no package removes an id wherever it is: the null among its packages. */
function packagesRemovedById(fixes: readonly MinimalFix[]): ReadonlyMap<string, ReadonlySet<string | null>> {
  const packages = new Map<string, Set<string | null>>();
  for (const fix of fixes) {
    // One command can upgrade several packages; their names are then joined.
    const names = fix.package?.split(', ') ?? [null];
    for (const id of fix.removes) packages.set(id, new Set([...(packages.get(id) ?? []), ...names]));
  }
  return packages;
}

function isRemoved(vulnerability: PolicyVulnerability, packagesById: ReadonlyMap<string, ReadonlySet<string | null>>): boolean {
  const packages = packagesById.get(vulnerability.id);
  if (packages === undefined) return false;
  // The same flaw in a package that no step upgrades is still there afterwards.
  return vulnerability.package === undefined || packages.has(null) || packages.has(vulnerability.package.name);
}

function toUnfixed(vulnerabilities: readonly PolicyVulnerability[]): readonly MinimalFix[] {
  const groups = new Map<string, { fix: Omit<MinimalFix, 'removes'>; ids: Set<string> }>();
  for (const { id, package: installed } of vulnerabilities) {
    const key = installed === undefined ? '' : `${installed.name}\0${installed.installedVersion}`;
    const group = groups.get(key) ?? {
      fix: installed === undefined ? {} : { package: installed.name, from: installed.installedVersion },
      ids: new Set(),
    };
    group.ids.add(id);
    groups.set(key, group);
  }
  const sorted = [...groups].sort(([a], [b]) => compareText(a, b));
  return sorted.map(([, { fix, ids }]) => ({ ...fix, removes: [...ids].sort(compareText) }));
}
