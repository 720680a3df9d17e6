import { readFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { withStaging } from './staging.ts';
import type { Staging } from './staging.ts';

/**
 * A folder whose content is replaced as a whole, while others read it. Each state of it is a folder of its own, a generation; a small file says which one counts, and which
 * one counted before. Whoever opened a file of an older generation keeps it, also on Windows, where an open file cannot be replaced: that generation is removed by a later update.
 */
export interface Generations {
  /** Path of the folder that counts. */
  readonly current?: string;
  /** Path of the one that counted before. */
  readonly previous?: string;
}

const POINTER = 'current.json';
const PREFIX = 'generation-';
/** What the system makes of `mkdtemp`: it becomes part of a path. */
const NAME = /^generation-[A-Za-z0-9]{1,32}$/;

/** Returns which generations of `directory` count; neither when there are none, or the file that names them is damaged. */
export function findGenerations(directory: string): Generations {
  const { current, previous } = readPointer(directory);
  return {
    ...(current !== undefined && { current: path.join(directory, current) }),
    ...(previous !== undefined && { previous: path.join(directory, previous) }),
  };
}

/** Makes what was staged the generation that counts; the one that counted is the previous one. Returns its path. @throws what the operating system reports */
export async function publishGeneration(directory: string, staging: Staging): Promise<string> {
  const name = await staging.publishAs(PREFIX);
  const { current } = readPointer(directory);
  await writePointer(directory, { current: name, ...(current !== undefined && { previous: current }) });
  return path.join(directory, name);
}

/** Makes the previous generation count again, and the one that counts the previous one. Returns its path, undefined when there is none. @throws what the operating system reports */
export async function swapGenerations(directory: string): Promise<string | undefined> {
  const { current, previous } = readPointer(directory);
  if (previous === undefined || !(await isThere(path.join(directory, previous)))) return undefined;
  await writePointer(directory, { current: previous, ...(current !== undefined && { previous: current }) });
  return path.join(directory, previous);
}

/** Makes no generation count any more; the one that counted is the previous one. Returns its path, undefined when none counted. @throws what the operating system reports */
export async function retireGeneration(directory: string): Promise<string | undefined> {
  const { current } = readPointer(directory);
  if (current === undefined) return undefined;
  await writePointer(directory, { previous: current });
  return path.join(directory, current);
}

/** Removes generations that no longer count. One that is still read on Windows stays until the next time. Only for whoever holds the lock: another's would vanish before it counts. */
export async function clearGenerations(directory: string): Promise<void> {
  const { current, previous } = readPointer(directory);
  for (const name of await readdir(directory).catch(() => [])) {
    if (!NAME.test(name) || name === current || name === previous) continue;
    await rm(path.join(directory, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

interface Pointer {
  readonly current?: string;
  readonly previous?: string;
}

function readPointer(directory: string): Pointer {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path.join(directory, POINTER), 'utf8'));
  } catch {
    return {};
  }
  const { current, previous } = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  return { ...(isName(current) && { current }), ...(isName(previous) && { previous }) };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value);
}

async function writePointer(directory: string, pointer: Pointer): Promise<void> {
  await withStaging(directory, async (staging) => {
    await staging.write(POINTER, new TextEncoder().encode(JSON.stringify(pointer)));
    await staging.publish(POINTER);
  });
}

async function isThere(folder: string): Promise<boolean> {
  return stat(folder).then(
    (info) => info.isDirectory(),
    () => false,
  );
}
