import { compareText } from '../../../foundation/base/order.ts';
import { formatPlaceDetail } from '../../../foundation/formats/package-place.ts';
import type { InstalledPackage, PackageType } from '../../../foundation/model/package.ts';
import type { ScanReport } from '../../../foundation/model/report.ts';
import { toBill, type BillEntry, type BillPlace } from '../bill-of-materials.ts';
import { toVulnerabilities } from '../cyclonedx-vulnerabilities.ts';
import { toUuid } from '../deterministic-uuid.ts';
import type { ReportRenderer } from '../renderer.ts';
import { toSpdxExpression, toSpdxId } from '../spdx-license.ts';
import { toStableJson } from '../stable-json.ts';
import { distroName, imageName } from '../wording.ts';

/** CycloneDX 1.6: the packages, what each needs, and the vulnerabilities found in them. @see https://cyclonedx.org/docs/1.6/json/ */
export const renderer: ReportRenderer = {
  id: 'cyclonedx',
  mediaType: 'application/vnd.cyclonedx+json',
  render(report, options) {
    const bill = toBill(report.packages);
    const root = imageComponent(report);
    const components = [...distroComponents(report), ...bill.map((entry) => toComponent(entry, report))];
    const dependencies = toDependencies(root, components, bill);
    const vulnerabilities = toVulnerabilities(report, new Set(bill.map(({ installed }) => installed.purl)));
    const content = { root, components, dependencies, vulnerabilities };
    return toStableJson(
      {
        $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
        bomFormat: 'CycloneDX',
        specVersion: '1.6',
        serialNumber: `urn:uuid:${toUuid(JSON.stringify(content))}`,
        version: 1,
        metadata: {
          timestamp: options.createdAt.toISOString(),
          lifecycles: [{ phase: 'post-build' }],
          tools: { components: [{ type: 'application', name: 'plimsoll', version: options.toolVersion }] },
          component: root,
          properties: [
            property('plimsoll:status', report.status),
            property('plimsoll:advisories:source', report.advisories.source),
            property('plimsoll:advisories:full', String(report.advisories.full)),
            ...report.problems.map(({ message, path }) => property('plimsoll:problem', path === undefined ? message : `${path}: ${message}`)),
          ],
        },
        components,
        dependencies,
        // What is listed was found; an unreadable layer may have held more. Nor does every package say what it needs.
        compositions: [
          {
            aggregate: report.status === 'complete' ? 'unknown' : 'incomplete',
            assemblies: [root['bom-ref']],
            dependencies: dependencies.map(({ ref }) => ref),
          },
        ],
        ...(vulnerabilities.length === 0 ? {} : { vulnerabilities }),
      },
      ['$schema', 'bomFormat', 'specVersion', 'serialNumber', 'version', 'metadata', 'components', 'dependencies', 'compositions', 'vulnerabilities'],
    );
  },
};

interface Component {
  readonly type: string;
  readonly 'bom-ref': string;
  readonly name: string;
}

interface Dependency {
  readonly ref: string;
  readonly dependsOn?: readonly string[];
}

interface Property {
  readonly name: string;
  readonly value: string;
}

function property(name: string, value: string): Property {
  return { name, value };
}

function imageComponent(report: ScanReport): Component {
  const { digest, platform } = report.image;
  const [algorithm = '', content = ''] = (digest ?? '').split(':');
  const hash = algorithm === 'sha256' ? 'SHA-256' : algorithm === 'sha512' ? 'SHA-512' : undefined;
  return {
    type: 'container',
    'bom-ref': `image:${digest ?? imageName(report)}`,
    name: imageName(report),
    ...(digest === undefined ? {} : { version: digest }),
    ...(hash === undefined ? {} : { hashes: [{ alg: hash, content }] }),
    properties: [
      property('plimsoll:platform:os', platform.os),
      property('plimsoll:platform:architecture', platform.architecture),
      ...report.image.layers.map(({ diffId }, index) => property(`plimsoll:layer:${index}:diffId`, diffId)),
    ],
  } as Component;
}

function distroComponents({ image }: ScanReport): readonly Component[] {
  const { distro } = image;
  if (distro === undefined) return [];
  const description = distroName({ image } as ScanReport);
  return [
    {
      type: 'operating-system',
      'bom-ref': `os:${distro.id}@${distro.versionId}`,
      name: distro.id,
      version: distro.versionId,
      description,
    } as Component,
  ];
}

