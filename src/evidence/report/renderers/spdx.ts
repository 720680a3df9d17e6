import { compareText } from '../../../foundation/base/order.ts';
import { formatFurtherPath, formatPlace } from '../../../foundation/formats/package-place.ts';
import type { Purl } from '../../../foundation/model/brand.ts';
import type { ScanReport } from '../../../foundation/model/report.ts';
import { toBill, type BillEntry } from '../bill-of-materials.ts';
import { toUuid } from '../deterministic-uuid.ts';
import type { ReportRenderer } from '../renderer.ts';
import { toSpdxExpression } from '../spdx-license.ts';
import { toStableJson } from '../stable-json.ts';
import { caveats, distroName, imageName, platformName } from '../wording.ts';

const IMAGE_ID = 'SPDXRef-Image';
const SYSTEM_ID = 'SPDXRef-OperatingSystem';

/** SPDX 2.3: the packages of the image and what each needs. @see https://spdx.github.io/spdx-spec/v2.3/ */
export const renderer: ReportRenderer = {
  id: 'spdx',
  mediaType: 'application/spdx+json',
  render(report, options) {
    const bill = toBill(report.packages);
    // A purl is unique but may hold characters that an id may not; its digest is short and safe.
    const ids = new Map(bill.map(({ installed }) => [installed.purl, `SPDXRef-Package-${toUuid(installed.purl)}`]));
    const idOf = (purl: Purl): string => ids.get(purl) ?? 'NOASSERTION';
    const licenses = new LicenseTexts();
    const packages = [
      imagePackage(report),
      ...systemPackages(report),
      ...bill.map((entry) => toPackage(entry, idOf(entry.installed.purl), licenses)),
    ];
    const relationships = [
      toRelationship('SPDXRef-DOCUMENT', 'DESCRIBES', IMAGE_ID),
      ...packages.slice(1).map(({ SPDXID }) => toRelationship(IMAGE_ID, 'CONTAINS', SPDXID)),
      ...bill.flatMap(({ installed, dependsOn }) => dependsOn.map((purl) => toRelationship(idOf(installed.purl), 'DEPENDS_ON', idOf(purl)))),
    ];
    const comment = [
      ...caveats(report).slice(0, report.status === 'partial' ? 1 : 0),
      ...report.problems.map(({ message, path }) => (path === undefined ? message : `${path}: ${message}`)),
    ];
    const extracted = licenses.list();
    return toStableJson(
      {
        spdxVersion: 'SPDX-2.3',
        dataLicense: 'CC0-1.0',
        SPDXID: 'SPDXRef-DOCUMENT',
        name: imageName(report),
        documentNamespace: `https://spdx.org/spdxdocs/plimsoll-${toUuid(JSON.stringify({ packages, relationships }))}`,
        creationInfo: {
          created: `${options.createdAt.toISOString().slice(0, 19)}Z`,
          creators: [`Tool: plimsoll-${options.toolVersion}`],
          ...(comment.length === 0 ? {} : { comment: comment.join('\n') }),
        },
        documentDescribes: [IMAGE_ID],
        packages,
        relationships,
        ...(extracted.length === 0 ? {} : { hasExtractedLicensingInfos: extracted }),
      },
      ['spdxVersion', 'dataLicense', 'SPDXID', 'name', 'documentNamespace', 'creationInfo', 'documentDescribes', 'packages', 'relationships'],
    );
  },
};

interface SpdxPackage {
  readonly SPDXID: string;
}

function toRelationship(spdxElementId: string, relationshipType: string, relatedSpdxElement: string): object {
  return { spdxElementId, relationshipType, relatedSpdxElement };
}

/** What is known of no package of an image, and what the format wants said of each. */
const unknowns = { downloadLocation: 'NOASSERTION', filesAnalyzed: false, licenseConcluded: 'NOASSERTION', copyrightText: 'NOASSERTION' } as const;

