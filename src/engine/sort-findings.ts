import { compareBy, compareText } from '../foundation/base/order.ts';
import type { Finding } from '../foundation/model/finding.ts';
import { severityRank } from '../foundation/model/severity.ts';

/** The order of findings in a report: severity, then id, then place. */
export const compareFindings = compareBy<Finding>(
  (a, b) => severityRank(a.severity) - severityRank(b.severity),
  (a, b) => compareText(a.id, b.id),
  (a, b) => (a.location.layer ?? -1) - (b.location.layer ?? -1),
  (a, b) => compareText(a.package?.name ?? '', b.package?.name ?? ''),
  (a, b) => compareText(a.location.path ?? '', b.location.path ?? ''),
  (a, b) => (a.location.line ?? 0) - (b.location.line ?? 0),
  (a, b) => (a.location.historyIndex ?? 0) - (b.location.historyIndex ?? 0),
  (a, b) => compareText(a.title, b.title),
);
