import { compareText } from '../../foundation/base/order.ts';
import type { AdvisoryId } from '../../foundation/model/brand.ts';
import { toAdvisoryId } from '../../foundation/model/brand.ts';
import type { InstalledPackage } from '../../foundation/model/package.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { StoredAdvisory } from '../store/record.ts';
import type { AdvisoryStore } from '../store/store.ts';

/** What was found of one package in one bucket, before it is described. */
export interface Match {
  readonly installed: InstalledPackage;
  readonly bucket: string;
  readonly id: AdvisoryId;
  readonly advisory: StoredAdvisory;
  readonly fixedVersion?: string;
}

/** trivy-db keeps the aliases of a language advisory as its vendor ids. */
export function aliasesOf({ id, advisory }: Match, store: AdvisoryStore): readonly AdvisoryId[] {
  const aliases = [...(store.detail(id)?.aliases ?? []), ...(advisory.vendorIds ?? []).map(toAdvisoryId)];
  return [...new Set(aliases)].filter((alias) => alias !== id).sort(compareText);
}

export function unmatched(code: 'unknown-distro' | 'no-advisories', count: number, why: string): Problem {
  const packages = count === 1 ? '1 package was' : `${count} packages were`;
  return { code, message: `${packages} not checked for vulnerabilities: ${why}` };
}
