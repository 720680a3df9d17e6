import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { feeds } from '../../src/advisories/feeds/feeds.generated.ts';
import type { AdvisoryRecord } from '../../src/advisories/store/record.ts';
import { sharedData } from './shared-data.ts';

export type AffectedRecord = Extract<AdvisoryRecord, { kind: 'affected' }>;

/** One file as it was published, with all that the feed made of it. */
export interface PublishedFile {
  readonly name: string;
  readonly text: string;
  readonly records: readonly AdvisoryRecord[];
  readonly affected: readonly AffectedRecord[];
  readonly problems: readonly string[];
}

/** Unpacks an archive of the shared data with the system's own tools, and yields each file that the feed wants, by name; skips the test, saying why, where the data or the tools are absent. */
export function* readPublished(context: TestContext, feedId: string, archive: string): Generator<PublishedFile> {
  const source = sharedData(archive);
  const feed = feeds.find(({ id }) => id === feedId);
  if (source === undefined || feed === undefined) {
    context.skip(`shared test data is absent: ${archive}`);
    return;
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'published-feed-'));
  context.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const unpacked = spawnSync('tar', ['-xf', source, '-C', folder]);
  if (unpacked.status !== 0) {
    context.skip(`tar cannot unpack ${archive}`);
    return;
  }
  for (const zip of list(folder).filter((name) => name.endsWith('.zip'))) {
    if (spawnSync('unzip', ['-oq', path.join(folder, zip), '-d', folder]).status !== 0) context.skip(`unzip cannot unpack ${zip}`);
  }
  for (const name of list(folder)) {
    if (!feed.wants(name)) continue;
    const bytes = readFileSync(path.join(folder, name));
    const items = [...feed.read({ name, bytes })];
    const records = items.flatMap((item) => item.value);
    yield {
      name,
      text: bytes.toString('utf8'),
      records,
      affected: records.filter((record) => record.kind === 'affected'),
      problems: items.flatMap((item) => item.problems.map((problem) => problem.message)),
    };
  }
}

function list(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** Returns about `count` items from all over a list. */
export function spreadOver<T>(items: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, index) => index % step === 0);
}
