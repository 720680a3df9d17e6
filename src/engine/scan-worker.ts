import { serveWorkerThread } from '../foundation/io/worker-thread.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import type { ScanProgress } from './engine.ts';
import { scanImage } from './scan-image.ts';
import type { ScanJob } from './scan-in-worker.ts';

void serveWorkerThread<ScanJob, ScanReport, ScanProgress>((job, hooks) => scanImage(job.input, job.options, hooks));
