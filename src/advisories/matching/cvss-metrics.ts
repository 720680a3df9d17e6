/** Longest vector that is read: one with every metric of version 4.0 has about 200 characters. */
const MAX_VECTOR_LENGTH = 400;

/** Returns the metrics of the part of a CVSS vector behind its version, `AV:N/AC:L/…`; undefined when it is longer than any vector, a part is no `METRIC:VALUE`, or a metric comes twice. */
export function parseCvssMetrics(text: string): ReadonlyMap<string, string> | undefined {
  if (text.length > MAX_VECTOR_LENGTH) return undefined;
  const metrics = new Map<string, string>();
  for (const part of text.split('/')) {
    const [, metric, value] = /^([A-Za-z]{1,3}):([A-Za-z]{1,6})$/.exec(part) ?? [];
    if (metric === undefined || value === undefined || metrics.has(metric)) return undefined;
    metrics.set(metric, value);
  }
  return metrics;
}
