import type { AdvisoryId } from '../../../foundation/model/brand.ts';
import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { Rating } from '../../../foundation/model/finding.ts';
import type { Severity } from '../../../foundation/model/severity.ts';
import { severityRank } from '../../../foundation/model/severity.ts';
import type { AdvisoryEntry, AdvisoryRecord } from '../../store/record.ts';

/** One way to mend a flaw on one release of Windows Server. */
export interface WindowsFix {
  /** '10.0.20348' */
  readonly build: string;
  /** '10.0.20348.2031', or something else for a part with versions of its own (.NET). */
  readonly fixedBuild?: string | undefined;
  /** 'KB5031364' */
  readonly update?: string | undefined;
  readonly supersedes?: readonly string[];
}

/** Returns that a flaw affects Windows until a build, until an update where no build of this release is told, or without an end. */
export function toAffected(cve: AdvisoryId, { build, fixedBuild, update }: WindowsFix): AdvisoryRecord {
  return { kind: 'affected', bucket: `windows ${build}`, packageName: 'windows', id: cve, advisory: toEntry(build, fixedBuild, update) };
}

function toEntry(build: string, fixedBuild: string | undefined, update: string | undefined): AdvisoryEntry {
  const vendorIds = update === undefined ? {} : { vendorIds: [update] };
  if (fixedBuild !== undefined && /^\d+(?:\.\d+){3}$/.test(fixedBuild) && fixedBuild.startsWith(`${build}.`))
    return { fixedVersion: fixedBuild, ...vendorIds };
  return update === undefined ? { status: 'affected' } : { fixedVersion: update, ...vendorIds };
}

/** Returns the updates that one supersedes, each as a record of the newer one. */
export function toSuperseded({ build, update, supersedes = [] }: WindowsFix): readonly AdvisoryRecord[] {
  if (update === undefined) return [];
  const older = supersedes.filter((id) => id !== update);
  return older.map((id) => ({ kind: 'affected', bucket: `windows ${build}`, packageName: update, id: toAdvisoryId(id), advisory: {} }));
}

/** Returns what Microsoft says of a flaw: of several ratings, one for each product, the worst counts. */
export function toDetail(
  cve: AdvisoryId,
  severities: readonly Severity[],
  ratings: readonly Rating[],
  publishedAt: string | undefined,
): AdvisoryRecord {
  const severity = severities.toSorted((a, b) => severityRank(a) - severityRank(b))[0];
  const rating = ratings.toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))[0];
  return {
    kind: 'vulnerability',
    id: cve,
    detail: {
      ...(severity !== undefined && { vendorSeverities: { msrc: severity } }),
      ...(rating !== undefined && { ratings: [rating] }),
      ...(publishedAt !== undefined && { publishedAt }),
    },
  };
}
