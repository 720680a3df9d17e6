import type { ScanReport } from '../foundation/model/report.ts';
import type { ImageContents } from '../image/read-image.ts';
import type { ImageInput, ScanHooks, ScanOptions } from './engine.ts';
import { recallContents, toReadOptions } from './recall-contents.ts';
import { reportContents, timed, type Timings } from './report-contents.ts';

/**
 * Returns the report of one image: packages, findings of every category asked for, and what could not be read.
 * Runs on the calling thread, which is right for a process that does nothing else meanwhile; editors use `scanInWorker`.
 * @throws {ImageSourceError} when there is no image · {AdvisoryStoreError} when the advisories cannot be opened · DOMException AbortError
 */
export async function scanImage(input: ImageInput, options: ScanOptions, hooks: ScanHooks): Promise<ScanReport> {
  const timings: Timings = {};
  const contents = await timed(timings, 'read', () => findContents(input, options, hooks));
  return reportContents(contents, timings, input, options, hooks);
}

async function findContents(input: ImageInput, options: ScanOptions, hooks: ScanHooks): Promise<ImageContents> {
  if (input.kind === 'sbom') return (await import('../image/sbom/read-sbom.ts')).readSbomFile(input.path);
  const readOptions = toReadOptions(options, hooks);
  const known = await recallContents(input, options, readOptions);
  // What reads images is loaded when there is one to read: an image that is remembered is answered in a tenth of a second.
  return known.contents ?? (await import('./read-contents.ts')).readContents(known, readOptions);
}
