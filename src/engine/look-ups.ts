import { findLookUps as findInText, type FoundLookUps, type LookUpSubject } from '../dockerfile/lint/look-ups.ts';
import type { LintDiagnostic } from '../foundation/model/diagnostic.ts';
import { parseReference } from '../registry/reference.ts';

export { fillIn, type FoundLookUps, type LookUp, type LookUpSubject } from '../dockerfile/lint/look-ups.ts';

/** `no-network`: offline, or nobody answers. `refused`: the server does not let us in. `unusable`: what it answers is no image, no file, or not what it says it is. */
export type LookUpErrorCode = 'no-network' | 'refused' | 'not-found' | 'unusable';

/** One look-up did not work. `message` says what was to be looked up, why it failed, and what to do. */
export class LookUpError extends Error {
  override readonly name = 'LookUpError';
  readonly code: LookUpErrorCode;
  constructor(code: LookUpErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

export interface LookUpHooks {
  readonly signal?: AbortSignal;
  /** Of a file: how much of it was read. */
  readonly onBytes?: (sizeBytes: number) => void;
}

/** Returns the answer: a digest for an image, 64 hex digits for a file. @throws {LookUpError} */
export type Ask = (subject: LookUpSubject, hooks?: LookUpHooks) => Promise<string>;

/** Returns what can be looked up for a Dockerfile with these diagnostics. Nothing is asked yet. */
export function findLookUps(text: string, diagnostics: readonly LintDiagnostic[]): FoundLookUps {
  const { lookUps, refused } = findInText(text, diagnostics);
  return {
    lookUps: lookUps.filter(({ subject }) => serverOf(subject) !== undefined),
    // What is no name at all may be as long as the file.
    refused: refused.map((one) => (one.reference === undefined ? one : { ...one, reference: one.reference.slice(0, MAX_NAME_LENGTH) })),
  };
}

/** Returns the host that would be asked: 'docker.io', 'registry.example:5000'; undefined for what is no image name or address. */
export function serverOf(subject: LookUpSubject): string | undefined {
  return subject.kind === 'image' ? parseReference(subject.reference)?.registry : URL.parse(subject.url)?.host;
}

/** Returns a subject as people are told of it: an address without its query, which may hold a token. */
export function nameOf(subject: LookUpSubject): string {
  if (subject.kind === 'image') return subject.reference;
  const url = URL.parse(subject.url);
  return url === null ? 'the file' : `${url.origin}${url.pathname}`.slice(0, MAX_NAME_LENGTH);
}

const MAX_NAME_LENGTH = 300;
