import type { Remediation } from '../foundation/model/finding.ts';
import type { InstalledPackage } from '../foundation/model/package.ts';
import { quoteWord } from './shell-quote.ts';

/** Paths that can stand in a sentence without quotes. */
const plainPath = /^[A-Za-z0-9._@+][A-Za-z0-9._@+/-]{0,300}$/;

/** True when `word` fits `grammar` and the shell takes it as one word: the grammar is the lock, the shell's view the second one. */
export function isSafe(word: string, grammar: RegExp): boolean {
  return grammar.test(word) && quoteWord(word) !== undefined;
}

/** Returns a word that was found safe, quoted where the shell needs it. */
export function quote(word: string): string {
  return quoteWord(word) ?? "''";
}

/** Returns `word` in quotes. For words with `>`, so that a reader of the command sees that they always are. */
export function quoteAlways(word: string): string {
  return `'${word.replaceAll("'", '')}'`;
}

/** Returns a shell line to run in the image's build, and in a line what it does. */
export function command(text: string, description: string): Remediation {
  return { kind: 'command', text, description };
}

/** Returns prose: what has to be done by hand. */
export function manual(text: string): Remediation {
  return { kind: 'manual', text };
}

/** Returns the path of the file that tells of the package, as the image has it: `/app/Cargo.lock`. Undefined when there is none, or it has characters that don't belong into a sentence. */
export function placeOf(installed: InstalledPackage): string | undefined {
  const path = installed.files[0];
  return path !== undefined && plainPath.test(path) ? `/${path}` : undefined;
}

/** Returns the name of the file that tells of the package: `Cargo.lock`. Empty when there is none. */
export function fileNameOf(installed: InstalledPackage): string {
  return installed.files[0]?.split('/').at(-1) ?? '';
}

/** Returns where a command has to be run: in the project, or in the source of the program that the package was built into. */
export function whereToRun(installed: InstalledPackage): string {
  const place = placeOf(installed);
  return installed.declaredOnly === true || place === undefined ? 'Run it in the project' : `Run it in the source of ${place}`;
}
