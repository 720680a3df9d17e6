/**
 * SPDX 2.2 and 2.3 as JSON: packages with a package URL among their external references. The package that stands for the image has none, or one of type oci.
 *
 * @see https://spdx.github.io/spdx-spec/v2.3/
 */
import type { Parsed } from '../../foundation/base/result.ts';
import { isJsonObject, toStrings, toText, type JsonObject } from '../../foundation/formats/json.ts';
import { isDiffId, isDigest, toImagePath, type ImagePath } from '../../foundation/model/brand.ts';
import type { Distro } from '../../foundation/model/image.ts';
import type { ListedPackage, SbomContents } from './contents.ts';
import { toPackages } from './contents.ts';

/** Purposes of packages that are not something installed. */
const NOT_INSTALLED: ReadonlySet<string> = new Set(['CONTAINER', 'OPERATING-SYSTEM', 'FILE', 'ARCHIVE', 'SOURCE']);

/** Returns what the document says. */
export function readSpdx(document: JsonObject): Parsed<SbomContents> {
  const packages = (Array.isArray(document['packages']) ? document['packages'] : []).filter(isJsonObject);
  const described = describedBy(document);
  const root = packages.find((entry) => described.has(toText(entry['SPDXID']) ?? ''));
  const system = packages.find((entry) => entry['primaryPackagePurpose'] === 'OPERATING-SYSTEM');
  const installed = packages.filter((entry) => entry !== root && !NOT_INSTALLED.has(toText(entry['primaryPackagePurpose']) ?? ''));
  const { value, problems } = toPackages(installed.map(toListed), toDistro(system));
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

function toListed(entry: JsonObject): ListedPackage {
  const sourceInfo = toText(entry['sourceInfo']) ?? '';
  const [, path] = /^read from (.{1,4000}?), layer \d/.exec(sourceInfo) ?? [];
  const [, layer] = /\blayer (\d{1,4})\b/.exec(sourceInfo) ?? [];
  const [, sourceName, sourceVersion] =
    /, built from (\S{1,200}) (\S{1,200})$/.exec(sourceInfo) ?? /^built package from: (\S{1,200}) (\S{1,200})$/.exec(sourceInfo) ?? [];
  const license = toText(entry['licenseDeclared']);
  const name = toText(entry['name']);
  return {
    purl: purlOf(entry),
    ...(name !== undefined && { name }),
    label: `${name ?? '?'} ${toText(entry['versionInfo']) ?? ''}`.trim(),
    licenses: license === undefined || license === 'NOASSERTION' || license === 'NONE' ? [] : [license],
    paths: toPaths(path),
    ...(layer !== undefined && { layer: Number(layer) }),
    ...(sourceName !== undefined && sourceVersion !== undefined && { sourcePackage: { name: sourceName, version: sourceVersion } }),
  };
}

function toPaths(path: string | undefined): readonly ImagePath[] {
  const found = path === undefined ? undefined : toImagePath(path);
  return found === undefined ? [] : [found];
}

function purlOf(entry: JsonObject): string | undefined {
  const references = Array.isArray(entry['externalRefs']) ? entry['externalRefs'] : [];
  const found = references.filter(isJsonObject).find((reference) => reference['referenceType'] === 'purl');
  return toText(found?.['referenceLocator']);
}

function toDistro(system: JsonObject | undefined): Distro | undefined {
  const id = toText(system?.['name'])?.toLowerCase();
  return id ? { id, versionId: toText(system?.['versionInfo']) ?? '', idLike: [] } : undefined;
}
