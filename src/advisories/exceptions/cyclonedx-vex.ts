/**
 * The `vulnerabilities` of CycloneDX documents (JSON, 1.4 and later), alone or in a bill of materials.
 * @see https://cyclonedx.org/capabilities/vex/
 */
import { MAX_SBOM_DEPTH, MAX_VEX_NAMES } from '../../foundation/base/limits.ts';
import type { JsonObject } from '../../foundation/formats/json.ts';
import type { VexDocument, VexName, VexStatement, VexStatus, VexSubject } from './exception.ts';
import { digestOf, memberOf, objectsOf, textOf, timeOf } from './json-values.ts';

/** What CycloneDX's states come to. A false positive is a product that is not affected. */
const statuses: ReadonlyMap<string, VexStatus> = new Map([
  ['resolved', 'fixed'],
  ['resolved_with_pedigree', 'fixed'],
  ['exploitable', 'affected'],
  ['in_triage', 'under_investigation'],
  ['false_positive', 'not_affected'],
  ['not_affected', 'not_affected'],
]);

/** Returns what a CycloneDX document says of vulnerabilities; those without an analysis are only listed there and nothing is said of them. */
export function readCycloneDxVex(document: JsonObject, source: string): VexDocument {
  const statements: VexStatement[] = [];
  const notices: string[] = [];
  const components = indexComponents(document);
  const bomTime = timeOf(memberOf(memberOf(document, 'metadata'), 'timestamp'));
  const author = authorOf(memberOf(document, 'metadata'));
  const list = memberOf(document, 'vulnerabilities');
  if (!Array.isArray(list)) return { statements, notices: [`${source} has no vulnerabilities`] };
  for (const [index, vulnerability] of list.entries()) {
    const analysis = memberOf(vulnerability, 'analysis');
    if (analysis === undefined) continue;
    const read = readStatement(vulnerability, analysis, components);
    if (typeof read === 'string') {
      notices.push(`vulnerability ${index + 1} of ${source} is not heeded: ${read}`);
      continue;
    }
    const timestamp = read.timestamp ?? bomTime;
    statements.push({ ...read, source, ...(author !== undefined && { author }), ...(timestamp !== undefined && { timestamp }) });
  }
  return { statements, notices };
}

function readStatement(vulnerability: unknown, analysis: unknown, components: ReadonlyMap<string, VexName>): Omit<VexStatement, 'source'> | string {
  const ids = [memberOf(vulnerability, 'id'), ...objectsOf(memberOf(vulnerability, 'references')).map((reference) => reference['id'])]
    .map(textOf)
    .filter((id) => id !== undefined)
    .slice(0, MAX_VEX_NAMES);
  if (ids.length === 0) return 'it has no id';
  const status = statuses.get(textOf(memberOf(analysis, 'state')) ?? '');
  if (status === undefined) return 'the state of its analysis is none of CycloneDX';
  const affects = objectsOf(memberOf(vulnerability, 'affects')).slice(0, MAX_VEX_NAMES);
  const subjects = affects.flatMap((affected) => toSubject(affected, components) ?? []);
  if (subjects.length === 0)
    return affects.length === 0 ? 'it affects nothing' : 'what it affects is neither a component of the document nor a package URL';
  const justification = textOf(memberOf(analysis, 'justification'));
  const text = textOf(memberOf(analysis, 'detail'));
  const timestamp = ['lastUpdated', 'firstIssued'].map((name) => timeOf(memberOf(analysis, name))).find((time) => time !== undefined);
  const updated = timestamp ?? timeOf(memberOf(vulnerability, 'updated')) ?? timeOf(memberOf(vulnerability, 'published'));
  return {
    ids: [...new Set(ids)],
    subjects,
    status,
    ...(justification !== undefined && { justification }),
    ...(text !== undefined && { text }),
    ...(updated !== undefined && { timestamp: updated }),
  };
}

/** `ref` is a component's `bom-ref`, a link to one in another document (`urn:cdx:serial/version#ref`), or simply a package URL. */
function toSubject(affected: JsonObject, components: ReadonlyMap<string, VexName>): VexSubject | undefined {
  const ref = textOf(affected['ref']);
  if (ref === undefined) return undefined;
  const linked = ref.startsWith('urn:cdx:') ? decode(ref.slice(ref.indexOf('#') + 1)) : ref;
  const known = components.get(linked);
  if (known !== undefined) return { product: known, parts: [] };
  return linked.startsWith('pkg:') ? { product: { names: [linked], digests: [] }, parts: [] } : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The components by `bom-ref`, those inside others too, and the one that the document is about. */
function indexComponents(document: JsonObject): ReadonlyMap<string, VexName> {
  const found = new Map<string, VexName>();
  const add = (component: JsonObject, depth: number): void => {
    const ref = textOf(component['bom-ref']);
    const name = nameOf(component);
    if (ref !== undefined && name !== undefined) found.set(ref, name);
    if (depth < MAX_SBOM_DEPTH) for (const inner of objectsOf(component['components'])) add(inner, depth + 1);
  };
  for (const component of objectsOf(memberOf(document, 'components'))) add(component, 0);
  const root = memberOf(memberOf(document, 'metadata'), 'component');
  for (const component of objectsOf([root])) add(component, 0);
  return found;
}

/** A container is known by its package URL, its name (a reference, as Plimsoll's own documents have it) and its digest; a package by its package URL alone. */
function nameOf(component: JsonObject): VexName | undefined {
  const isImage = component['type'] === 'container';
  const names = [component['purl'], ...(isImage ? [component['name']] : [])].map(textOf).filter((text) => text !== undefined);
  const hashes = isImage ? objectsOf(component['hashes']).map(({ alg, content }) => digestOf(alg, content)) : [];
  const version = textOf(component['version']);
  const digests = [...hashes, isImage && version !== undefined && /^sha(?:256|512):[0-9a-f]+$/.test(version) ? version : undefined];
  const name = { names, digests: digests.filter((digest) => digest !== undefined) };
  return name.names.length === 0 && name.digests.length === 0 ? undefined : name;
}

function authorOf(metadata: unknown): string | undefined {
  const parties = [
    ...objectsOf(memberOf(metadata, 'authors')),
    ...objectsOf([memberOf(metadata, 'supplier'), memberOf(metadata, 'manufacturer'), memberOf(metadata, 'manufacture')]),
  ];
  return parties.map(({ name }) => textOf(name)).find((name) => name !== undefined);
}
