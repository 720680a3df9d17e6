import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';

/** Returns a new folder that is removed when the test ends. */
export function temporaryDirectory(t: TestContext): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'plimsoll-test-'));
  t.after(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}
