import type { Parsed } from '../../../foundation/base/result.ts';
import type { AdvisoryRecord } from '../../store/record.ts';
import type { JsonObject } from '../documents.ts';
import { isObject, objectsIn, textOf } from '../documents.ts';
import { cveOf, factsIn, toDate, toFact, toRating } from '../facts.ts';
import { severityOfWord } from '../vendor-words.ts';
import { serverCoreBuild, updateOf } from '../windows-products.ts';
import type { WindowsFix } from './windows-fix.ts';
import { toAffected, toDetail } from './windows-fix.ts';

/** Deepest nesting of products that is followed: vendor, family, product, version and some to spare. */
const MAX_BRANCH_DEPTH = 16;

interface Affected {
  readonly build: string;
  readonly fixedBuild: string | undefined;
}

/**
 * Yields what a flaw's document says. A product's versions are branches below its name; the affected ones end before the build that mends it: '<10.0.20348.3091'. The update is in a remedy's address.
 * @see https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html
 */
export function* readMsrcCsaf(document: JsonObject): Generator<Parsed<readonly AdvisoryRecord[]>> {
  const products = new Map<string, Affected>();
  if (isObject(document.product_tree)) collectProducts(document.product_tree, '', products, 0);
  for (const flaw of objectsIn(document.vulnerabilities)) {
    const cve = cveOf(toFact(flaw.cve) ?? '');
    if (cve === undefined) {
      yield { value: [], problems: [{ message: 'a vulnerability without a CVE' }] };
      continue;
    }
    const fixes = readFixes(flaw, products);
    if (fixes.length === 0) continue;
    const affected = [...new Map(fixes.map((fix) => [JSON.stringify(fix), toAffected(cve, fix)])).values()];
    yield { value: [...affected, readDetail(cve, document, flaw, products)], problems: [] };
  }
}

function collectProducts(branch: JsonObject, name: string, products: Map<string, Affected>, depth: number): void {
  if (depth > MAX_BRANCH_DEPTH) return;
  for (const child of objectsIn(branch.branches)) {
    const own = child.category === 'product_name' ? (textOf(child.name) ?? '') : name;
    const build = serverCoreBuild(own);
    const id = isObject(child.product) ? toFact(child.product.product_id) : undefined;
    if (build !== undefined && id !== undefined && child.category !== 'product_version') {
      products.set(id, { build, fixedBuild: /^<\s*(\d+(?:\.\d+)*)$/.exec(textOf(child.name) ?? '')?.[1] });
    }
    collectProducts(child, own, products, depth + 1);
  }
}

function readFixes(flaw: JsonObject, products: ReadonlyMap<string, Affected>): readonly WindowsFix[] {
  const status = isObject(flaw.product_status) ? flaw.product_status : {};
  const remedies = objectsIn(flaw.remediations).filter((remedy) => remedy.category === 'vendor_fix');
  return factsIn(status.known_affected).flatMap((id) => {
    const affected = products.get(id);
    if (affected === undefined) return [];
    const updates = remedies.filter((remedy) => factsIn(remedy.product_ids).includes(id)).flatMap((remedy) => updateIn(remedy) ?? []);
    return updates.length === 0 ? [affected] : [...new Set(updates)].map((update) => ({ ...affected, update }));
  });
}

/** https://support.microsoft.com/help/5051979, or a search of the catalogue: ?q=KB5051979 */
function updateIn(remedy: JsonObject): string | undefined {
  const article = /(?:\/help\/|[?&]q=)((?:KB)?\d{6,8})(?!\d)/i.exec(textOf(remedy.url) ?? '')?.[1];
  return article === undefined ? undefined : updateOf(article);
}

function readDetail(
  cve: NonNullable<ReturnType<typeof cveOf>>,
  document: JsonObject,
  flaw: JsonObject,
  products: ReadonlyMap<string, Affected>,
): AdvisoryRecord {
  const head = isObject(document.document) ? document.document : {};
  const tracking = isObject(head.tracking) ? head.tracking : {};
  const word = isObject(head.aggregate_severity) ? severityOfWord(textOf(head.aggregate_severity.text)) : undefined;
  const scores = objectsIn(flaw.scores).filter((score) => factsIn(score.products).some((id) => products.has(id)));
  const ratings = scores.flatMap((score) => (isObject(score.cvss_v3) ? (toRating(score.cvss_v3.vectorString, 'msrc') ?? []) : []));
  return toDetail(cve, word === undefined ? [] : [word], ratings, toDate(tracking.initial_release_date));
}
