import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import type { GeneratedFile } from '../gen.ts';

/** Where text for people is: the extension host, the language server and the report page. */
const SOURCES = ['src/extension/**/*.ts', 'src/server/**/*.ts', 'webview/**/*.ts'];

/** Returns l10n/bundle.l10n.json: every text that goes through `l10n.t` in the sources, for translators to start from. */
export async function generate(root: string): Promise<readonly GeneratedFile[]> {
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: root, exclude: (name) => name.includes('node_modules') })).sort();
  const texts = await getL10nJson(files.map((file) => ({ contents: readFileSync(path.join(root, file), 'utf8'), extension: '.ts' })));
  const sorted = Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));
  return [{ path: 'l10n/bundle.l10n.json', text: `${JSON.stringify(sorted, null, 2)}\n` }];
}
