import { MAX_ATTACHMENT_BYTES } from '../foundation/base/limits.ts';
import { messageOf } from '../foundation/base/result.ts';
import { FileError, readWholeFile } from '../foundation/io/files.ts';
import { productVersion } from '../foundation/io/resources.ts';
import type { AttachmentKind } from '../foundation/model/attachment.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { digestOf } from '../registry/digest.ts';
import type { ImageManifest } from '../registry/image-manifests.ts';
import { parseJson, textOf } from '../registry/json.ts';
import {
  annotationKeys,
  CYCLONEDX_TYPE,
  IN_TOTO_TYPE,
  OPENVEX_PREDICATE,
  PREDICATE_TYPE_ANNOTATION,
  REPORT_TYPE,
  SPDX_TYPE,
} from './attached-kinds.ts';
import { checkReport } from './parse-report.ts';
import { renderReport } from './render-report.ts';

/** A document to be attached to one image. */
export interface AttachableDocument {
  readonly kind: AttachmentKind;
  readonly artifactType: string;
  readonly bytes: Uint8Array;
  readonly title: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A file that was named. */
export interface DocumentFile {
  readonly kind: AttachmentKind;
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Of kind `report`. */
  readonly report?: ScanReport;
}

/** What was asked for cannot be done. The message says what, and why. */
export class AttachError extends Error {
  override readonly name = 'AttachError';
}

/** Returns a file that is to be attached, looked at for being what it is called. @throws {AttachError} */
export async function readDocumentFile(kind: AttachmentKind, path: string): Promise<DocumentFile> {
  const bytes = await readWholeFile(path, MAX_ATTACHMENT_BYTES).catch((error: unknown) => {
    throw new AttachError(error instanceof FileError ? error.message : `${path} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  const value = parseJson(bytes);
  if (kind !== 'report') {
    typeOf(kind, path, value);
    return { kind, path, bytes };
  }
  const report = checkReport(value);
  if (typeof report === 'string') throw new AttachError(`${path} is not a report of 'plimsoll scan --format json': ${report}`);
  if (report.filtered !== undefined)
    throw new AttachError(
      `${path} is a report from which findings were left out: others would take it for all there is. Scan without --only, --severity and --ignore-unfixed.`,
    );
  if (report.origin !== undefined) throw new AttachError(`${path} is a report that was itself attached to an image (${report.origin.reference})`);
  return { kind, path, bytes, report };
}

/** Returns a file as it is attached to `image`. @throws {AttachError} */
export function toDocument(
  { kind, path, bytes, report }: DocumentFile,
  image: ImageManifest,
  repository: string,
  createdAt: Date,
): AttachableDocument {
  const { artifactType, isOpenVex } = typeOf(kind, path, parseJson(bytes));
  const content = isOpenVex ? toStatement(bytes, image, repository) : bytes;
  const kept = { kind, artifactType, bytes: content, title: titles[artifactType] ?? 'document.json' };
  return {
    ...kept,
    annotations: {
      ...annotate(kind, createdAt, digestOf(content), report),
      ...(isOpenVex ? { [PREDICATE_TYPE_ANNOTATION]: OPENVEX_PREDICATE } : {}),
    },
  };
}

/** Returns the report of an image, its bill of materials and, where something is ignored, the VEX document that says so. */
export function toDocuments(report: ScanReport, image: ImageManifest, repository: string, createdAt: Date): readonly AttachableDocument[] {
  // How long it took is not of the image: without it the same scan gives the same bytes.
  const timeless: ScanReport = { ...report, timings: {} };
  const inventory: ScanReport = { ...timeless, findings: [], ignored: [], advisories: { source: 'none', builtAt: '', full: false } };
  const render = (kind: AttachmentKind, artifactType: string, rendered: (at: Date) => Uint8Array): AttachableDocument => ({
    kind,
    artifactType,
    bytes: rendered(createdAt),
    title: titles[artifactType] ?? '',
    annotations: annotate(kind, createdAt, digestOf(rendered(new Date(0))), kind === 'report' ? report : undefined),
  });
  const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
  const vex = render('vex', IN_TOTO_TYPE, (at) => toStatement(bytesOf(renderReport(timeless, 'openvex', { createdAt: at })), image, repository));
  return [
    render('report', REPORT_TYPE, (at) => bytesOf(renderReport(timeless, 'json', { createdAt: at }))),
    render('sbom', CYCLONEDX_TYPE, (at) => bytesOf(renderReport(inventory, 'cyclonedx', { createdAt: at }))),
    ...((report.ignored ?? []).length === 0 ? [] : [{ ...vex, annotations: { ...vex.annotations, [PREDICATE_TYPE_ANNOTATION]: OPENVEX_PREDICATE } }]),
  ];
}

/** File names for those who fetch them. */
const titles: Readonly<Partial<Record<string, string>>> = {
  [REPORT_TYPE]: 'report.plimsoll.json',
  [CYCLONEDX_TYPE]: 'bom.cdx.json',
  [SPDX_TYPE]: 'bom.spdx.json',
  [IN_TOTO_TYPE]: 'openvex.intoto.json',
};

function typeOf(kind: AttachmentKind, path: string, value: unknown): { readonly artifactType: string; readonly isOpenVex: boolean } {
  if (kind === 'report') return { artifactType: REPORT_TYPE, isOpenVex: false };
  if (textOf(value, 'bomFormat') === 'CycloneDX') return { artifactType: CYCLONEDX_TYPE, isOpenVex: false };
  if (kind === 'sbom' && textOf(value, 'spdxVersion') !== undefined) return { artifactType: SPDX_TYPE, isOpenVex: false };
  if (kind === 'vex' && textOf(value, '@context')?.startsWith('https://openvex.dev/ns') === true)
    return { artifactType: IN_TOTO_TYPE, isOpenVex: true };
  throw new AttachError(
    `${path} is ${kind === 'sbom' ? 'no bill of materials in CycloneDX or SPDX' : 'no VEX document in OpenVEX or CycloneDX'} (JSON)`,
  );
}

/** @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
function toStatement(vex: Uint8Array, { descriptor: { digest } }: ImageManifest, repository: string): Uint8Array {
  const [algorithm = '', hex = ''] = digest.split(':');
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: repository, digest: { [algorithm]: hex } }],
    predicateType: OPENVEX_PREDICATE,
    predicate: parseJson(vex),
  };
  return new TextEncoder().encode(JSON.stringify(statement));
}

function annotate(kind: AttachmentKind, createdAt: Date, content: string, report: ScanReport | undefined): Readonly<Record<string, string>> {
  const { builtAt = '', source = '' } = report?.advisories ?? {};
  return {
    [annotationKeys.created]: createdAt.toISOString(),
    [annotationKeys.tool]: `plimsoll ${productVersion()}`,
    [annotationKeys.kind]: kind,
    [annotationKeys.content]: content,
    ...(builtAt === '' ? {} : { [annotationKeys.advisoriesBuiltAt]: builtAt, [annotationKeys.advisoriesSource]: source }),
  };
}
