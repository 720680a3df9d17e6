import type { LintedFile } from '../../evidence/lint-report/render.ts';
import { serveWorkerPool } from '../../foundation/io/worker-pool.ts';
import { lintFile } from './lint-file.ts';
import type { LintRequest } from './lint-files.ts';

serveWorkerPool(async (request) => {
  // From lint-files.ts, in the same process and of the same build: nobody else starts this thread.
  const { targets, options } = request as LintRequest;
  const results: LintedFile[] = [];
  for (const target of targets) results.push(await lintFile(target, options));
  return results;
});
