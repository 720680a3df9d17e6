import { piecesOf } from './feed.ts';
import type { FeedFile } from './feed.ts';
import { readCriteria } from './oval-criteria.ts';
import type { OvalCriteria } from './oval-criteria.ts';
import { readTables } from './oval-tables.ts';
import type { OvalTables } from './oval-tables.ts';
import { attributeOf, childOf, childrenOf, readElements } from './xml-elements.ts';
import type { XmlElement } from './xml-elements.ts';

/** A `cve` element: `id` is its text, the rest its attributes, which every publisher names differently. */
export interface OvalCve {
  readonly id: string;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface OvalDefinition {
  readonly id: string;
  /** patch · vulnerability · inventory · miscellaneous */
  readonly class: string;
  readonly title: string;
  readonly platforms: readonly string[];
  readonly references: readonly { readonly source: string; readonly id: string }[];
  readonly cves: readonly OvalCve[];
  /** CVE ids in the description: all that some publishers give. */
  readonly mentionedCves: readonly string[];
  readonly severity: string;
  /** Who the advisory is from: an address, or a CPE. */
  readonly from: string;
  /** As its publisher writes a day: '2023-11-28' for the most part. */
  readonly issued: string;
  readonly cpes: readonly string[];
  /** Red Hat, of what has no fix: what it will do about which components. */
  readonly resolutions: readonly { readonly state: string; readonly components: readonly string[] }[];
  /** Debian's advisory. */
  readonly dsa: string;
  /** Microsoft's word for whether there is a fix: 'true', 'false', 'Not Applicable'. */
  readonly patchable: string;
  readonly criteria: OvalCriteria | undefined;
}

export interface OvalDocument {
  readonly tables: OvalTables;
  readonly definitions: Iterable<
    { readonly definition: OvalDefinition; readonly problem?: undefined } | { readonly definition?: undefined; readonly problem: string }
  >;
}

/**
 * Reads an OVAL document: its tables first, then its definitions one by one, each with its criteria as a tree. The file is gone through twice, since what definitions point to stands
 * behind them, and no more than the tables is kept.
 * @see https://oval.mitre.org/language/version5.11/
 */
export function readOval(file: FeedFile): OvalDocument {
  return { tables: readTables(file), definitions: readDefinitions(file) };
}

function* readDefinitions(file: FeedFile): OvalDocument['definitions'] & Generator {
  for (const { element, problem } of readElements(piecesOf(file), (local) => local === 'definition')) {
    yield element === undefined ? { problem } : { definition: toDefinition(element) };
  }
}

function toDefinition(element: XmlElement): OvalDefinition {
  const metadata = childOf(element, 'metadata');
  const advisory = childOf(metadata, 'advisory') ?? metadata;
  const criteria = childOf(element, 'criteria');
  return {
    id: attributeOf(element, 'id'),
    class: attributeOf(element, 'class'),
    title: textOf(metadata, 'title'),
    platforms: childrenOf(childOf(metadata, 'affected'), 'platform').map(({ text }) => text),
    references: childrenOf(metadata, 'reference').map((reference) => ({
      source: attributeOf(reference, 'source'),
      id: attributeOf(reference, 'ref_id'),
    })),
    cves: childrenOf(advisory, 'cve').map(({ text, attributes }) => ({ id: text, attributes })),
    mentionedCves: [...new Set(textOf(metadata, 'description').match(/CVE-\d{4}-\d{4,19}/g) ?? [])],
    severity: textOf(advisory, 'severity'),
    from: attributeOf(advisory, 'from'),
    issued: attributeOf(childOf(advisory, 'issued'), 'date'),
    cpes: childrenOf(childOf(advisory, 'affected_cpe_list'), 'cpe').map(({ text }) => text),
    resolutions: childrenOf(childOf(advisory, 'affected'), 'resolution').map((resolution) => ({
      state: attributeOf(resolution, 'state'),
      components: childrenOf(resolution, 'component').map(({ text }) => text),
    })),
    dsa: textOf(childOf(metadata, 'debian'), 'dsa'),
    patchable: textOf(metadata, 'patchable'),
    criteria: criteria === undefined ? undefined : readCriteria(criteria),
  };
}

function textOf(element: XmlElement | undefined, local: string): string {
  return childOf(element, local)?.text ?? '';
}
