/**
 * SPDX 2.2 and 2.3 as JSON: packages with a package URL among their external references. The package that stands for the image has none, or one of type oci.
 *
 * @see https://spdx.github.io/spdx-spec/v2.3/
 */
import type { Parsed } from '../../foundation/base/result.ts';
import { isJsonObject, toStrings, toText, type JsonObject } from '../../foundation/formats/json.ts';
import { parseFurtherPath, parsePlace } from '../../foundation/formats/package-place.ts';
import { isDiffId, isDigest, toImagePath, type ImagePath } from '../../foundation/model/brand.ts';
import type { Distro } from '../../foundation/model/image.ts';
import type { ListedNeeds, ListedPackage, ListedPlace, SbomContents } from './contents.ts';
import { toPackages } from './contents.ts';

/** The specification writes it with a hyphen, the schema of its JSON form with an underscore. */
const OPERATING_SYSTEM: ReadonlySet<string> = new Set(['OPERATING-SYSTEM', 'OPERATING_SYSTEM']);
/** Purposes of packages that are not something installed. */
const NOT_INSTALLED: ReadonlySet<string> = new Set([...OPERATING_SYSTEM, 'CONTAINER', 'FILE', 'ARCHIVE', 'SOURCE']);

/** Relations that say it the other way round: what stands first is needed by what stands second. */
const DEPENDENCY_OF: ReadonlySet<string> = new Set(['DEPENDENCY_OF', 'RUNTIME_DEPENDENCY_OF', 'OPTIONAL_DEPENDENCY_OF']);

/** Returns what the document says. */
export function readSpdx(document: JsonObject): Parsed<SbomContents> {
  const packages = (Array.isArray(document['packages']) ? document['packages'] : []).filter(isJsonObject);
  const described = describedBy(document);
  const root = packages.find((entry) => described.has(toText(entry['SPDXID']) ?? ''));
  const system = packages.find((entry) => OPERATING_SYSTEM.has(toText(entry['primaryPackagePurpose']) ?? ''));
  const installed = packages.filter((entry) => entry !== root && !NOT_INSTALLED.has(toText(entry['primaryPackagePurpose']) ?? ''));
  const texts = licenseTextsOf(document);
  const { value, problems } = toPackages(
    installed.map((entry) => toListed(entry, texts)),
    needsOf(document),
    toDistro(system),
  );
  const comment = toText(root?.['comment']) ?? '';
  const diffIds = [...comment.matchAll(/sha256:[0-9a-f]{64}/g)].flatMap(([digest]) => (isDiffId(digest) ? digest : []));
  const [, os, architecture] = /^Platform ([a-z0-9]+)\/([a-z0-9_]+)/.exec(comment) ?? [];
  const digest = toText(root?.['versionInfo']);
  const name = toText(root?.['name']) ?? toText(document['name']);
  return {
    value: {
      ...value,
      diffIds,
      ...(name !== undefined && { name }),
      ...(isDigest(digest) && { digest }),
      ...(os !== undefined && { os }),
      ...(architecture !== undefined && { architecture }),
    },
    problems,
  };
}

/** Named by `documentDescribes`, or by a relationship of the document. */
function describedBy(document: JsonObject): ReadonlySet<string> {
  const relationships = Array.isArray(document['relationships']) ? document['relationships'] : [];
  const related = relationships.flatMap((entry) =>
    isJsonObject(entry) && entry['relationshipType'] === 'DESCRIBES' ? (toText(entry['relatedSpdxElement']) ?? []) : [],
  );
  return new Set([...toStrings(document['documentDescribes']), ...related]);
}

function needsOf(document: JsonObject): ListedNeeds {
  const relationships = Array.isArray(document['relationships']) ? document['relationships'].filter(isJsonObject) : [];
  const needs = new Map<string, string[]>();
  for (const relationship of relationships) {
    const type = toText(relationship['relationshipType']) ?? '';
    const ends = [toText(relationship['spdxElementId']), toText(relationship['relatedSpdxElement'])];
    const [dependent, needed] = type === 'DEPENDS_ON' ? ends : DEPENDENCY_OF.has(type) ? ends.toReversed() : [];
    if (dependent === undefined || needed === undefined) continue;
    const known = needs.get(dependent);
    if (known === undefined) needs.set(dependent, [needed]);
    else known.push(needed);
  }
  return needs;
}

