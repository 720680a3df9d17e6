import type { Parsed } from '../../../foundation/base/result.ts';
import type { AdvisoryRecord } from '../../store/record.ts';
import type { JsonObject } from '../documents.ts';
import { isObject, objectsIn, textOf } from '../documents.ts';
import { cveOf, factsIn, toDate, toFact, toRating } from '../facts.ts';
import { severityOfWord } from '../vendor-words.ts';
import { serverCoreBuild, updateOf, updatesIn } from '../windows-products.ts';
import type { WindowsFix } from './windows-fix.ts';
import { toAffected, toDetail, toSuperseded } from './windows-fix.ts';

/** Kinds of remarks, statuses and remedies, by number. */
const SEVERITY = 3;
const KNOWN_AFFECTED = 3;
const VENDOR_FIX = 2;

/**
 * Yields what a month's document says, flaw by flaw: `Vulnerability[]` with `Remediations` (an update with its `FixedBuild` and `Supercedence`), `Threats` and `CVSSScoreSets`, each for products by number.
 * @see https://api.msrc.microsoft.com/cvrf/v3.0/swagger/index
 */
export function* readMsrcCvrf(document: JsonObject): Generator<Parsed<readonly AdvisoryRecord[]>> {
  const builds = readBuilds(document);
  for (const flaw of objectsIn(document.Vulnerability)) {
    const cve = cveOf(toFact(flaw.CVE) ?? '');
    // Advisories without a CVE (ADV990001) are on servicing, not on flaws.
    if (cve === undefined) {
      if (toFact(flaw.CVE)?.startsWith('ADV') !== true) yield { value: [], problems: [{ message: 'a vulnerability without a CVE' }] };
      continue;
    }
    const fixes = readFixes(flaw, builds);
    const affected = fixes.map((fix) => toAffected(cve, fix));
    if (affected.length === 0) continue;
    yield { value: [...affected, ...fixes.flatMap(toSuperseded), readDetail(cve, flaw, builds)], problems: [] };
  }
}

/** Builds by the number of their product. */
function readBuilds(document: JsonObject): ReadonlyMap<string, string> {
  const tree = isObject(document.ProductTree) ? document.ProductTree : {};
  return new Map(
    objectsIn(tree.FullProductName).flatMap((product) => {
      const [id, build] = [toFact(product.ProductID), serverCoreBuild(textOf(product.Value) ?? '')];
      return id === undefined || build === undefined ? [] : [[id, build] as const];
    }),
  );
}

function buildsOf(part: JsonObject, builds: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set(factsIn(part.ProductID).flatMap((id) => builds.get(id) ?? []))];
}

function readFixes(flaw: JsonObject, builds: ReadonlyMap<string, string>): readonly WindowsFix[] {
  const fixes = objectsIn(flaw.Remediations)
    .filter((remedy) => remedy.Type === VENDOR_FIX)
    .flatMap((remedy) => {
      const update = updateOf(isObject(remedy.Description) ? (toFact(remedy.Description.Value) ?? '') : '');
      const fixedBuild = toFact(remedy.FixedBuild);
      const supersedes = updatesIn(textOf(remedy.Supercedence) ?? '');
      return update === undefined && fixedBuild === undefined
        ? []
        : buildsOf(remedy, builds).map((build) => ({ build, fixedBuild, update, supersedes }));
    });
  const mended = new Set(fixes.map(({ build }) => build));
  const affected = objectsIn(flaw.ProductStatuses).filter((status) => status.Type === KNOWN_AFFECTED);
  const unmended = affected.flatMap((status) => buildsOf(status, builds)).filter((build) => !mended.has(build));
  return [...fixes, ...[...new Set(unmended)].map((build) => ({ build }))];
}

function readDetail(cve: NonNullable<ReturnType<typeof cveOf>>, flaw: JsonObject, builds: ReadonlyMap<string, string>): AdvisoryRecord {
  const threats = objectsIn(flaw.Threats).filter((threat) => threat.Type === SEVERITY && buildsOf(threat, builds).length > 0);
  const severities = threats.flatMap((threat) => (isObject(threat.Description) ? (severityOfWord(textOf(threat.Description.Value)) ?? []) : []));
  const scores = objectsIn(flaw.CVSSScoreSets).filter((set) => buildsOf(set, builds).length > 0);
  const dates = objectsIn(flaw.RevisionHistory).flatMap((revision) => toDate(revision.Date) ?? []);
  return toDetail(
    cve,
    severities,
    scores.flatMap((set) => toRating(set.Vector, 'msrc') ?? []),
    dates.sort()[0],
  );
}
