import { compareText } from '../../../foundation/base/order.ts';
import type { InstalledPackage } from '../../../foundation/model/package.ts';
import type { ScanReport } from '../../../foundation/model/report.ts';
import { toUuid } from '../deterministic-uuid.ts';
import type { ReportRenderer } from '../renderer.ts';
import { isSpdxExpression } from '../spdx-license.ts';
import { toStableJson } from '../stable-json.ts';
import { caveats, imageName, platformName } from '../wording.ts';

const IMAGE_ID = 'SPDXRef-Image';

/** SPDX 2.3: the packages of the image. @see https://spdx.github.io/spdx-spec/v2.3/ */
export const renderer: ReportRenderer = {
  id: 'spdx',
  mediaType: 'application/spdx+json',
  render(report, options) {
    const packages = [...new Map(report.packages.map((installed) => [installed.purl, installed])).values()].toSorted((a, b) =>
      compareText(a.purl, b.purl),
    );
    const image = imagePackage(report);
    const members = packages.map((installed) => toPackage(installed));
    const comment = [
      ...caveats(report).slice(0, report.status === 'partial' ? 1 : 0),
      ...report.problems.map(({ message, path }) => (path === undefined ? message : `${path}: ${message}`)),
    ];
    return toStableJson(
      {
        spdxVersion: 'SPDX-2.3',
        dataLicense: 'CC0-1.0',
        SPDXID: 'SPDXRef-DOCUMENT',
        name: imageName(report),
        documentNamespace: `https://spdx.org/spdxdocs/plimsoll-${toUuid(JSON.stringify({ image, members }))}`,
        creationInfo: {
          created: `${options.createdAt.toISOString().slice(0, 19)}Z`,
          creators: [`Tool: plimsoll-${options.toolVersion}`],
          ...(comment.length === 0 ? {} : { comment: comment.join('\n') }),
        },
        documentDescribes: [IMAGE_ID],
        packages: [image, ...members],
        relationships: [
          { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: IMAGE_ID },
          ...members.map(({ SPDXID }) => ({ spdxElementId: IMAGE_ID, relationshipType: 'CONTAINS', relatedSpdxElement: SPDXID })),
        ],
      },
      ['spdxVersion', 'dataLicense', 'SPDXID', 'name', 'documentNamespace', 'creationInfo', 'documentDescribes', 'packages', 'relationships'],
    );
  },
};

interface SpdxPackage {
  readonly SPDXID: string;
}

function imagePackage(report: ScanReport): SpdxPackage & Record<string, unknown> {
  const [algorithm = '', value = ''] = (report.image.digest ?? '').split(':');
  const checksum = algorithm === 'sha256' ? 'SHA256' : algorithm === 'sha512' ? 'SHA512' : undefined;
  return {
    SPDXID: IMAGE_ID,
    name: imageName(report),
    ...(report.image.digest === undefined ? {} : { versionInfo: report.image.digest }),
    ...(checksum === undefined ? {} : { checksums: [{ algorithm: checksum, checksumValue: value }] }),
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    primaryPackagePurpose: 'CONTAINER',
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: 'NOASSERTION',
    copyrightText: 'NOASSERTION',
    comment: `Platform ${platformName(report)}; layers (diffId), bottom first: ${report.image.layers.map(({ diffId }) => diffId).join(', ') || 'none'}`,
  };
}

function toPackage(installed: InstalledPackage): SpdxPackage & Record<string, unknown> {
  const [path] = installed.files;
  const declared = installed.licenses ?? [];
  const expression = declared.length === 1 ? declared[0] : declared.map((license) => (/\s/.test(license) ? `(${license})` : license)).join(' AND ');
  const isKnown = expression !== undefined && expression !== '' && isSpdxExpression(expression);
  return {
    // The purl is unique but may hold characters that an id may not; its digest is short and safe.
    SPDXID: `SPDXRef-Package-${toUuid(installed.purl)}`,
    name: installed.name,
    versionInfo: installed.version,
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: isKnown ? expression : 'NOASSERTION',
    ...(isKnown || declared.length === 0 ? {} : { licenseComments: `Declared as: ${declared.join('; ')}` }),
    copyrightText: 'NOASSERTION',
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: installed.purl }],
    sourceInfo: `${path === undefined ? '' : `read from ${path}, `}layer ${installed.layer}${installed.sourcePackage === undefined ? '' : `, built from ${installed.sourcePackage.name} ${installed.sourcePackage.version}`}`,
  };
}
