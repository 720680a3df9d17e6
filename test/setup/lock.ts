import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Returns what `work` returns, with `file` locked so that no other process does the same work at the same time.
 * The lock is the kernel's (flock): it is freed when this process ends, however it ends.
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(path.dirname(file), { recursive: true });
  // `cat` holds the lock until its input ends: when we close it, or when we are gone.
  const holder = spawn('flock', ['--exclusive', file, 'sh', '-c', 'echo held; exec cat'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(holder, 'exit');
  try {
    await Promise.race([once(holder.stdout, 'data'), ended.then(() => Promise.reject(new Error(`flock could not lock ${file}`)))]);
    return await work();
  } finally {
    holder.stdin.end();
    await ended;
  }
}