function toComponent({ installed, places }: BillEntry, report: ScanReport): Component {
  const [group, name] = splitName(installed);
  // A lock file's package that is not there, and one that is removed but for its configuration, cannot be called: that is what CycloneDX means by optional.
  const isThere = installed.declaredOnly !== true && installed.configOnly !== true;
  const occurrences = places.flatMap(toOccurrences);
  return {
    type: installed.type === 'generic' ? 'application' : 'library',
    'bom-ref': installed.purl,
    ...(group === undefined ? {} : { group }),
    name,
    version: installed.version,
    purl: installed.purl,
    ...(isThere ? {} : { scope: 'optional' }),
    ...(installed.vendor === undefined ? {} : { supplier: { name: installed.vendor } }),
    ...toLicenses(installed.licenses ?? []),
    ...(occurrences.length === 0 ? {} : { evidence: { occurrences } }),
    properties: toProperties(installed, report),
  } as Component;
}

function toProperties(installed: InstalledPackage, report: ScanReport): readonly Property[] {
  const { type, sourcePackage, modularityLabel, thirdParty, declaredOnly, configOnly, layer } = installed;
  const diffId = report.image.layers[layer]?.diffId;
  return [
    property('plimsoll:package:type', type),
    ...(sourcePackage === undefined
      ? []
      : [property('plimsoll:package:source-name', sourcePackage.name), property('plimsoll:package:source-version', sourcePackage.version)]),
    ...(modularityLabel === undefined ? [] : [property('plimsoll:package:modularity-label', modularityLabel)]),
    ...(thirdParty === true ? [property('plimsoll:package:third-party', 'true')] : []),
    ...(declaredOnly === true ? [property('plimsoll:package:declared-only', 'true')] : []),
    ...(configOnly === true ? [property('plimsoll:package:config-only', 'true')] : []),
    property('plimsoll:layer', String(layer)),
    ...(diffId === undefined ? [] : [property('plimsoll:layer:diffId', diffId)]),
  ];
}

/** The file that a package was read from has what is to be said of the place beside it; further files of the same place follow it with nothing. */
function toOccurrences(place: BillPlace): readonly object[] {
  if (place.path === undefined) return [];
  return [{ location: place.path, additionalContext: formatPlaceDetail(place) }, ...place.otherPaths.map((location) => ({ location }))];
}

/** Types whose namespace CycloneDX keeps apart from the name, and what stands between the two. */
const separators: Readonly<Partial<Record<PackageType, string>>> = { npm: '/', maven: ':', composer: '/' };

function splitName({ type, name }: InstalledPackage): readonly [group: string | undefined, name: string] {
  const separator = separators[type];
  const end = separator === undefined ? -1 : name.indexOf(separator);
  return end <= 0 || end === name.length - 1 ? [undefined, name] : [name.slice(0, end), name.slice(end + 1)];
}

/** One expression, or a list; the schema forbids both together. All are what the packages say of themselves. */
function toLicenses(licenses: readonly string[]): object {
  const acknowledgement = 'declared';
  const [only] = licenses;
  if (only === undefined) return {};
  const expression = licenses.length === 1 && toSpdxId(only) === undefined ? toSpdxExpression(only) : undefined;
  if (expression !== undefined) return { licenses: [{ expression, acknowledgement }] };
  return {
    licenses: licenses.map((license) => {
      const id = toSpdxId(license);
      return { license: { ...(id === undefined ? { name: license } : { id }), acknowledgement } };
    }),
  };
}

/** The image is made of all; each of them needs what it says. */
function toDependencies(root: Component, components: readonly Component[], bill: readonly BillEntry[]): readonly Dependency[] {
  const needs = new Map<string, readonly string[]>(bill.map(({ installed, dependsOn }) => [installed.purl, dependsOn]));
  return [
    { ref: root['bom-ref'], dependsOn: components.map((component) => component['bom-ref']).sort(compareText) },
    ...components.map(({ 'bom-ref': ref }) => {
      const dependsOn = needs.get(ref) ?? [];
      return dependsOn.length === 0 ? { ref } : { ref, dependsOn };
    }),
  ];
}
