import { createPaint } from '../report/paint.ts';
import { toPlainLine } from '../report/sanitize.ts';
import { toStableJson } from '../report/stable-json.ts';
import type { EvidenceEntry } from './evidence-entry.ts';
import type { LogVerdict } from './verify-log.ts';

export interface ShownLog {
  readonly file: string;
  readonly entries: readonly EvidenceEntry[];
  readonly verdict: LogVerdict;
}

/** What `plimsoll evidence show --format json` prints. */
export interface EvidenceReport {
  readonly schemaVersion: 1;
  readonly file: string;
  /** Oldest first. */
  readonly entries: readonly EvidenceEntry[];
  readonly head: LogVerdict['head'];
  /** Empty when the log is as it was written. */
  readonly faults: LogVerdict['faults'];
}

/** Returns the log, newest last, as JSON (the shape scripts depend on) or for people at a terminal. */
export function renderLog(format: 'table' | 'json', { file, entries, verdict }: ShownLog, options: { readonly color?: boolean } = {}): string {
  const report: EvidenceReport = { schemaVersion: 1, file, entries, head: verdict.head, faults: verdict.faults };
  if (format === 'json') return toStableJson(report, ['schemaVersion', 'file', 'entries', 'head', 'faults']);
  const paint = createPaint(options.color === true);
  const lines = entries.flatMap((entry) => {
    const { at, outcome, reference, by, decision, blocking, reason, digest, error } = entry;
    return [
      `${at.slice(0, 19).replace('T', ' ')}  ${paint(outcome, outcome === 'pushed' ? 'green' : 'yellow')}  ${toPlainLine(reference)}`,
      `  ${toPlainLine(`${by}; ${decision}`)}${blocking.length === 0 ? '' : ` for ${toPlainLine(blocking.slice(0, 10).join(', '))}${blocking.length > 10 ? ` and ${blocking.length - 10} more` : ''}`}`,
      ...(digest === undefined ? [] : [`  ${toPlainLine(digest)}`]),
      ...(reason === undefined ? [] : [`  reason: ${toPlainLine(reason)}`]),
      ...(error === undefined ? [] : [`  ${toPlainLine(error)}`]),
    ];
  });
  return `${[...(entries.length === 0 ? ['Nothing was pushed yet.'] : lines), '', ...renderVerdict(file, verdict)].join('\n')}\n`;
}

/** Returns whether the log is as it was written, for people. */
export function renderVerdict(file: string, { count, head, faults }: LogVerdict): readonly string[] {
  const where = toPlainLine(file);
  if (faults.length > 0) return [`BROKEN  ${where}`, ...faults.map(({ message }) => `  ! ${message}`)];
  return [`INTACT  ${where}: ${count} ${count === 1 ? 'entry' : 'entries'}, each following the one before; last hash ${head.hash}`];
}
