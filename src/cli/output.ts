import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ScanProgress } from '../engine/engine.ts';

/** Exit codes scripts depend on. */
export const exitCodes = { ok: 0, findings: 1, usage: 2, unfinished: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Where a command writes, and how. Results go to stdout (or -o FILE); everything else to stderr. */
export interface Terminal {
  readonly quiet: boolean;
  readonly color: boolean;
  readonly width: number;
  /** Writes a result. */
  readonly print: (text: string, file?: string) => Promise<void>;
  /** Writes a line for the person in front of it, unless --quiet. */
  readonly note: (line: string) => void;
  /** Writes a line that --quiet does not silence. */
  readonly error: (line: string) => void;
  /** Overwrites one line of a terminal with what is being done; nothing when stderr is not a terminal. */
  readonly progress: (progress: ScanProgress) => void;
  /** Clears what `progress` drew. */
  readonly endProgress: () => void;
}

const PROGRESS_INTERVAL_MS = 80;
const DEFAULT_WIDTH = 120;

export function createTerminal(quiet: boolean): Terminal {
  const showsProgress = !quiet && process.stderr.isTTY;
  let drawn = false;
  let lastDraw = 0;
  const clear = (): void => {
    if (drawn) process.stderr.write('\r\u001B[2K');
    drawn = false;
  };
  return {
    quiet,
    color: process.stdout.isTTY && (process.env.NO_COLOR ?? '') === '',
    width: process.stdout.isTTY ? process.stdout.columns : DEFAULT_WIDTH,
    async print(text, file) {
      clear();
      const whole = text.endsWith('\n') ? text : `${text}\n`;
      if (file !== undefined && file !== '-') await writeFile(path.resolve(file), whole);
      else
        await new Promise<void>((resolve) =>
          process.stdout.write(whole, () => {
            resolve();
          }),
        );
    },
    note(line) {
      clear();
      if (!quiet) process.stderr.write(`${line}\n`);
    },
    error(line) {
      clear();
      process.stderr.write(`plimsoll: ${line}\n`);
    },
    progress({ fraction, message }) {
      const now = performance.now();
      if (!showsProgress || now - lastDraw < PROGRESS_INTERVAL_MS) return;
      lastDraw = now;
      clear();
      process.stderr.write(
        `${fraction === undefined ? '     ' : `${String(Math.round(fraction * 100)).padStart(3)} %`}  ${message}`.slice(
          0,
          process.stderr.columns - 1,
        ),
      );
      drawn = true;
    },
    endProgress: clear,
  };
}