function imagePackage(report: ScanReport): SpdxPackage & Record<string, unknown> {
  const [algorithm = '', value = ''] = (report.image.digest ?? '').split(':');
  const checksum = algorithm === 'sha256' ? 'SHA256' : algorithm === 'sha512' ? 'SHA512' : undefined;
  return {
    ...unknowns,
    SPDXID: IMAGE_ID,
    name: imageName(report),
    ...(report.image.digest === undefined ? {} : { versionInfo: report.image.digest }),
    ...(checksum === undefined ? {} : { checksums: [{ algorithm: checksum, checksumValue: value }] }),
    primaryPackagePurpose: 'CONTAINER',
    licenseDeclared: 'NOASSERTION',
    comment: `Platform ${platformName(report)}; layers (diffId), bottom first: ${report.image.layers.map(({ diffId }) => diffId).join(', ') || 'none'}`,
  };
}

function systemPackages(report: ScanReport): readonly (SpdxPackage & Record<string, unknown>)[] {
  const { distro } = report.image;
  if (distro === undefined) return [];
  return [
    {
      ...unknowns,
      SPDXID: SYSTEM_ID,
      name: distro.id,
      versionInfo: distro.versionId,
      description: distroName(report),
      // With an underscore: so says the schema of the JSON form, whatever the specification's text.
      primaryPackagePurpose: 'OPERATING_SYSTEM',
      licenseDeclared: 'NOASSERTION',
    },
  ];
}

function toPackage({ installed, places }: BillEntry, SPDXID: string, licenses: LicenseTexts): SpdxPackage & Record<string, unknown> {
  const { purl, name, version, vendor, sourcePackage, modularityLabel, thirdParty } = installed;
  const notThere =
    installed.declaredOnly === true
      ? 'A lock file names it; no installed copy was seen.'
      : installed.configOnly === true
        ? 'It was removed; its configuration files are left.'
        : undefined;
  const sourceInfo = [
    ...places.flatMap((place) => [formatPlace(place), ...place.otherPaths.map(formatFurtherPath)]),
    ...(sourcePackage === undefined ? [] : [`built from ${sourcePackage.name} ${sourcePackage.version}`]),
    ...(modularityLabel === undefined ? [] : [`module stream ${modularityLabel}`]),
    ...(thirdParty === true ? ['built by others than the distribution'] : []),
  ];
  return {
    ...unknowns,
    SPDXID,
    name,
    versionInfo: version,
    supplier: vendor === undefined ? 'NOASSERTION' : `Organization: ${vendor}`,
    licenseDeclared: licenses.toExpression(installed.licenses ?? []),
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }],
    sourceInfo: sourceInfo.join('\n'),
    ...(notThere === undefined ? {} : { comment: notThere }),
  };
}

/** Licences that are not on the SPDX list: the document names each by a reference of its own, and gives the text it was found with. */
class LicenseTexts {
  readonly #references = new Map<string, string>();

  /** Returns `licenses` as one expression: what the package says holds of it together. */
  toExpression(licenses: readonly string[]): string {
    const terms = licenses.map((license) => toSpdxExpression(license) ?? this.#toReference(license));
    if (terms.length === 0) return 'NOASSERTION';
    return terms.length === 1 ? (terms[0] ?? '') : [...new Set(terms)].map((term) => (term.includes(' ') ? `(${term})` : term)).join(' AND ');
  }

  list(): readonly object[] {
    return [...this.#references]
      .map(([extractedText, licenseId]) => ({ licenseId, extractedText, name: extractedText }))
      .sort((a, b) => compareText(a.licenseId, b.licenseId));
  }

  #toReference(license: string): string {
    const known = this.#references.get(license);
    if (known !== undefined) return known;
    const words = license
      .slice(0, 60)
      .replaceAll(/[^A-Za-z0-9.]+/g, '-')
      .replaceAll(/^-|-$/g, '');
    const reference = `LicenseRef-${words === license ? words : `${words === '' ? '' : `${words}-`}${toUuid(license).slice(0, 8)}`}`;
    this.#references.set(license, reference);
    return reference;
  }
}
