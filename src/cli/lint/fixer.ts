import { buildFileKindOf } from '../../engine/build-files.ts';
import { linterFor } from '../../engine/lint-compose.ts';
import type { LintSettings } from '../../engine/lint-dockerfile.ts';
import type { Ask } from '../../engine/look-ups.ts';
import { toPlainLine } from '../../evidence/report/sanitize.ts';
import type { Terminal } from '../output.ts';

/** Returns the fixed text of the file called `path`. */
export type Fixer = (text: string, settings: LintSettings, path: string) => string | Promise<string>;

/** Applies the safe fixes. */
export const safeFixer: Fixer = (text, settings, path) => linterFor(path).fix(text, settings);

const BYTES_PER_MB = 1_000_000;

export interface LookUpFixerOptions {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly offline: boolean;
}

/**
 * Returns a fixer that also writes the digests and checksums that registries and servers tell, each asked for once however many files want it. What was pinned and what could not be goes to
 * stderr: a look-up that fails keeps no other fix from being made.
 */
export function createLookUpFixer({ terminal, signal, offline }: LookUpFixerOptions): Fixer {
  let ask: Ask | undefined;
  let noted = false;
  return async (text, settings, path) => {
    // Look-ups know the places of a Dockerfile, not those of one within a compose file.
    if (buildFileKindOf(path) === 'compose') return safeFixer(text, settings, path);
    const [{ createAsk }, { fixWithLookUps, LOOK_UP_NOTE }] = await Promise.all([
      import('../../engine/ask-servers.ts'),
      import('../../engine/fix-with-look-ups.ts'),
    ]);
    ask ??= createAsk({ offline: offline ? '--offline was given' : undefined });
    const onBytes = (sizeBytes: number): void => {
      terminal.progress({ message: `${path}: looking up, ${Math.floor(sizeBytes / BYTES_PER_MB)} MB read` });
    };
    const fixed = await fixWithLookUps(text, settings, ask, { signal, onBytes });
    terminal.endProgress();
    for (const sentence of fixed.done) terminal.note(toPlainLine(`${path}: ${sentence}`));
    for (const { line, message } of fixed.problems) terminal.error(toPlainLine(`${path}:${line}: ${message}`));
    if (fixed.done.length > 0 && !noted) terminal.note(LOOK_UP_NOTE);
    noted ||= fixed.done.length > 0;
    return fixed.text;
  };
}
