import { parseCvssMetrics } from './cvss-metrics.ts';

/** Weights of the base metrics. @see https://www.first.org/cvss/v2/guide section 3.2.1 */
const weights: Readonly<Record<'AV' | 'AC' | 'Au' | 'C' | 'I' | 'A', Readonly<Record<string, number>>>> = {
  AV: { L: 0.395, A: 0.646, N: 1 },
  AC: { H: 0.35, M: 0.61, L: 0.71 },
  Au: { M: 0.45, S: 0.56, N: 0.704 },
  C: { N: 0, P: 0.275, C: 0.66 },
  I: { N: 0, P: 0.275, C: 0.66 },
  A: { N: 0, P: 0.275, C: 0.66 },
};

/** Returns the base score (0.0 to 10.0) of a CVSS 2 vector, with or without the parentheses it used to be written in; undefined for any other version and for a vector that lacks a base metric. */
export function scoreCvss2(vector: string): number | undefined {
  if (vector.startsWith('CVSS:')) return undefined;
  const metrics = parseCvssMetrics(vector.replace(/^\((.*)\)$/, '$1'));
  const weightOf = (metric: keyof typeof weights): number | undefined => weights[metric][metrics?.get(metric) ?? ''];
  const [av, ac, au, c, i, a] = [weightOf('AV'), weightOf('AC'), weightOf('Au'), weightOf('C'), weightOf('I'), weightOf('A')];
  if (av === undefined || ac === undefined || au === undefined || c === undefined || i === undefined || a === undefined) return undefined;
  const impact = 10.41 * (1 - (1 - c) * (1 - i) * (1 - a));
  const exploitability = 20 * av * ac * au;
  if (impact === 0) return 0;
  return roundToTenth(Math.max(0, (0.6 * impact + 0.4 * exploitability - 1.5) * 1.176));
}

/** A product of decimals that should end in 5 may come out a little below it. */
function roundToTenth(value: number): number {
  return Math.round(value * 10 + 1e-9) / 10;
}
