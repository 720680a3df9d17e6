import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { LintDiagnostic } from '../foundation/model/diagnostic.ts';
import type { TextEdit } from '../foundation/model/text-range.ts';
import { buildFileKind } from './languages.ts';
import type { ServerServices } from './services.ts';

/** How long an exception lasts when nobody was asked. */
const DAYS = 90;
const DAY_MS = 86_400_000;

/** Why a diagnostic is accepted, and the last day (YYYY-MM-DD) it is, if there is one. */
export interface SuppressionNote {
  readonly reason: string;
  readonly expires?: string;
}

/** Returns the edit that suppresses a diagnostic of a document; undefined where it has no line for a comment. */
export function suppressionEditIn(
  document: TextDocument,
  diagnostic: LintDiagnostic,
  { reason, expires }: SuppressionNote,
  services: Pick<ServerServices, 'suppressionEdit' | 'composeSuppressionEdit'>,
): TextEdit | undefined {
  const write = buildFileKind(document) === 'compose' ? services.composeSuppressionEdit : services.suppressionEdit;
  return write(document.getText(), diagnostic, reason, expires);
}

/** Returns the day on which an exception made at `now` ends, for whoever edits the comment to change. */
export function defaultExpiry(now: Date): string {
  return new Date(now.getTime() + DAYS * DAY_MS).toISOString().slice(0, 10);
}
