import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Returns the path of a file or folder of the shared test data, or undefined when it is not on this machine: then skip, and say so.
 * The data lies in PLIMSOLL_TEST_DATA, else beside the checkout in ../shared/data.
 */
export function sharedData(relative: string): string | undefined {
  const home = process.env.PLIMSOLL_TEST_DATA ?? path.join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
  const target = path.join(home, relative);
  return existsSync(target) ? target : undefined;
}

/** Options for a node:test test that needs shared data: runs it when `relative` exists, else skips with the reason. */
export function needsSharedData(relative: string): { skip: string | false } {
  return { skip: sharedData(relative) === undefined ? `shared test data is absent: ${relative}` : false };
}
