import * as vscode from 'vscode';
import { otherLinters } from '../protocol/client.ts';

/** Returns the ids of the extensions that check Dockerfiles too and are enabled: they start with the first Dockerfile, as this one does. */
export function installedLinters(): readonly string[] {
  return otherLinters.filter((id) => vscode.extensions.getExtension(id) !== undefined);
}
