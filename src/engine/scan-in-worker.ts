import { AdvisoryStoreError, type AdvisoryStoreErrorCode } from '../advisories/store/store.ts';
import { workerEntry } from '../foundation/io/resources.ts';
import { runInWorkerThread, WorkerJobError } from '../foundation/io/worker-thread.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { ImageSourceError, type ImageSourceErrorCode } from '../image/sources/source.ts';
import type { ImageInput, ScanHooks, ScanOptions, ScanProgress } from './engine.ts';

/** What the worker thread is given: plain data. */
export interface ScanJob {
  readonly input: ImageInput;
  readonly options: ScanOptions;
}

/**
 * Returns the report of one image, made in a worker thread so that nothing else waits for it. A cancelled scan stops within a second and leaves nothing behind.
 * @throws {ImageSourceError} · {AdvisoryStoreError} · DOMException AbortError
 */
export async function scanInWorker(input: ImageInput, options: ScanOptions, hooks: ScanHooks): Promise<ScanReport> {
  const job: ScanJob = { input, options };
  try {
    return await runInWorkerThread<ScanReport>(workerEntry('worker.cjs', 'engine/scan-worker.ts'), job, {
      ...(hooks.signal === undefined ? {} : { signal: hooks.signal }),
      onProgress: (progress) => hooks.onProgress?.(progress as ScanProgress),
    });
  } catch (error) {
    if (!(error instanceof WorkerJobError)) throw error;
    const { name, code, message } = error.original;
    if (name === 'ImageSourceError') throw new ImageSourceError(code as ImageSourceErrorCode, message, { cause: error });
    if (name === 'AdvisoryStoreError') throw new AdvisoryStoreError(code as AdvisoryStoreErrorCode, message, { cause: error });
    throw error;
  }
}
