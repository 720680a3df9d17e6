import * as l10n from '@vscode/l10n';
import { CodeActionKind } from 'vscode-languageserver/node';
import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { serverOf, type FoundLookUps, type LookUp } from '../engine/look-ups.ts';
import type { LintDiagnostic, LintResult } from '../foundation/model/diagnostic.ts';
import type { TextRange } from '../foundation/model/text-range.ts';
import { serverCommands } from '../protocol/commands.ts';
import type { LookUpTarget } from '../protocol/commands.ts';
import { buildFileKind } from './languages.ts';
import type { ServerServices } from './services.ts';
import type { ServerSettings } from './settings.ts';
import { intersects } from './text-edits.ts';

export interface LookUpActionContext {
  readonly uri: string;
  readonly range: TextRange;
  /** Of the document as it is now. */
  readonly lookUps: readonly LookUp[];
  readonly toDiagnostic: (diagnostic: LintDiagnostic) => Diagnostic;
}

const nothing: FoundLookUps = { lookUps: [], refused: [] };

/** Returns what can be looked up for a document; nothing where lint is turned off, or the document only holds Dockerfiles among other things. */
export function lookUpsIn(
  document: TextDocument,
  { result, settings }: { readonly result: LintResult; readonly settings: ServerSettings },
  { findLookUps }: Pick<ServerServices, 'findLookUps'>,
): FoundLookUps {
  return settings.lint && buildFileKind(document) === 'dockerfile' ? findLookUps(document.getText(), result.diagnostics) : nothing;
}

/** Returns the quick fixes of a range that have to ask a server first. Each says which one: nobody is asked before the user chose it. */
export function lookUpActionsAt({ uri, range, lookUps, toDiagnostic }: LookUpActionContext): readonly CodeAction[] {
  const here = lookUps.filter((lookUp) => intersects(lookUp.range, range));
  const actions = here.map((lookUp): CodeAction => {
    const title = titleOf(lookUp);
    const target: LookUpTarget = { uri, range: lookUp.range };
    return {
      title,
      kind: CodeActionKind.QuickFix,
      ...(lookUp.diagnostic === undefined ? {} : { diagnostics: [toDiagnostic(lookUp.diagnostic)] }),
      command: { title, command: serverCommands.lookUp, arguments: [target] },
    };
  });
  const images = lookUps.filter(({ subject }) => subject.kind === 'image');
  return images.length > 1 && here.some((lookUp) => images.includes(lookUp)) ? [...actions, pinImagesAction(uri)] : actions;
}

function titleOf({ subject }: LookUp): string {
  const server = serverOf(subject) ?? '';
  return subject.kind === 'image'
    ? l10n.t('Pin to the digest of today (asks {0})', server)
    : l10n.t('Check the SHA-256 that the file has today (downloads it from {0})', server);
}

function pinImagesAction(uri: string): CodeAction {
  const title = l10n.t('Pin every image of this file to its digest of today (asks the registries)');
  const target: LookUpTarget = { uri };
  return { title, kind: CodeActionKind.QuickFix, command: { title, command: serverCommands.pinImages, arguments: [target] } };
}
