import * as vscode from 'vscode';
import { messageOf } from '../foundation/base/result.ts';
import type { ReportFiles } from './scan-store.ts';

/** Returns a place for reports in `folder`. That it cannot be written (a full disk) is logged: the report is on the screen all the same, it only will not outlive the window. */
export function reportFilesIn(folder: vscode.Uri, log: vscode.LogOutputChannel): ReportFiles {
  const uriOf = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  return {
    async read(name) {
      try {
        return new TextDecoder().decode(await vscode.workspace.fs.readFile(uriOf(name)));
      } catch {
        return undefined;
      }
    },
    async write(name, text) {
      try {
        await vscode.workspace.fs.createDirectory(folder);
        await vscode.workspace.fs.writeFile(uriOf(name), new TextEncoder().encode(text));
      } catch (error) {
        log.warn(`the report could not be kept in ${folder.fsPath}: ${messageOf(error)}`);
      }
    },
    async remove(name) {
      try {
        await vscode.workspace.fs.delete(uriOf(name));
      } catch (error) {
        log.debug(`${name} could not be removed: ${messageOf(error)}`);
      }
    },
  };
}
