import os from 'node:os';
import type { LintedFile } from '../../evidence/lint-report/render.ts';
import { MAX_LINT_THREADS } from '../../foundation/base/limits.ts';
import { workerEntry } from '../../foundation/io/resources.ts';
import { mapInWorkerThreads } from '../../foundation/io/worker-pool.ts';
import { WorkerJobError } from '../../foundation/io/worker-thread.ts';
import type { LintTarget } from './find-files.ts';
import type { Fixer } from './fixer.ts';
import { lintFile, type LintFileOptions } from './lint-file.ts';

/** What one thread is given at a time: enough that the messages cost little beside the work, few enough that the threads end at about the same time. */
const FILES_PER_REQUEST = 16;

/** Fewer are linted sooner by this thread alone: each thread has to load and warm up the rules for itself. Measured with two cores; more only gain more. */
const MIN_FILES_FOR_THREADS = 200;

/** From lint-files.ts to lint-worker.ts. */
export interface LintRequest {
  readonly targets: readonly LintTarget[];
  readonly options: LintFileOptions;
}

export interface LintFilesOptions extends LintFileOptions {
  readonly signal: AbortSignal;
  /** What `fix` does. Default: the safe fixes. */
  readonly fixer?: Fixer;
  /** Default: as many as this machine runs at once, when there are many files. 1: none but this one. */
  readonly threads?: number;
  /** Default: lint-worker.ts. */
  readonly workerEntry?: string;
}

/** Returns what the rules say of each target, in their order: the same whatever the number of threads. */
export async function lintFiles(targets: readonly LintTarget[], options: LintFilesOptions): Promise<readonly LintedFile[]> {
  const { signal, fixer, threads = chooseThreads(targets.length), workerEntry: entry, ...fileOptions } = options;
  // Standard input belongs to this thread. Files are fixed one by one: two names may lead to the same one.
  if (threads > 1 && fileOptions.fix !== true && targets.every(({ path }) => path !== '-')) {
    return lintInThreads(targets, fileOptions, { signal, threads, entry: entry ?? workerEntry('lint-worker.cjs', 'cli/lint/lint-worker.ts') });
  }
  const results: LintedFile[] = [];
  for (const target of targets) {
    signal.throwIfAborted();
    results.push(await lintFile(target, fileOptions, fixer));
  }
  signal.throwIfAborted();
  return results;
}

function chooseThreads(files: number): number {
  return files < MIN_FILES_FOR_THREADS ? 1 : Math.min(os.availableParallelism(), MAX_LINT_THREADS);
}

interface Threads {
  readonly signal: AbortSignal;
  readonly threads: number;
  readonly entry: string;
}

async function lintInThreads(targets: readonly LintTarget[], options: LintFileOptions, threads: Threads): Promise<readonly LintedFile[]> {
  const requests: LintRequest[] = [];
  for (let i = 0; i < targets.length; i += FILES_PER_REQUEST) requests.push({ targets: targets.slice(i, i + FILES_PER_REQUEST), options });
  const answers = await mapInWorkerThreads<readonly LintedFile[]>(threads.entry, requests, threads);
  const results: LintedFile[] = [];
  for (const [i, answer] of answers.entries()) {
    results.push(...(answer instanceof WorkerJobError ? await lintOneByOne(requests[i]?.targets ?? [], options, threads) : answer));
  }
  return results;
}

/** A file ended its thread, and its neighbours lost their results with it: each is asked for alone, so that only the one is lost. */
async function lintOneByOne(targets: readonly LintTarget[], options: LintFileOptions, threads: Threads): Promise<readonly LintedFile[]> {
  const requests = targets.map((target): LintRequest => ({ targets: [target], options }));
  const answers = await mapInWorkerThreads<readonly LintedFile[]>(threads.entry, requests, threads);
  return answers.flatMap((answer, i): readonly LintedFile[] => {
    if (!(answer instanceof WorkerJobError)) return answer;
    return [{ path: targets[i]?.path ?? '', diagnostics: [], problems: [{ code: 'other', message: `could not be linted: ${answer.message}` }] }];
  });
}
