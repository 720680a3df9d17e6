import { serveWorkerThread } from '../foundation/io/worker-thread.ts';
import { scanImage } from './scan-image.ts';
import type { ScanJob } from './scan-in-worker.ts';

void serveWorkerThread((data, hooks) => {
  // From scan-in-worker.ts, in the same process and of the same build: nobody else starts this thread.
  const job = data as ScanJob;
  return scanImage(job.input, job.options, hooks);
});
