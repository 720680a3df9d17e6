/**
 * OpenVEX documents, of specification 0.0.x and 0.2.0.
 * @see https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md
 */
import { MAX_VEX_NAMES } from '../../foundation/base/limits.ts';
import { toStrings, type JsonObject } from '../../foundation/formats/json.ts';
import { vexStatuses, type VexDocument, type VexName, type VexStatement, type VexSubject } from './exception.ts';
import { digestOf, memberOf, textOf, timeOf } from './json-values.ts';

/** True for what says of itself that it is OpenVEX. */
export function isOpenVex(document: JsonObject): boolean {
  const contexts = [memberOf(document, '@context')].flat();
  return contexts.some((context) => typeof context === 'string' && /^https?:\/\/openvex\.dev\/ns(?:\/|$)/.test(context));
}

/** Returns what an OpenVEX document says. A statement that the specification calls invalid is not among the statements but among the notices. */
export function readOpenVex(document: JsonObject, source: string): VexDocument {
  const statements: VexStatement[] = [];
  const notices: string[] = [];
  const list = memberOf(document, 'statements');
  if (!Array.isArray(list)) return { statements, notices: [`${source} has no statements`] };
  for (const [index, statement] of list.entries()) {
    const read = readStatement(statement, document, source);
    if (typeof read === 'string') notices.push(`statement ${index + 1} of ${source} is not heeded: ${read}`);
    else statements.push(read);
  }
  return { statements, notices };
}

/** A text says why it is none. */
function readStatement(statement: unknown, document: JsonObject, source: string): VexStatement | string {
  const ids = readIds(memberOf(statement, 'vulnerability'));
  if (ids.length === 0) return 'it names no vulnerability';
  const given = memberOf(statement, 'status');
  const status = vexStatuses.find((known) => known === given);
  if (status === undefined) return 'its status is none of OpenVEX';
  // Of a statement without products those of the document count, which only the oldest documents have.
  const subjects = readSubjects(memberOf(statement, 'products') ?? memberOf(document, 'products'), memberOf(statement, 'subcomponents'));
  if (subjects.length === 0) return 'it names no product';
  const justification = textOf(memberOf(statement, 'justification'));
  const impact = textOf(memberOf(statement, 'impact_statement')) ?? textOf(memberOf(statement, 'impact'));
  if (status === 'not_affected' && justification === undefined && impact === undefined)
    return 'it says not_affected and not why (a justification or an impact_statement)';
  const text = impact ?? textOf(memberOf(statement, 'action_statement')) ?? textOf(memberOf(statement, 'status_notes'));
  const author = textOf(memberOf(statement, 'supplier')) ?? textOf(memberOf(document, 'author'));
  const timestamp = timesOf(statement) ?? timesOf(document);
  return {
    source,
    ids,
    subjects,
    status,
    ...(author !== undefined && { author }),
    ...(justification !== undefined && { justification }),
    ...(text !== undefined && { text }),
    ...(timestamp !== undefined && { timestamp }),
  };
}

function timesOf(object: unknown): string | undefined {
  return timeOf(memberOf(object, 'last_updated')) ?? timeOf(memberOf(object, 'timestamp'));
}

/** A text in old documents, an object in new ones. */
function readIds(vulnerability: unknown): readonly string[] {
  const named = [textOf(vulnerability), textOf(memberOf(vulnerability, 'name'))];
  const ids = [...named, ...toStrings(memberOf(vulnerability, 'aliases')).map(textOf)].filter((id) => id !== undefined);
  // `@id` is an address that ends in the id, or the id itself.
  const address = textOf(memberOf(vulnerability, '@id'));
  const last = address?.slice(address.lastIndexOf('/') + 1);
  return [...new Set([...ids, ...(ids.length === 0 && last !== undefined && last !== '' ? [last] : [])])].slice(0, MAX_VEX_NAMES);
}

function readSubjects(products: unknown, shared: unknown): readonly VexSubject[] {
  if (!Array.isArray(products)) return [];
  const sharedParts = readNames(shared);
  return products.slice(0, MAX_VEX_NAMES).flatMap((product: unknown) => {
    const name = readName(product);
    const listed = memberOf(product, 'subcomponents');
    const own = readNames(listed);
    // Parts that are listed and cannot be read must not widen the statement to the whole product.
    if (name === undefined || (isListed(listed) && own.length === 0) || (isListed(shared) && sharedParts.length === 0)) return [];
    return [{ product: name, parts: own.length > 0 ? own : sharedParts }];
  });
}

function isListed(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

function readNames(list: unknown): readonly VexName[] {
  return Array.isArray(list) ? list.slice(0, MAX_VEX_NAMES).flatMap((item: unknown) => readName(item) ?? []) : [];
}

function readName(component: unknown): VexName | undefined {
  const identifiers = memberOf(component, 'identifiers');
  const names = [component, memberOf(component, '@id'), ...['purl', 'cpe22', 'cpe23'].map((kind) => memberOf(identifiers, kind))].map(textOf);
  const hashes = memberOf(component, 'hashes');
  const digests = ['sha-256', 'sha-512', 'sha256', 'sha512'].map((algorithm) => digestOf(algorithm, memberOf(hashes, algorithm)));
  const name = { names: [...new Set(names.filter((text) => text !== undefined))], digests: digests.filter((digest) => digest !== undefined) };
  return name.names.length === 0 && name.digests.length === 0 ? undefined : name;
}
