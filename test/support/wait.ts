import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  /** Default 30 s. */
  readonly timeoutMs?: number;
  /** Pause between two looks; default 50 ms. */
  readonly intervalMs?: number;
  /** Text added to the error when the condition never came true: a log's tail, say. */
  readonly explain?: () => string | Promise<string>;
}

/**
 * Returns the first value of `look` that is neither undefined nor false. A `look` that throws is looked at again; its last error is the cause of the time-out.
 * @throws {Error} saying what never happened, after `timeoutMs`.
 */
export async function waitFor<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  options: WaitOptions = {},
): Promise<T> {
  const { timeoutMs = 30_000, intervalMs = 50 } = options;
  const end = performance.now() + timeoutMs;
  let lastError: unknown;
  for (;;) {
    try {
      const value = await look();
      if (value !== undefined && value !== false) return value;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() >= end) break;
    await delay(intervalMs);
  }
  const explanation = (await options.explain?.()) ?? '';
  throw new Error(`waited ${String(timeoutMs / 1000)} s for ${what}${explanation === '' ? '' : `\n${explanation}`}`, { cause: lastError });
}
