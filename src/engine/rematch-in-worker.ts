import { AdvisoryStoreError, type AdvisoryStoreErrorCode } from '../advisories/store/store.ts';
import { workerEntry } from '../foundation/io/resources.ts';
import { runInWorkerThread, WorkerJobError } from '../foundation/io/worker-thread.ts';
import type { RematchResult } from '../foundation/model/rematch.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import type { ScanHooks, ScanProgress } from './engine.ts';
import type { RematchOptions } from './rematch.ts';

/** What the worker thread is given: plain data. */
export type RematchJob =
  | { readonly kind: 'rematch'; readonly options: RematchOptions }
  | { readonly kind: 'rematch-report'; readonly report: ScanReport; readonly advisoriesFile?: string };

/** Returns what `rematchSeenImages` does, from a worker thread. @throws {AdvisoryStoreError} · DOMException AbortError */
export function rematchInWorker(options: RematchOptions, hooks: ScanHooks = {}): Promise<RematchResult> {
  return runJob<RematchResult>({ kind: 'rematch', options }, hooks);
}

/** Returns what `rematchReport` does, from a worker thread. @throws {AdvisoryStoreError} · DOMException AbortError */
export function rematchReportInWorker(report: ScanReport, advisoriesFile: string | undefined, hooks: ScanHooks = {}): Promise<ScanReport> {
  return runJob<ScanReport>({ kind: 'rematch-report', report, ...(advisoriesFile === undefined ? {} : { advisoriesFile }) }, hooks);
}

async function runJob<Result>(job: RematchJob, { signal, onProgress }: ScanHooks): Promise<Result> {
  try {
    return await runInWorkerThread<Result>(workerEntry('worker.cjs', 'engine/scan-worker.ts'), job, {
      ...(signal === undefined ? {} : { signal }),
      onProgress: (progress) => onProgress?.(progress as ScanProgress),
    });
  } catch (error) {
    if (!(error instanceof WorkerJobError) || error.original.name !== 'AdvisoryStoreError') throw error;
    throw new AdvisoryStoreError(error.original.code as AdvisoryStoreErrorCode, error.original.message, { cause: error });
  }
}
