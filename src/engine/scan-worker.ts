import { serveWorkerThread } from '../foundation/io/worker-thread.ts';
import type { RematchResult } from '../foundation/model/rematch.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import type { RematchJob } from './rematch-in-worker.ts';
import { rematchReport, rematchSeenImages } from './rematch.ts';
import { scanImage } from './scan-image.ts';
import type { ScanJob } from './scan-in-worker.ts';

void serveWorkerThread(async (data, hooks): Promise<ScanReport | RematchResult> => {
  // From scan-in-worker.ts and rematch-in-worker.ts, in the same process and of the same build: nobody else starts this thread.
  const job = data as ScanJob | RematchJob;
  if (!('kind' in job)) return scanImage(job.input, job.options, hooks);
  if (job.kind === 'rematch') return rematchSeenImages(job.options, hooks);
  return rematchReport(job.report, job.advisoriesFile, new Date());
});