/** Licences that are not on SPDX's list stand in expressions by a reference; this is what each refers to. */
function licenseTextsOf(document: JsonObject): ReadonlyMap<string, string> {
  const list = Array.isArray(document['hasExtractedLicensingInfos']) ? document['hasExtractedLicensingInfos'].filter(isJsonObject) : [];
  return new Map(
    list.flatMap((entry) => {
      const id = toText(entry['licenseId']);
      const text = toText(entry['name']) ?? toText(entry['extractedText']);
      return id === undefined || text === undefined ? [] : [[id, text] as const];
    }),
  );
}

function toListed(entry: JsonObject, licenseTexts: ReadonlyMap<string, string>): ListedPackage {
  const sourceInfo = toText(entry['sourceInfo']) ?? '';
  const [, sourceName, sourceVersion] = /^built (?:from|package from:) (\S{1,200}) (\S{1,200})$/m.exec(sourceInfo) ?? [];
  const [, modularityLabel] = /^module stream (\S{1,400})$/m.exec(sourceInfo) ?? [];
  const license = toText(entry['licenseDeclared']);
  const name = toText(entry['name']);
  const ref = toText(entry['SPDXID']);
  const vendor = supplierOf(entry);
  return {
    purl: purlOf(entry),
    ...(ref !== undefined && { ref }),
    ...(name !== undefined && { name }),
    label: `${name ?? '?'} ${toText(entry['versionInfo']) ?? ''}`.trim(),
    licenses: license === undefined || license === 'NOASSERTION' || license === 'NONE' ? [] : splitLicenses(license, licenseTexts),
    places: placesOf(sourceInfo),
    paths: pathsOf(sourceInfo),
    ...(vendor !== undefined && { vendor }),
    ...(modularityLabel !== undefined && { modularityLabel }),
    ...(/^built by others than the distribution$/m.test(sourceInfo) && { thirdParty: true }),
    ...(sourceName !== undefined && sourceVersion !== undefined && { sourcePackage: { name: sourceName, version: sourceVersion } }),
  };
}

/** An expression is one licence; one that refers to texts is taken apart at its outer ANDs, so that each text stands for itself. */
function splitLicenses(expression: string, texts: ReadonlyMap<string, string>): readonly string[] {
  if (!expression.includes('LicenseRef-')) return [expression];
  const terms: string[][] = [[]];
  let depth = 0;
  for (const token of expression.match(/[()]|[^\s()]+/g) ?? []) {
    if (token === '(') depth++;
    else if (token === ')') depth--;
    if (token === 'AND' && depth === 0) terms.push([]);
    else terms.at(-1)?.push(texts.get(token) ?? token);
  }
  return terms.map((words) => words.join(' ').replaceAll('( ', '(').replaceAll(' )', ')')).map((term) => /^\(([^()]*)\)$/.exec(term)?.[1] ?? term);
}

function supplierOf(entry: JsonObject): string | undefined {
  return /^Organization: (.{1,1000})$/.exec(toText(entry['supplier']) ?? '')?.[1];
}

/** Our own lines, one for each place, each further file of it on a line of its own. None when the document is another's. */
function placesOf(sourceInfo: string): readonly ListedPlace[] {
  const places: (ListedPlace & { readonly paths: ImagePath[] })[] = [];
  for (const line of sourceInfo.split('\n')) {
    const found = parsePlace(line);
    if (found !== undefined) {
      const { path, ...place } = found;
      places.push({ ...place, paths: path === undefined ? [] : [path] });
      continue;
    }
    const further = parseFurtherPath(line);
    if (further !== undefined) places.at(-1)?.paths.push(further);
  }
  return places;
}

/** Syft's way to say it: `acquired package info from DPKG DB: /var/lib/dpkg/status, /usr/share/doc/bash/copyright`. */
function pathsOf(sourceInfo: string): readonly ImagePath[] {
  const [, list = ''] = /^acquired package info from [^:]{1,100}: (.+)$/.exec(sourceInfo) ?? [];
  return list.split(', ').flatMap((path) => toImagePath(path) ?? []);
}

function purlOf(entry: JsonObject): string | undefined {
  const references = Array.isArray(entry['externalRefs']) ? entry['externalRefs'] : [];
  const found = references.filter(isJsonObject).find((reference) => reference['referenceType'] === 'purl');
  return toText(found?.['referenceLocator']);
}

function toDistro(system: JsonObject | undefined): Distro | undefined {
  const id = toText(system?.['name'])?.toLowerCase();
  const prettyName = toText(system?.['description']);
  return id ? { id, versionId: toText(system?.['versionInfo']) ?? '', idLike: [], ...(prettyName && { prettyName }) } : undefined;
}
