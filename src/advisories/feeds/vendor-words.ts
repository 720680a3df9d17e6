import type { Rating } from '../../foundation/model/finding.ts';
import type { Severity } from '../../foundation/model/severity.ts';

/** The words for severities of the distributions: Red Hat's and its rebuilds', SUSE's and Oracle's, Amazon's, Ubuntu's. */
const severityWords: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  important: 'high',
  high: 'high',
  moderate: 'medium',
  medium: 'medium',
  low: 'low',
  negligible: 'negligible',
  // Debian's: nothing is gained by it.
  unimportant: 'negligible',
};

/** Returns the severity that a distribution's word stands for, in whatever case; undefined for 'None', 'Unknown' and the like. */
export function severityOfWord(word: string | undefined): Severity | undefined {
  const key = word?.trim().toLowerCase() ?? '';
  return Object.hasOwn(severityWords, key) ? severityWords[key] : undefined;
}

/** Returns the rating in '9.3/CVSS:3.1/AV:N/…', '7.8/AV:N/AC:L/Au:N/…' or 'CVSS:3.0/AV:N/…'; undefined when it is none. */
export function ratingOf(text: string | undefined, source: string): Rating | undefined {
  const [, scoreText, cvssVector] = /^\s*(?:(\d{1,2}(?:\.\d)?)\/)?((?:CVSS:[34]\.[01]\/)?AV:[A-Za-z:/]+)\s*$/.exec(text ?? '') ?? [];
  if (cvssVector === undefined) return undefined;
  const score = Number(scoreText);
  return { cvssVector, source, ...(score >= 0 && score <= 10 && { score }) };
}

/** Returns '2023-10-10' of '20231010', '20231010:1200' or '2023-10-10 09:19:42'; undefined when there is no day in it. */
export function dayOf(text: string | undefined): string | undefined {
  const [, year, month, day] = /^\s*(\d{4})-?(\d{2})-?(\d{2})/.exec(text ?? '') ?? [];
  const date = `${year ?? ''}-${month ?? ''}-${day ?? ''}`;
  return Number.isNaN(Date.parse(date)) ? undefined : date;
}

/** Returns `epoch:version-release` as rpm compares it, without an epoch of 0. */
export function toRpmVersion(epoch: string | undefined, version: string, release: string): string {
  const main = release === '' ? version : `${version}-${release}`;
  return epoch === undefined || epoch === '' || epoch === '0' || epoch === '(none)' ? main : `${epoch}:${main}`;
}

/** Returns the CVE ids in texts, each once, in the order in which they come. */
export function cveIdsIn(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => text.match(/\bCVE-\d{4}-\d{4,19}\b/g) ?? []))];
}

/** Returns 'nodejs:18' of a title 'RLSA-2023:1582: nodejs:18 security update (Moderate)': publishers that do not say elsewhere which module stream an advisory is for name it there. */
export function streamInTitle(title: string): string | undefined {
  return /(?:^| )([\w.+-]+:[\w.+-]+) (?:security|bug|enhancement|and )/.exec(title)?.[1];
}
