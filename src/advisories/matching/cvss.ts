import type { Severity } from '../../foundation/model/severity.ts';

/** Weights of the base metrics. PR has two columns: scope unchanged, scope changed. @see https://www.first.org/cvss/v3.1/specification-document section 7.4 */
const attackVector: Readonly<Record<string, number>> = { N: 0.85, A: 0.62, L: 0.55, P: 0.2 };
const attackComplexity: Readonly<Record<string, number>> = { L: 0.77, H: 0.44 };
const privilegesUnchanged: Readonly<Record<string, number>> = { N: 0.85, L: 0.62, H: 0.27 };
const privilegesChanged: Readonly<Record<string, number>> = { N: 0.85, L: 0.68, H: 0.5 };
const userInteraction: Readonly<Record<string, number>> = { N: 0.85, R: 0.62 };
const impactWeight: Readonly<Record<string, number>> = { H: 0.56, L: 0.22, N: 0 };

/** Returns the base score (0.0 to 10.0) of a CVSS 3.0 or 3.1 vector; undefined for any other version and for a vector that lacks a base metric. */
export function scoreCvss3(vector: string): number | undefined {
  if (!/^CVSS:3\.[01]\//.test(vector)) return undefined;
  const metrics = new Map(vector.split('/').map((part) => part.split(':', 2) as [string, string]));
  const changed = metrics.get('S') === 'C';
  const weights = [
    attackVector[metrics.get('AV') ?? ''],
    attackComplexity[metrics.get('AC') ?? ''],
    (changed ? privilegesChanged : privilegesUnchanged)[metrics.get('PR') ?? ''],
    userInteraction[metrics.get('UI') ?? ''],
  ];
  const impacts = ['C', 'I', 'A'].map((metric) => impactWeight[metrics.get(metric) ?? '']);
  if (!changed && metrics.get('S') !== 'U') return undefined;
  const exploitability = weights.reduce<number | undefined>(
    (product, weight) => (product === undefined || weight === undefined ? undefined : product * weight),
    8.22,
  );
  const untouched = impacts.reduce<number | undefined>(
    (product, weight) => (product === undefined || weight === undefined ? undefined : product * (1 - weight)),
    1,
  );
  if (exploitability === undefined || untouched === undefined) return undefined;
  const base = 1 - untouched;
  const impact = changed ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base;
  if (impact <= 0) return 0;
  return roundUp(Math.min((changed ? 1.08 : 1) * (impact + exploitability), 10));
}

/** Returns our severity for a CVSS 3 score, by the standard's own qualitative scale; its 'none' is our negligible. */
export function severityOfScore(score: number): Severity {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'negligible';
}

/** Rounds up by whole hundred-thousandths, as 3.1 spells out, so that 4.000000000000001 stays 4.0. @see appendix A of the specification */
function roundUp(value: number): number {
  const units = Math.round(value * 100_000);
  return units % 10_000 === 0 ? units / 100_000 : (Math.floor(units / 10_000) + 1) / 10;
}
