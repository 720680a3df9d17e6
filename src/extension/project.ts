import * as vscode from 'vscode';
import type { InProject } from '../protocol/request.ts';

/** Returns where the project's configuration is looked for: beside the Dockerfile, else in the workspace folder of the file that is open, else in the first. Empty without a folder on this machine. */
export function projectOf(dockerfileUri: string | undefined): InProject {
  const active = vscode.window.activeTextEditor?.document.uri;
  const own = active === undefined ? undefined : vscode.workspace.getWorkspaceFolder(active);
  const folder = (own ?? vscode.workspace.workspaceFolders?.[0])?.uri;
  return {
    ...(dockerfileUri === undefined ? {} : { dockerfileUri }),
    ...(folder?.scheme === 'file' ? { folderUri: folder.toString() } : {}),
  };
}

/** True where there is a folder that the configuration can be in. */
export function hasProject(dockerfileUri: string | undefined): boolean {
  const { dockerfileUri: dockerfile, folderUri } = projectOf(dockerfileUri);
  return folderUri !== undefined || dockerfile?.startsWith('file:') === true;
}
