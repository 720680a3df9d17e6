import { copyFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { openAdvisoryStore } from '../src/advisories/store/bolt-store.ts';
import { compactStore } from '../src/advisories/store/compact-store.ts';
import { openExtras } from '../src/advisories/store/extras-files.ts';

/** What the engine looks for beside the bundles. */
export const BUNDLED = 'advisories-full.db';

/** Puts a full advisory database into the folder of the bundles, compacted, and returns its size in bytes. @throws {AdvisoryStoreError} when it is none; Error when it is not full */
export async function bundleAdvisories(file: string, dist: string): Promise<number> {
  const output = path.join(dist, BUNDLED);
  const store = openAdvisoryStore(file);
  const { used, isCompact } = store;
  store.close();
  if (!used.full) throw new Error(`${file} says of itself that it is not complete: it must not stand for all advisories`);
  if (Number.isNaN(Date.parse(used.builtAt))) throw new Error(`${file} does not say when it was built: put its metadata.json beside it`);
  if (isCompact) copyFileSync(file, output);
  else await compactStore({ file, output, extras: openExtras(path.dirname(path.resolve(file))) });
  const written = openAdvisoryStore(output);
  written.close();
  const { size: sizeBytes } = statSync(output);
  console.log(`${path.basename(output)}: ${written.used.source}, built ${written.used.builtAt}, ${sizeBytes} bytes`);
  return sizeBytes;
}
