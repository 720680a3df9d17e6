/**
 * Writes every generated file, or with --check says which ones are stale and exits 1. Run by `npm run gen` and `npm run check`.
 * Each generator in gen/ returns the files it owns; nothing else writes them.
 */
import { readFileSync, writeFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { generateRegistries } from './gen/registries.ts';

export interface GeneratedFile {
  /** Path from the project's root. */
  readonly path: string;
  /** Undefined: the file must not exist. */
  readonly text: string | undefined;
}

const root = path.join(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const stale: string[] = [];

async function main(): Promise<void> {
  // Registries first: the other generators import them.
  emit(generateRegistries(root));
  for (const name of ['rule-pages', 'rule-coverage', 'inventory-coverage', 'schemas', 'manifest', 'l10n']) {
    const file = path.join(import.meta.dirname, 'gen', `${name}.ts`);
    if (!exists(file)) continue;
    const module = (await import(file)) as { generate(root: string): readonly GeneratedFile[] | Promise<readonly GeneratedFile[]> };
    emit(await module.generate(root));
  }
  if (stale.length > 0) {
    console.error(`stale generated files, run \`npm run gen\`:\n${stale.map((file) => `  ${file}`).join('\n')}`);
    process.exitCode = 1;
  }
}

function emit(files: readonly GeneratedFile[]): void {
  for (const file of files) {
    const target = path.join(root, file.path);
    const current = readText(target);
    if (current === file.text) continue;
    if (check) {
      stale.push(file.path);
    } else if (file.text === undefined) {
      rmSync(target, { force: true });
    } else {
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, file.text);
      console.log(`wrote ${file.path}`);
    }
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function exists(file: string): boolean {
  return readText(file) !== undefined;
}

await main();
