import type { Digest } from './brand.ts';
import type { Platform } from './image.ts';
import type { Problem } from './problem.ts';

export type AttachmentKind = 'report' | 'sbom' | 'vex';

/** One document beside an image. */
export interface AttachedDocument {
  readonly kind: AttachmentKind;
  /** As what it is found there: 'application/vnd.cyclonedx+json' … */
  readonly artifactType: string;
  /** Of the artifact's manifest. */
  readonly digest: Digest;
  /** `already-there`: the same content was attached before; nothing was written. */
  readonly outcome: 'attached' | 'already-there' | 'removed';
}

/** What stands beside one image of those that a reference names. */
export interface AttachedImage {
  readonly digest: Digest;
  readonly platform: Platform;
  readonly documents: readonly AttachedDocument[];
}

/** What `plimsoll attach` prints. */
export interface AttachResult {
  readonly schemaVersion: 1;
  /** In full: 'registry.example.com/team/app:1.0'. */
  readonly reference: string;
  readonly images: readonly AttachedImage[];
  /** What was not done, or not in full. */
  readonly problems: readonly Problem[];
}
