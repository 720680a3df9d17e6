import type { ScanReport } from '../foundation/model/report.ts';
import type { ImageInput, ScanHooks, ScanOptions } from './engine.ts';
import { recallContents, toReadOptions } from './recall-contents.ts';
import { reportContents } from './report-contents.ts';
import { timed, type Timings } from './timings.ts';

/**
 * Returns the report of one image: packages, findings of every category asked for, and what could not be read.
 * Runs on the calling thread, which is right for a process that does nothing else meanwhile; editors use `scanInWorker`.
 * @throws {ImageSourceError} when there is no image · {AdvisoryStoreError} when the advisories cannot be opened · DOMException AbortError
 */
export async function scanImage(input: ImageInput, options: ScanOptions, hooks: ScanHooks): Promise<ScanReport> {
  const timings: Timings = {};
  if (input.kind === 'sbom') {
    const { readSbomFile } = await import('../image/sbom/read-sbom.ts');
    const listed = await timed(timings, 'read', () => readSbomFile(input.path));
    return reportContents(listed, timings, input, options, hooks);
  }
  const readOptions = toReadOptions(options, hooks);
  const start = performance.now();
  const known = await recallContents(input, options, readOptions);
  if (known.contents === undefined && options.sharedReports === true) {
    const shared = await (await import('./shared-report.ts')).findSharedReport(input, options, hooks);
    if (shared !== undefined) return shared;
  }
  // What reads images is loaded when there is one to read: an image that is remembered is answered in a tenth of a second.
  const contents = known.contents ?? (await (await import('./read-contents.ts')).readContents(known, readOptions));
  timings.read = Math.round(performance.now() - start);
  return reportContents(contents, timings, input, options, hooks);
}
