/** Plimsoll's own scale. A vendor's or registry's word is kept beside it as a rating or raw string, never squeezed into this. */
export const severities = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'] as const;
export type Severity = (typeof severities)[number];

/** Returns 0 for critical up to 5 for unknown: sort ascending to put the worst first. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

/** True when `severity` is as bad as `threshold` or worse. `unknown` reaches only the threshold `unknown`. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severityRank(severity) <= severityRank(threshold);
}

export function isSeverity(value: unknown): value is Severity {
  return typeof value === 'string' && (severities as readonly string[]).includes(value);
}
