import * as l10n from '@vscode/l10n';
import { severities } from '../foundation/model/severity.ts';
import type { Severity } from '../foundation/model/severity.ts';

const steps = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** Returns how long ago an ISO 8601 time was, in words of `locale` ("3 days ago"), or undefined when `time` is no time. */
export function formatAge(time: string | undefined, now: Date, locale: string): string | undefined {
  const agoMs = time === undefined ? NaN : now.getTime() - Date.parse(time);
  if (Number.isNaN(agoMs)) return undefined;
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, lengthMs] of steps) if (agoMs >= lengthMs) return words.format(-Math.floor(agoMs / lengthMs), unit);
  return words.format(0, 'minute');
}

const DAY_MS = 86_400_000;

/** Returns a time as people name it in "since …": of today the hour ("7:46 AM"), of the six days before the weekday ("Tuesday"), else the date. Empty when `time` is no time. */
export function formatSince(time: string, now: Date, locale: string): string {
  const then = new Date(time);
  if (Number.isNaN(then.getTime())) return '';
  // Days are those of the calendar here; one on which the clocks change is an hour off.
  const daysAgo = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(then).setHours(0, 0, 0, 0)) / DAY_MS);
  const options: Intl.DateTimeFormatOptions =
    daysAgo === 0 ? { timeStyle: 'short' } : daysAgo > 0 && daysAgo < 7 ? { weekday: 'long' } : { dateStyle: 'medium' };
  return new Intl.DateTimeFormat(locale, options).format(then);
}

/** Returns a size in the decimal units that container engines print ("187 MB"). */
export function formatSize(sizeBytes: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, sizeBytes)) / 3)));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: power < 3 ? 0 : 1,
  }).format(sizeBytes / 1000 ** power);
}

/** Findings by severity; a severity that has none may be missing. */
export type SeverityCounts = Readonly<Partial<Record<Severity, number>>>;

export function countSeverities(findings: readonly { readonly severity: Severity }[]): SeverityCounts {
  const counts: Partial<Record<Severity, number>> = {};
  for (const { severity } of findings) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}

/** Returns the counts in words, worst first, as many as `most`: "2 critical · 11 high". A partial scan is never said to have found nothing. */
export function formatCounts(counts: SeverityCounts, status: 'complete' | 'partial', most: number = severities.length): string {
  const parts = severities.flatMap((severity) => ((counts[severity] ?? 0) > 0 ? [countOf(severity, counts[severity] ?? 0)] : [])).slice(0, most);
  if (status === 'partial') parts.push(l10n.t('not everything could be read'));
  return parts.length === 0 ? l10n.t('no findings') : parts.join(' · ');
}

function countOf(severity: Severity, count: number): string {
  switch (severity) {
    case 'critical':
      return l10n.t('{0} critical', count);
    case 'high':
      return l10n.t('{0} high', count);
    case 'medium':
      return l10n.t('{0} medium', count);
    case 'low':
      return l10n.t('{0} low', count);
    case 'negligible':
      return l10n.t('{0} negligible', count);
    case 'unknown':
      return l10n.t('{0} of unknown severity', count);
  }
}
