/** What Plimsoll attaches to an image, and as what it is found there. */
import type { AttachmentKind } from '../foundation/model/attachment.ts';
import type { Referrer } from '../registry/referrers.ts';

/** Our own report, `plimsoll scan --format json`. */
export const REPORT_TYPE = 'application/vnd.plimsoll.report.v1+json';
/** As Trivy, ORAS and others look for them. */
export const CYCLONEDX_TYPE = 'application/vnd.cyclonedx+json';
export const SPDX_TYPE = 'application/spdx+json';
/** An in-toto statement, whose annotation says what it states: so that Trivy and Docker Scout find OpenVEX documents. @see https://github.com/in-toto/attestation */
export const IN_TOTO_TYPE = 'application/vnd.in-toto+json';
export const PREDICATE_TYPE_ANNOTATION = 'in-toto.io/predicate-type';
export const OPENVEX_PREDICATE = 'https://openvex.dev/ns/v0.2.0';

/** Annotations of what is attached. */
export const annotationKeys = {
  created: 'org.opencontainers.image.created',
  /** 'plimsoll 1.2.3' */
  tool: 'dev.plimsoll.tool',
  /** 'report', 'sbom' or 'vex' */
  kind: 'dev.plimsoll.kind',
  /** When the advisories were built that a report was made against, and what they are. */
  advisoriesBuiltAt: 'dev.plimsoll.advisories.built-at',
  advisoriesSource: 'dev.plimsoll.advisories.source',
  /** Digest of the content but for the times in it: the same again is not attached twice. */
  content: 'dev.plimsoll.content',
} as const;

/** Returns what an artifact is that Plimsoll attached; undefined for those of others. */
export function kindOf({ annotations }: Referrer): AttachmentKind | undefined {
  const kind = annotations[annotationKeys.kind];
  const isOurs = annotations[annotationKeys.tool]?.startsWith('plimsoll ') === true;
  return isOurs && (kind === 'report' || kind === 'sbom' || kind === 'vex') ? kind : undefined;
}
