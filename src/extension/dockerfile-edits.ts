import * as vscode from 'vscode';
import type { TextRange } from '../foundation/model/text-range.ts';

export function toRange({ start, end }: TextRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Shows an instruction of the Dockerfile. */
export async function revealInDockerfile(uri: vscode.Uri, range: TextRange): Promise<void> {
  const editor = await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false });
  editor.selection = new vscode.Selection(toRange(range).start, toRange(range).start);
  editor.revealRange(toRange(range), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Puts whole lines into the Dockerfile, after `range` or at its end, and shows them. The document is left unsaved: whether they belong there is the user's to judge. */
export async function insertInDockerfile(uri: vscode.Uri, text: string, range: TextRange | undefined): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const last = document.lineAt(document.lineCount - 1);
  const line = Math.min(range === undefined ? document.lineCount : range.end.line + 1, document.lineCount);
  const atEnd = line >= document.lineCount;
  const lines = text.replaceAll('\r\n', '\n').replace(/\n*$/, '\n');
  const place = atEnd ? last.range.end : new vscode.Position(line, 0);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, place, atEnd && !last.isEmptyOrWhitespace ? `\n${lines}` : lines);
  await vscode.workspace.applyEdit(edit);
  const start = { line: atEnd && last.isEmptyOrWhitespace ? last.lineNumber : line, character: 0 };
  await revealInDockerfile(uri, { start, end: start });
}
