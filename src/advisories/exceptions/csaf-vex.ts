/**
 * CSAF 2.0 documents of the VEX profile, and security advisories, which have the same lists.
 * @see https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html sections 3.2.2, 3.2.3 and 4.5
 */
import { MAX_CSAF_DEPTH, MAX_VEX_NAMES } from '../../foundation/base/limits.ts';
import { toStrings, type JsonObject } from '../../foundation/formats/json.ts';
import type { VexDocument, VexName, VexStatement, VexStatus, VexSubject } from './exception.ts';
import { digestOf, memberOf, objectsOf, textOf, timeOf } from './json-values.ts';

const lists: readonly (readonly [list: string, status: VexStatus])[] = [
  ['known_affected', 'affected'],
  ['first_affected', 'affected'],
  ['last_affected', 'affected'],
  ['under_investigation', 'under_investigation'],
  ['fixed', 'fixed'],
  ['first_fixed', 'fixed'],
  ['known_not_affected', 'not_affected'],
];

/** True for what says of itself that it is CSAF 2. */
export function isCsaf(document: JsonObject): boolean {
  return textOf(memberOf(memberOf(document, 'document'), 'csaf_version'))?.startsWith('2.') === true;
}

/** Returns what a CSAF document says of vulnerabilities: a statement for each status, and of products that are not affected for each reason. */
export function readCsafVex(document: JsonObject, source: string): VexDocument {
  const statements: VexStatement[] = [];
  const notices: string[] = [];
  const products = indexProducts(memberOf(document, 'product_tree'));
  const head = memberOf(document, 'document');
  const author = textOf(memberOf(memberOf(head, 'publisher'), 'name'));
  const timestamp = timeOf(memberOf(memberOf(head, 'tracking'), 'current_release_date'));
  const common = { source, ...(author !== undefined && { author }), ...(timestamp !== undefined && { timestamp }) };
  const list = memberOf(document, 'vulnerabilities');
  if (!Array.isArray(list)) return { statements, notices: [`${source} has no vulnerabilities`] };
  for (const [index, vulnerability] of list.entries()) {
    const refuse = (why: string): void => {
      notices.push(`vulnerability ${index + 1} of ${source} is not heeded: ${why}`);
    };
    const ids = [memberOf(vulnerability, 'cve'), ...objectsOf(memberOf(vulnerability, 'ids')).map(({ text }) => text)]
      .map(textOf)
      .filter((id) => id !== undefined);
    if (ids.length === 0) {
      refuse('it has no id');
      continue;
    }
    const reasons = readReasons(vulnerability);
    for (const [name, status] of lists) {
      const productIds = toStrings(memberOf(memberOf(vulnerability, 'product_status'), name)).slice(0, MAX_VEX_NAMES);
      for (const [reason, chosen] of groupByReason(productIds, reasons)) {
        if (status === 'not_affected' && reason === undefined) {
          refuse('it says known_not_affected and not why (a flag or a threat of the category impact)');
          continue;
        }
        const subjects = chosen.flatMap((id) => products.get(id) ?? []);
        if (subjects.length > 0)
          statements.push({ ...common, ids: [...new Set(ids)], subjects, status, ...(status === 'not_affected' ? reason : {}) });
      }
    }
  }
  return { statements, notices };
}

type Reason = Pick<VexStatement, 'justification' | 'text'>;

/** Why products are not affected: a flag in a word, a threat in prose. */
function readReasons(vulnerability: unknown): ReadonlyMap<string, Reason> {
  const reasons = new Map<string, Reason>();
  const add = (holder: JsonObject, reason: Reason): void => {
    for (const id of toStrings(holder['product_ids']).slice(0, MAX_VEX_NAMES)) reasons.set(id, { ...reasons.get(id), ...reason });
  };
  for (const flag of objectsOf(memberOf(vulnerability, 'flags'))) {
    const justification = textOf(flag['label']);
    if (justification !== undefined) add(flag, { justification });
  }
  for (const threat of objectsOf(memberOf(vulnerability, 'threats'))) {
    const text = textOf(threat['details']);
    if (threat['category'] === 'impact' && text !== undefined) add(threat, { text });
  }
  return reasons;
}

function groupByReason(productIds: readonly string[], reasons: ReadonlyMap<string, Reason>): Iterable<[Reason | undefined, string[]]> {
  const groups = new Map<string, [Reason | undefined, string[]]>();
  for (const id of productIds) {
    const reason = reasons.get(id);
    const key = reason === undefined ? '' : JSON.stringify([reason.justification, reason.text]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [reason, [id]]);
    else group[1].push(id);
  }
  return groups.values();
}

/** The products by their id: those of branches, of the flat list, and those that relationships make of one as a part of another. */
function indexProducts(tree: unknown): ReadonlyMap<string, VexSubject> {
  const names = new Map<string, VexName>();
  const addProduct = (product: unknown): void => {
    const id = textOf(memberOf(product, 'product_id'));
    const name = nameOf(memberOf(product, 'product_identification_helper'));
    if (id !== undefined && name !== undefined) names.set(id, name);
  };
  const addBranches = (branches: unknown, depth: number): void => {
    if (depth > MAX_CSAF_DEPTH) return;
    for (const branch of objectsOf(branches)) {
      addProduct(branch['product']);
      addBranches(branch['branches'], depth + 1);
    }
  };
  for (const product of objectsOf(memberOf(tree, 'full_product_names'))) addProduct(product);
  addBranches(memberOf(tree, 'branches'), 0);
  const subjects = new Map<string, VexSubject>([...names].map(([id, name]) => [id, { product: name, parts: [] }]));
  for (const relationship of objectsOf(memberOf(tree, 'relationships'))) addRelationship(relationship, names, subjects);
  return subjects;
}

/**
 * "openssl as a component of Red Hat Enterprise Linux 9": the product is the whole, the package its part. Where the whole has a package URL or a digest, both must hold. Of a whole that has none (a
 * distribution, known by its CPE name) only package URLs with a version can be told apart from the same package in another release: the others are left out.
 */
function addRelationship(relationship: JsonObject, names: ReadonlyMap<string, VexName>, subjects: Map<string, VexSubject>): void {
  const id = textOf(memberOf(relationship['full_product_name'], 'product_id'));
  const part = names.get(textOf(relationship['product_reference']) ?? '');
  const whole = names.get(textOf(relationship['relates_to_product_reference']) ?? '');
  if (id === undefined || part === undefined) return;
  if (whole !== undefined && (whole.digests.length > 0 || whole.names.some((name) => name.startsWith('pkg:')))) {
    subjects.set(id, { product: whole, parts: [part] });
    return;
  }
  const versioned = part.names.filter((name) => /^pkg:[^?#]*@[^?#/]+/.test(name));
  if (versioned.length > 0) subjects.set(id, { product: { names: versioned, digests: [] }, parts: [] });
}

function nameOf(helper: unknown): VexName | undefined {
  const names = [memberOf(helper, 'purl'), ...toStrings(memberOf(helper, 'purls')), memberOf(helper, 'cpe')]
    .map(textOf)
    .filter((text) => text !== undefined);
  const digests = objectsOf(memberOf(helper, 'hashes')).flatMap((hashes) =>
    objectsOf(hashes['file_hashes']).flatMap(({ algorithm, value }) => digestOf(algorithm, value) ?? []),
  );
  return names.length === 0 && digests.length === 0 ? undefined : { names, digests };
}
