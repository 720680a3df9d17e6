import type { ClientCapabilities, WorkspaceEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit } from '../foundation/model/text-range.ts';

/** Returns the edits of one document as the client takes them: tied to the document's version where it can check that, so an edit made for older text is refused rather than misplaced. */
export function toWorkspaceEdit(document: TextDocument, edits: readonly TextEdit[], capabilities: ClientCapabilities): WorkspaceEdit {
  if (capabilities.workspace?.workspaceEdit?.documentChanges !== true) return { changes: { [document.uri]: [...edits] } };
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits: [...edits] }] };
}
