import type { AdvisoryRecord, StoredAdvisory, VulnerabilityDetail } from '../../src/advisories/store/record.ts';
import type { AdvisoryStore } from '../../src/advisories/store/store.ts';
import { mergeAdvisories } from '../../src/advisories/store/merge-advisories.ts';
import { toAdvisoryId } from '../../src/foundation/model/brand.ts';
import type { InstalledPackage, PackageType } from '../../src/foundation/model/package.ts';
import type { AdvisoryId, Purl } from '../../src/foundation/model/brand.ts';

/** Returns records as an open store, and how often each kind of question was put to it. */
export function storeOf(
  records: Iterable<AdvisoryRecord>,
  { full = true } = {},
): AdvisoryStore & { readonly asked: Record<'buckets' | 'advisories' | 'detail', number> } {
  const platforms = new Map<string, Map<string, Map<AdvisoryId, StoredAdvisory>>>();
  const details = new Map<string, VulnerabilityDetail>();
  for (const record of records) {
    if (record.kind === 'vulnerability') details.set(record.id, { ...details.get(record.id), ...record.detail });
    if (record.kind !== 'affected') continue;
    const packages = platforms.get(record.bucket) ?? new Map<string, Map<AdvisoryId, StoredAdvisory>>();
    platforms.set(record.bucket, packages);
    const advisories = packages.get(record.packageName) ?? new Map<AdvisoryId, StoredAdvisory>();
    packages.set(record.packageName, advisories);
    const known = advisories.get(record.id);
    advisories.set(record.id, known === undefined ? record.advisory : mergeAdvisories(record.bucket, known, record.advisory));
  }
  const asked = { buckets: 0, advisories: 0, detail: 0 };
  return {
    asked,
    used: { source: 'a test', builtAt: '2026-01-01', full },
    buckets(prefix) {
      asked.buckets++;
      return [...platforms.keys()].filter((bucket) => bucket.startsWith(prefix)).sort();
    },
    advisories(bucket, packageName) {
      asked.advisories++;
      return [...(platforms.get(bucket)?.get(packageName) ?? [])].map(([id, advisory]) => ({ id, advisory }));
    },
    detail(id) {
      asked.detail++;
      return details.get(id);
    },
    isCompact: false,
    dataSource: () => undefined,
    redhatProducts: () => [],
    redhatProductName: () => undefined,
    close() {
      // There is nothing to close.
    },
  };
}

/** Returns the record that a vulnerability affects a package. */
export function affected(bucket: string, packageName: string, id: string, advisory: StoredAdvisory): AdvisoryRecord {
  return { kind: 'affected', bucket, packageName, id: toAdvisoryId(id), advisory };
}

/** Returns the record of what a vulnerability is. */
export function vulnerability(id: string, detail: VulnerabilityDetail): AdvisoryRecord {
  return { kind: 'vulnerability', id: toAdvisoryId(id), detail };
}

/** Returns a package as an analyzer finds it. */
export function installed(type: PackageType, name: string, version: string, more: Partial<InstalledPackage> = {}): InstalledPackage {
  return {
    purl: `pkg:${type}/${encodeURIComponent(name)}@${encodeURIComponent(version)}` as Purl,
    type,
    name,
    version,
    files: [],
    layer: 0,
    ...more,
  };
}
