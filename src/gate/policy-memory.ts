import { MAX_REMEMBERED_POLICIES, POLICY_MEMORY_MS } from '../foundation/base/limits.ts';

/** Remembers for a minute what a registry said, so that images judged one after the other, or at once, ask and sign in once. */
export interface PolicyMemory<T> {
  /** Returns what is remembered under `key`, else what `read` gives, which is remembered when `isLasting` says so. Whoever asks meanwhile waits for the same answer. */
  recall(key: string, now: Date, read: () => Promise<T>, isLasting: (value: T) => boolean): Promise<T>;
  /** Forgets everything: what one is signed in with has changed. */
  clear(): void;
}

interface Remembered<T> {
  readonly at: number;
  readonly value: Promise<T>;
}

/** Returns a memory of at most MAX_REMEMBERED_POLICIES answers, each for POLICY_MEMORY_MS. */
export function createPolicyMemory<T>(): PolicyMemory<T> {
  const answers = new Map<string, Remembered<T>>();
  const forget = (key: string, entry: Remembered<T>): void => {
    if (answers.get(key) === entry) answers.delete(key);
  };
  return {
    async recall(key, now, read, isLasting) {
      const known = answers.get(key);
      const age = known === undefined ? Number.NaN : now.getTime() - known.at;
      // A clock that was set back makes nothing last longer.
      if (known !== undefined && age >= 0 && age < POLICY_MEMORY_MS) {
        const shared = await known.value.catch(() => undefined);
        // Another's cancellation or failure is not ours.
        if (shared !== undefined && isLasting(shared)) return shared;
      }
      const entry = { at: now.getTime(), value: read() };
      answers.delete(key);
      answers.set(key, entry);
      const [oldest] = answers.keys();
      if (answers.size > MAX_REMEMBERED_POLICIES && oldest !== undefined) answers.delete(oldest);
      try {
        const value = await entry.value;
        if (!isLasting(value)) forget(key, entry);
        return value;
      } catch (error) {
        forget(key, entry);
        throw error;
      }
    },
    clear() {
      answers.clear();
    },
  };
}
