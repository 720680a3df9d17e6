import type { InstalledPackage } from '../../foundation/model/package.ts';
import { entriesOf, type AdvisoryEntry } from '../store/record.ts';
import type { AdvisoryStore } from '../store/store.ts';
import type { FamilyPlan, LookUp } from './family.ts';
import type { FoundEntry } from './judge-entries.ts';

/** Returns the entries in one bucket that speak of a package, one for each vulnerability that an erratum puts right. */
export function findEntries(installed: InstalledPackage, plan: FamilyPlan, lookUp: LookUp, store: AdvisoryStore): FoundEntry[] {
  return store.advisories(lookUp.bucket, lookUp.packageName).flatMap(({ id: recordId, advisory }) =>
    entriesOf(advisory)
      .filter((entry) => entry.filedUnder === lookUp.filedUnder)
      .filter((entry) => isOfArchitecture(entry, installed, plan) && (plan.appliesTo?.(entry, installed, lookUp.version) ?? true))
      .flatMap((entry) => {
        const found = { recordId, lookUp, entry, vendorIds: entry.vendorIds ?? [] };
        // Of a record that is a CVE already, its list of CVEs says no more than the severity.
        if (entry.cves === undefined || recordId.startsWith('CVE-')) return [{ ...found, id: recordId, ...severityOf(entry) }];
        return entry.cves.map(({ id, severity }) => ({
          ...found,
          id,
          vendorIds: [...found.vendorIds, recordId],
          ...(severity !== undefined && { severity }),
        }));
      }),
  );
}

function severityOf({ severity, cves }: AdvisoryEntry): Pick<FoundEntry, 'severity'> {
  const said = severity ?? cves?.find((cve) => cve.severity !== undefined)?.severity;
  return said === undefined ? {} : { severity: said };
}

/** What is the same on every architecture is mended by the fix for any of them. */
function isOfArchitecture({ architectures }: AdvisoryEntry, { architecture }: InstalledPackage, plan: FamilyPlan): boolean {
  if (architectures === undefined || architecture === undefined || architecture === 'noarch') return true;
  const own = plan.architecturesOf?.(architecture) ?? [architecture];
  return own.some((name) => architectures.includes(name)) || architectures.includes('noarch');
}
