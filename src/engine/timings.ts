/** Milliseconds of each phase of a scan. */
export type Timings = Record<string, number>;

/** Returns what `work` returns, and notes how long it took. */
export async function timed<T>(timings: Timings, phase: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  timings[phase] = Math.round(performance.now() - start);
  return result;
}
