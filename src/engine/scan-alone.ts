import type { ScanReport } from '../foundation/model/report.ts';
import type { ImageInput, ScanHooks, ScanOptions } from './engine.ts';
import { recallContents, toReadOptions } from './recall-contents.ts';
import { reportContents, timed, type Timings } from './report-contents.ts';
import { scanInWorker } from './scan-in-worker.ts';

/**
 * Returns what scanInWorker returns. An image that is remembered is answered by this thread, which takes less time than starting another: for a process that does nothing else meanwhile.
 * @throws what scanInWorker throws
 */
export async function scanAlone(input: ImageInput, options: ScanOptions, hooks: ScanHooks): Promise<ScanReport> {
  return (await scanRemembered(input, options, hooks)) ?? scanInWorker(input, options, hooks);
}

async function scanRemembered(input: ImageInput, options: ScanOptions, hooks: ScanHooks): Promise<ScanReport | undefined> {
  // Whether an image in a registry has changed the worker would have to ask a second time.
  if (input.kind === 'sbom' || input.kind === 'registry' || options.useCache === false) return undefined;
  const timings: Timings = {};
  const { contents } = await timed(timings, 'read', () => recallContents(input, options, toReadOptions(options, hooks)));
  return contents === undefined ? undefined : reportContents(contents, timings, input, options, hooks);
}
