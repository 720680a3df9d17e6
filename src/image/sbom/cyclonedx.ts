/**
 * CycloneDX as JSON, versions 1.2 to 1.6: components, nested ones too. Files, operating systems and the image itself are no packages.
 *
 * @see https://cyclonedx.org/docs/1.6/json/
 */
import { MAX_SBOM_DEPTH } from '../../foundation/base/limits.ts';
import type { Parsed } from '../../foundation/base/result.ts';
import { isJsonObject, toStrings, toText, type JsonObject } from '../../foundation/formats/json.ts';
import { parsePlaceDetail } from '../../foundation/formats/package-place.ts';
import { isDiffId, isDigest, toImagePath, type DiffId, type ImagePath } from '../../foundation/model/brand.ts';
import type { Distro } from '../../foundation/model/image.ts';
import type { ListedNeeds, ListedPackage, ListedPlace, SbomContents } from './contents.ts';
import { toPackages } from './contents.ts';

/** Component types that stand for something installed. */
const PACKAGES: ReadonlySet<string> = new Set(['library', 'framework', 'application']);

/** Returns what the document says. */
export function readCycloneDx(document: JsonObject): Parsed<SbomContents> {
  const metadata = memberOf(document, 'metadata');
  const root = memberOf(metadata, 'component');
  const components = [...walkComponents(document['components'], 0)];
  const diffIds = diffIdsOf(root);
  const distro = distroOf(components);
  const { value, problems } = toPackages(
    components.filter(isPackage).map((component) => toListed(component, diffIds)),
    needsOf(document['dependencies']),
    distro,
  );
  const properties = propertiesOf(root);
  const digest = toText(root?.['version']);
  const name = toText(root?.['name']);
  const os = properties.get('plimsoll:platform:os');
  const architecture = properties.get('plimsoll:platform:architecture');
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

function* walkComponents(list: unknown, depth: number): Generator<JsonObject, void, undefined> {
  if (!Array.isArray(list) || depth > MAX_SBOM_DEPTH) return;
  for (const component of list) {
    if (!isJsonObject(component)) continue;
    yield component;
    yield* walkComponents(component['components'], depth + 1);
  }
}

/** Trivy has an application for each lock file and each kind of package, which only holds the others together. */
function isPackage(component: JsonObject): boolean {
  if (!PACKAGES.has(toText(component['type']) ?? '')) return false;
  return component['purl'] !== undefined || !propertiesOf(component).has('aquasecurity:trivy:Class');
}

function needsOf(list: unknown): ListedNeeds {
  const dependencies = Array.isArray(list) ? list.filter(isJsonObject) : [];
  return new Map(
    dependencies.flatMap((entry) => {
      const ref = toText(entry['ref']);
      return ref === undefined ? [] : [[ref, toStrings(entry['dependsOn'])] as const];
    }),
  );
}

function toListed(component: JsonObject, diffIds: readonly DiffId[]): ListedPackage {
  const properties = propertiesOf(component);
  const group = toText(component['group']);
  const name = toText(component['name']) ?? '?';
  const layer = layerOf(properties, diffIds);
  const source = sourceOf(properties);
  const ref = toText(component['bom-ref']);
  const vendor = toText(memberOf(component, 'supplier')?.['name']);
  const modularityLabel = firstOf(properties, [
    'plimsoll:package:modularity-label',
    'syft:metadata:modularityLabel',
    'aquasecurity:trivy:Modularitylabel',
  ]);
  return {
    purl: toText(component['purl']),
    label: `${group ? `${group}/` : ''}${name} ${toText(component['version']) ?? ''}`.trim(),
    name,
    licenses: licensesOf(component['licenses']),
    places: placesOf(component),
    paths: pathsOf(component, properties),
    ...(ref !== undefined && { ref }),
    ...(group !== undefined && { group }),
    ...(vendor !== undefined && { vendor }),
    ...(modularityLabel !== undefined && { modularityLabel }),
    ...(properties.get('plimsoll:package:third-party') === 'true' && { thirdParty: true }),
    ...(layer !== undefined && { layer }),
    ...(source !== undefined && { sourcePackage: source }),
  };
}

/** Ours, Trivy's and Syft's say which layer a package is from by its diffId. */
function layerOf(properties: ReadonlyMap<string, string>, diffIds: readonly DiffId[]): number | undefined {
  const diffId =
    properties.get('plimsoll:layer:diffId') ?? properties.get('aquasecurity:trivy:LayerDiffID') ?? properties.get('syft:location:0:layerID');
  const index = diffIds.findIndex((candidate) => candidate === diffId);
  return index < 0 ? undefined : index;
}

function sourceOf(properties: ReadonlyMap<string, string>): ListedPackage['sourcePackage'] {
  const ours = properties.get('plimsoll:package:source-name');
  if (ours !== undefined) return { name: ours, version: properties.get('plimsoll:package:source-version') ?? '' };
  const name = properties.get('aquasecurity:trivy:SrcName');
  const version = properties.get('aquasecurity:trivy:SrcVersion');
  if (name === undefined || version === undefined) return undefined;
  const epoch = properties.get('aquasecurity:trivy:SrcEpoch');
  const release = properties.get('aquasecurity:trivy:SrcRelease');
  return { name, version: `${epoch === undefined ? '' : `${epoch}:`}${version}${release === undefined ? '' : `-${release}`}` };
}

/** Our own occurrences: those with a context begin a place, those without one belong to the place before them. None when the bill is another's. */
function placesOf(component: JsonObject): readonly ListedPlace[] {
  const places: (ListedPlace & { readonly paths: ImagePath[] })[] = [];
  for (const occurrence of occurrencesOf(component)) {
    const path = toImagePath(toText(occurrence['location']) ?? '');
    if (path === undefined) continue;
    const detail = parsePlaceDetail(toText(occurrence['additionalContext']) ?? '');
    if (detail !== undefined) places.push({ ...detail, paths: [path] });
    else if (occurrence['additionalContext'] === undefined) places.at(-1)?.paths.push(path);
  }
  return places;
}

function occurrencesOf(component: JsonObject): readonly JsonObject[] {
  const occurrences = memberOf(component, 'evidence')?.['occurrences'];
  return Array.isArray(occurrences) ? occurrences.filter(isJsonObject) : [];
}

function pathsOf(component: JsonObject, properties: ReadonlyMap<string, string>): readonly ImagePath[] {
  const located = occurrencesOf(component).map((occurrence) => toText(occurrence['location']));
  const named = [properties.get('aquasecurity:trivy:FilePath'), properties.get('syft:location:0:path')];
  return [...located, ...named].flatMap((path) => (path === undefined ? [] : (toImagePath(path) ?? [])));
}

function licensesOf(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((choice) => {
    if (!isJsonObject(choice)) return [];
    const license = memberOf(choice, 'license');
    return toText(choice['expression']) ?? toText(license?.['id']) ?? toText(license?.['name']) ?? [];
  });
}

function distroOf(components: readonly JsonObject[]): Distro | undefined {
  const system = components.find((component) => component['type'] === 'operating-system');
  const id = toText(system?.['name'])?.toLowerCase();
  if (system === undefined || !id) return undefined;
  const prettyName = toText(system['description']);
  return { id, versionId: toText(system['version']) ?? '', idLike: [], ...(prettyName && { prettyName }) };
}

/** Ours number the layers; Trivy repeats one property. */
function diffIdsOf(root: JsonObject | undefined): readonly DiffId[] {
  const list = Array.isArray(root?.['properties']) ? root['properties'] : [];
  return list.flatMap((property) => {
    if (!isJsonObject(property) || !/^(?:plimsoll:layer:\d{1,4}:diffId|aquasecurity:trivy:DiffID)$/.test(toText(property['name']) ?? '')) return [];
    return isDiffId(property['value']) ? property['value'] : [];
  });
}

function firstOf(properties: ReadonlyMap<string, string>, names: readonly string[]): string | undefined {
  return names.map((name) => properties.get(name)).find((value) => value !== undefined && value !== '');
}

function propertiesOf(component: JsonObject | undefined): ReadonlyMap<string, string> {
  const list = Array.isArray(component?.['properties']) ? component['properties'] : [];
  return new Map(
    list.flatMap((property) => {
      const name = isJsonObject(property) ? toText(property['name']) : undefined;
      const value = isJsonObject(property) ? toText(property['value']) : undefined;
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function memberOf(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = object?.[name];
  return isJsonObject(value) ? value : undefined;
}
