import type { Parsed } from '../../../foundation/base/result.ts';
import type { AdvisoryId } from '../../../foundation/model/brand.ts';
import type { AdvisoryEntry, AdvisoryRecord } from '../../store/record.ts';
import { bucketSource } from '../../store/buckets.ts';
import { readComponents, type CsafComponent } from '../csaf/products.ts';
import { isObject, objectsIn, textOf, type JsonObject } from '../documents.ts';
import { cveOf, factsIn, toDate, toFact, toRating } from '../facts.ts';
import { severityOfWord } from '../vendor-words.ts';

/**
 * Yields what a flaw's VEX document says of source packages of Azure Linux, which was CBL-Mariner. A component is named by what it is, '<azl3 openssh 9.8p1-4': affected below that version. The remedy
 * begins with the version that mends it, '9.8p1-3:Security Update', and that one counts: a package that was built again since stands there with the later versions too.
 * @see https://msrc.microsoft.com/csaf/vex/
 */
export function* readAzureLinux(document: JsonObject): Generator<Parsed<readonly AdvisoryRecord[]>> {
  const components = readComponents(document);
  for (const flaw of objectsIn(document.vulnerabilities)) {
    const cve = cveOf(toFact(flaw.cve) ?? '');
    if (cve === undefined) continue;
    const affected = readAffected(cve, flaw, components);
    const [first] = affected;
    if (first?.kind === 'affected') yield { value: [...affected, toDetail(cve, document, flaw, bucketSource(first.bucket).id)], problems: [] };
  }
}

function readAffected(cve: AdvisoryId, flaw: JsonObject, components: ReadonlyMap<string, CsafComponent>): readonly AdvisoryRecord[] {
  const status = isObject(flaw.product_status) ? flaw.product_status : {};
  const records = [
    ...factsIn(status.known_affected).map((id) => ({ id, status: 'affected' as const })),
    ...factsIn(status.under_investigation).map((id) => ({ id, status: 'under-investigation' as const })),
  ].flatMap(({ id, status: said }): AdvisoryRecord[] => {
    const found = components.get(id);
    const bucket = found === undefined ? undefined : toBucket(found.product.name);
    const [, below, packageName, version] = /^(<)?\s*(?:azl|cbl|cm)\d+ (\S+) (\S+)$/.exec(found?.component.name ?? '') ?? [];
    if (bucket === undefined || packageName === undefined) return [];
    const remedies = objectsIn(flaw.remediations).filter((remedy) => factsIn(remedy.product_ids).includes(id));
    const fixedVersion = fixIn(remedies) ?? (below === undefined ? undefined : version);
    const isGivenUp = remedies.some(({ category }) => category === 'no_fix_planned');
    const advisory: AdvisoryEntry = fixedVersion !== undefined ? { fixedVersion } : { status: isGivenUp ? 'will-not-fix' : said };
    return [{ kind: 'affected', bucket, packageName, id: cve, advisory }];
  });
  return [...new Map(records.map((record) => [JSON.stringify(record), record])).values()];
}

function toBucket(product: string): string | undefined {
  const [, name, release = ''] = /^(Azure Linux|CBL[ -]Mariner) (\d+\.\d+)$/.exec(product) ?? [];
  return name === undefined ? undefined : `${name.replace(' M', '-M')} ${release}`;
}

function fixIn(remedies: readonly JsonObject[]): string | undefined {
  const fixes = remedies.filter(({ category }) => category === 'vendor_fix');
  return fixes.map(({ details }) => /^(\d[\w.+~^]*-\d[\w.+~^]*):/.exec(textOf(details) ?? '')?.[1]).find((version) => version !== undefined);
}

function toDetail(cve: AdvisoryId, document: JsonObject, flaw: JsonObject, source: string): AdvisoryRecord {
  const head = isObject(document.document) ? document.document : {};
  const tracking = isObject(head.tracking) ? head.tracking : {};
  const word = isObject(head.aggregate_severity) ? severityOfWord(textOf(head.aggregate_severity.text)) : undefined;
  const ratings = objectsIn(flaw.scores).flatMap(({ cvss_v3: cvss }) => (isObject(cvss) ? (toRating(cvss.vectorString, source) ?? []) : []));
  const publishedAt = toDate(tracking.initial_release_date);
  return {
    kind: 'vulnerability',
    id: cve,
    detail: {
      ...(word !== undefined && { vendorSeverities: { [source]: word } }),
      ...(ratings.length > 0 && { ratings: ratings.slice(0, 1) }),
      ...(publishedAt !== undefined && { publishedAt }),
    },
  };
}
