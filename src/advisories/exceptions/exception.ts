import type { Finding } from '../../foundation/model/finding.ts';

/** An entry of `ignore` in the configuration. All that it names must hold of a finding; at least one of `id`, `package` and `path` is there. */
export interface IgnoreEntry {
  /** The finding's id or one of its aliases, in any case. */
  readonly id?: string;
  /** A package's name, `type:name`, or a package URL, with or without version and qualifiers. */
  readonly package?: string;
  /** A path in the image, as a pattern of .gitignore from the image's root. */
  readonly path?: string;
  readonly reason: string;
  /** YYYY-MM-DD, the last day it counts. */
  readonly expires?: string;
  /** The file it stands in, as it was named, and its line, counted from 1. */
  readonly source: string;
  readonly line: number;
}

/** @see https://www.cisa.gov/sites/default/files/2023-04/minimum-requirements-for-vex-508c.pdf */
export const vexStatuses = ['affected', 'under_investigation', 'fixed', 'not_affected'] as const;
export type VexStatus = (typeof vexStatuses)[number];

/** What a product or a part of one goes by. Any of the names will do. */
export interface VexName {
  /** Package URLs, references of images, CPE names: as they were written. */
  readonly names: readonly string[];
  /** Digests, `sha256:…`, in lower case. */
  readonly digests: readonly string[];
}

/** What a statement is about. */
export interface VexSubject {
  /** The image, or a package in it. */
  readonly product: VexName;
  /** The packages in the product that are meant; empty: the product as a whole. */
  readonly parts: readonly VexName[];
}

/** One statement of a VEX document, whatever its format. */
export interface VexStatement {
  /** The document, as it was named. */
  readonly source: string;
  readonly author?: string;
  /** The vulnerability's id and its aliases. */
  readonly ids: readonly string[];
  readonly subjects: readonly VexSubject[];
  readonly status: VexStatus;
  /** In OpenVEX's words: 'vulnerable_code_not_present' … Formats that have others keep theirs. */
  readonly justification?: string;
  /** Why it is so, or what to do, in the author's words. */
  readonly text?: string;
  /** ISO 8601, of the statement, else of its document. */
  readonly timestamp?: string;
}

/** What a VEX document says, and what of it could not be used: one sentence each. */
export interface VexDocument {
  readonly statements: readonly VexStatement[];
  readonly notices: readonly string[];
}

/** Everything that somebody says of findings. */
export interface Exceptions {
  readonly ignores: readonly IgnoreEntry[];
  readonly statements: readonly VexStatement[];
  /** What could not be used of the documents. */
  readonly notices: readonly string[];
}

/** Returns the ids that a finding goes by, in lower case. */
export function idsOf(finding: Finding): readonly string[] {
  return [finding.id, ...(finding.aliases ?? [])].map((id) => id.toLowerCase());
}
