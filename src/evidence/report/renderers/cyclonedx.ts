import { compareBy, compareText } from '../../../foundation/base/order.ts';
import type { Finding } from '../../../foundation/model/finding.ts';
import type { InstalledPackage } from '../../../foundation/model/package.ts';
import type { ScanReport } from '../../../foundation/model/report.ts';
import type { Severity } from '../../../foundation/model/severity.ts';
import { toUuid } from '../deterministic-uuid.ts';
import type { ReportRenderer } from '../renderer.ts';
import { toSafeUrl } from '../sanitize.ts';
import { isSpdxId, isSpdxExpression } from '../spdx-license.ts';
import { toStableJson } from '../stable-json.ts';
import { distroName, imageName } from '../wording.ts';

/** CycloneDX 1.6: the packages, and the vulnerabilities found in them. @see https://cyclonedx.org/docs/1.6/json/ */
export const renderer: ReportRenderer = {
  id: 'cyclonedx',
  mediaType: 'application/vnd.cyclonedx+json',
  render(report, options) {
    const packages = uniquePackages(report.packages);
    const root = imageComponent(report);
    const components = [...distroComponents(report), ...packages.map((installed) => toComponent(installed, report))];
    const vulnerabilities = toVulnerabilities(report, new Set(packages.map(({ purl }) => purl)));
    const content = { root, components, vulnerabilities };
    return toStableJson(
      {
        $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
        bomFormat: 'CycloneDX',
        specVersion: '1.6',
        serialNumber: `urn:uuid:${toUuid(JSON.stringify(content))}`,
        version: 1,
        metadata: {
          timestamp: options.createdAt.toISOString(),
          tools: { components: [{ type: 'application', name: 'plimsoll', version: options.toolVersion }] },
          component: root,
          properties: [
            { name: 'plimsoll:status', value: report.status },
            { name: 'plimsoll:advisories:source', value: report.advisories.source },
            { name: 'plimsoll:advisories:full', value: String(report.advisories.full) },
            ...report.problems.map(({ message, path }) => ({
              name: 'plimsoll:problem',
              value: path === undefined ? message : `${path}: ${message}`,
            })),
          ],
        },
        components,
        dependencies: [
          { ref: root['bom-ref'], dependsOn: components.map((component) => component['bom-ref']).toSorted(compareText) },
          ...components.map((component) => ({ ref: component['bom-ref'] })),
        ],
        // What is listed was found; an unreadable layer may have held more.
        compositions: [{ aggregate: report.status === 'complete' ? 'unknown' : 'incomplete', assemblies: [root['bom-ref']] }],
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

/** The same package at several places is one component with several occurrences; bom-refs must be unique. */
function uniquePackages(packages: readonly InstalledPackage[]): readonly InstalledPackage[] {
  const byPurl = new Map<string, InstalledPackage>();
  for (const installed of packages) {
    const known = byPurl.get(installed.purl);
    byPurl.set(installed.purl, known === undefined ? installed : { ...known, files: [...new Set([...known.files, ...installed.files])] });
  }
  return [...byPurl.values()].toSorted(compareBy((a, b) => compareText(a.purl, b.purl)));
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
      { name: 'plimsoll:platform:os', value: platform.os },
      { name: 'plimsoll:platform:architecture', value: platform.architecture },
      ...report.image.layers.map(({ diffId }, index) => ({ name: `plimsoll:layer:${index}:diffId`, value: diffId })),
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

function toComponent(installed: InstalledPackage, report: ScanReport): Component {
  const diffId = report.image.layers[installed.layer]?.diffId;
  const [group, name] = splitName(installed);
  return {
    type: 'library',
    'bom-ref': installed.purl,
    ...(group === undefined ? {} : { group }),
    name,
    version: installed.version,
    purl: installed.purl,
    ...toLicenses(installed.licenses ?? []),
    ...(installed.files.length === 0 ? {} : { evidence: { occurrences: installed.files.map((location) => ({ location })) } }),
    properties: [
      { name: 'plimsoll:package:type', value: installed.type },
      ...(installed.sourcePackage === undefined
        ? []
        : [
            { name: 'plimsoll:package:source-name', value: installed.sourcePackage.name },
            { name: 'plimsoll:package:source-version', value: installed.sourcePackage.version },
          ]),
      { name: 'plimsoll:layer', value: String(installed.layer) },
      ...(diffId === undefined ? [] : [{ name: 'plimsoll:layer:diffId', value: diffId }]),
    ],
  } as Component;
}

function splitName(installed: InstalledPackage): readonly [group: string | undefined, name: string] {
  const slash = installed.type === 'npm' && installed.name.startsWith('@') ? installed.name.indexOf('/') : -1;
  return slash === -1 ? [undefined, installed.name] : [installed.name.slice(0, slash), installed.name.slice(slash + 1)];
}

/** One expression, or a list; the schema forbids both together. */
function toLicenses(licenses: readonly string[]): object {
  if (licenses.length === 0) return {};
  const [only] = licenses;
  if (licenses.length === 1 && only !== undefined && !isSpdxId(only) && isSpdxExpression(only)) return { licenses: [{ expression: only }] };
  return { licenses: licenses.map((license) => ({ license: isSpdxId(license) ? { id: license } : { name: license } })) };
}

function toVulnerabilities(report: ScanReport, refs: ReadonlySet<string>): readonly object[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    if (finding.package === undefined) continue;
    const group = groups.get(finding.id);
    if (group === undefined) groups.set(finding.id, [finding]);
    else group.push(finding);
  }
  return [...groups.entries()].toSorted((a, b) => compareText(a[0], b[0])).map(([id, group]) => toVulnerability(id, group, refs));
}

function toVulnerability(id: string, group: readonly Finding[], refs: ReadonlySet<string>): object {
  const first = group[0];
  const affects: readonly string[] = [
    ...new Set(group.flatMap(({ package: installed }) => (installed === undefined || !refs.has(installed.purl) ? [] : [installed.purl]))),
  ];
  const urls = [...new Set(group.flatMap(({ references }) => references.map(toSafeUrl)))].filter((url) => url !== undefined);
  const fix = group.flatMap(({ remediation }) => remediation.slice(0, 1)).map(({ text }) => text);
  return {
    'bom-ref': `vulnerability:${id}`,
    id,
    ...(first?.rating === undefined ? {} : { source: { name: first.rating.source } }),
    ratings: group.slice(0, 1).map(toRating),
    ...(first?.description === undefined ? {} : { description: first.description }),
    ...(fix.length === 0 ? {} : { recommendation: [...new Set(fix)].join('\n') }),
    ...(urls.length === 0 ? {} : { advisories: urls.map((url) => ({ url })) }),
    affects: affects.toSorted(compareText).map((ref) => ({ ref, versions: versionsOf(group, ref) })),
    ...(group.some(({ kev }) => kev === true) ? { properties: [{ name: 'plimsoll:kev', value: 'true' }] } : {}),
  };
}

function versionsOf(group: readonly Finding[], purl: string): readonly object[] {
  const found = group.find(({ package: installed }) => installed?.purl === purl)?.package;
  return found === undefined ? [] : [{ version: found.installedVersion, status: 'affected' }];
}

const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  negligible: 'info',
  unknown: 'unknown',
};

function toRating(finding: Finding): object {
  const { rating, severity } = finding;
  const method = ratingMethod(rating?.cvssVector);
  return {
    severity: severityWords[severity],
    ...(rating === undefined ? {} : { source: { name: rating.source } }),
    ...(rating?.score === undefined ? {} : { score: rating.score }),
    ...(method === undefined ? {} : { method, vector: rating?.cvssVector }),
  };
}

function ratingMethod(vector: string | undefined): string | undefined {
  if (vector === undefined) return undefined;
  if (vector.startsWith('CVSS:4.0/')) return 'CVSSv4';
  if (vector.startsWith('CVSS:3.1/')) return 'CVSSv31';
  if (vector.startsWith('CVSS:3.0/')) return 'CVSSv3';
  return 'CVSSv2';
}
