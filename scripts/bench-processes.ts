/** Measures whole processes: how long they take, of the clock and of the processor, and how much memory. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One command to be measured. */
export interface Contestant {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Called before each run. */
  prepare?(): void;
}

export interface ProcessFigures {
  readonly wallMs: number;
  /** Of all its threads. */
  readonly processorMs: number;
  readonly peakBytes: number;
}

/** Ticks of /proc/PID/stat in a second: the same on every Linux that Node runs on. */
const TICKS = 100;

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Runs a command to its end; its processor time and peak memory are read from /proc while it lives (Linux; elsewhere NaN). */
export async function measureOnce({ command, args, env }: Contestant, environment: Readonly<Record<string, string>>): Promise<ProcessFigures> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, ...environment, ...env } });
  let peakBytes = Number.NaN;
  let processorMs = Number.NaN;
  const sample = (): void => {
    try {
      const kib = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8'))?.[1];
      if (kib !== undefined) peakBytes = Number(kib) * 1024;
      const fields =
        readFileSync(`/proc/${child.pid ?? 0}/stat`, 'utf8')
          .split(') ')[1]
          ?.split(' ') ?? [];
      processorMs = ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
    } catch {
      // It has ended, or this is not Linux.
    }
  };
  const timer = setInterval(sample, 5);
  await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(timer);
  return { wallMs: performance.now() - start, processorMs, peakBytes };
}

/** Returns medians of `runs` runs of each, taken in turn, so that a slow minute of the machine hits all of them. One round more, the first, warms the page cache and does not count. */
export async function measureInTurn(
  contestants: readonly Contestant[],
  runs: number,
  environment: Readonly<Record<string, string>>,
): Promise<readonly ProcessFigures[]> {
  const figures = contestants.map((): ProcessFigures[] => []);
  for (let round = 0; round <= runs; round++) {
    for (const [i, contestant] of contestants.entries()) {
      contestant.prepare?.();
      const measured = await measureOnce(contestant, environment);
      if (round > 0) figures[i]?.push(measured);
    }
  }
  const medianOf = (all: readonly ProcessFigures[], key: keyof ProcessFigures): number => median(all.map((figure) => figure[key]));
  return figures.map((all) => ({
    wallMs: medianOf(all, 'wallMs'),
    processorMs: medianOf(all, 'processorMs'),
    peakBytes: medianOf(all, 'peakBytes'),
  }));
}
