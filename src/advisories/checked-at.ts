import path from 'node:path';
import { MAX_CONFIG_BYTES } from '../foundation/base/limits.ts';
import { readSmallJson } from '../foundation/io/random-access-file.ts';
import { withStaging } from '../foundation/io/staging.ts';
import { textOf } from '../registry/json.ts';

/** When the sources were last asked and answered: for every window and command of this user. */
const CHECKED = 'checked.json';

/** Returns when the sources were last asked with success, ISO 8601; undefined when they never were. */
export function readCheckedAt(directory: string): string | undefined {
  const checkedAt = textOf(readSmallJson(path.join(directory, CHECKED), MAX_CONFIG_BYTES), 'checkedAt');
  return checkedAt === undefined || Number.isNaN(Date.parse(checkedAt)) ? undefined : checkedAt;
}

/** Keeps that the sources were asked at `now`, with success. */
export async function writeCheckedAt(directory: string, now: Date): Promise<void> {
  await withStaging(directory, async (staging) => {
    await staging.write(CHECKED, new TextEncoder().encode(JSON.stringify({ checkedAt: now.toISOString() })));
    await staging.publish(CHECKED);
  });
}
