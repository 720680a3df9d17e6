import { parseCvssMetrics } from './cvss-metrics.ts';
import { scoreOfMacroVector, type MacroVector } from './cvss4-scores.data.ts';

/** Values of the metrics that the score hangs on, worst first: their places are the steps that severity is measured in. SI and SA may be S (safety) through the modified metrics only. */
const levels: Readonly<Record<string, string>> = {
  AV: 'NALP',
  PR: 'NLH',
  UI: 'NPA',
  AC: 'LH',
  AT: 'NP',
  VC: 'HLN',
  VI: 'HLN',
  VA: 'HLN',
  SC: 'SHLN',
  SI: 'SHLN',
  SA: 'SHLN',
  CR: 'HML',
  IR: 'HML',
  AR: 'HML',
  E: 'APU',
};
const baseMetrics = ['AV', 'AC', 'AT', 'PR', 'UI', 'VC', 'VI', 'VA', 'SC', 'SI', 'SA'];
/** What is assumed where nothing is said: the worst. */
const assumed: Readonly<Record<string, string>> = { CR: 'H', IR: 'H', AR: 'H', E: 'A' };

/** The sets of metrics that are judged together, with the worst vectors of each level and how many steps lie between them and the next level. EQ3 and EQ6 are one set, by both levels. */
const sets = [
  {
    depths: { 0: 1, 1: 4, 2: 5 },
    worst: { 0: ['AV:N/PR:N/UI:N'], 1: ['AV:A/PR:N/UI:N', 'AV:N/PR:L/UI:N', 'AV:N/PR:N/UI:P'], 2: ['AV:P/PR:N/UI:N', 'AV:A/PR:L/UI:P'] },
  },
  { depths: { 0: 1, 1: 2 }, worst: { 0: ['AC:L/AT:N'], 1: ['AC:H/AT:N', 'AC:L/AT:P'] } },
  {
    depths: { '00': 7, '01': 6, 10: 8, 11: 8, 21: 10 },
    worst: {
      '00': ['VC:H/VI:H/VA:H/CR:H/IR:H/AR:H'],
      '01': ['VC:H/VI:H/VA:L/CR:M/IR:M/AR:H', 'VC:H/VI:H/VA:H/CR:M/IR:M/AR:M'],
      10: ['VC:L/VI:H/VA:H/CR:H/IR:H/AR:H', 'VC:H/VI:L/VA:H/CR:H/IR:H/AR:H'],
      11: [
        'VC:L/VI:H/VA:L/CR:H/IR:M/AR:H',
        'VC:L/VI:H/VA:H/CR:H/IR:M/AR:M',
        'VC:H/VI:L/VA:H/CR:M/IR:H/AR:M',
        'VC:H/VI:L/VA:L/CR:M/IR:H/AR:H',
        'VC:L/VI:L/VA:H/CR:H/IR:H/AR:M',
      ],
      21: ['VC:L/VI:L/VA:L/CR:H/IR:H/AR:H'],
    },
  },
  { depths: { 0: 6, 1: 5, 2: 4 }, worst: { 0: ['SC:H/SI:S/SA:S'], 1: ['SC:H/SI:H/SA:H'], 2: ['SC:L/SI:L/SA:L'] } },
  { depths: { 0: 1, 1: 1, 2: 1 }, worst: { 0: ['E:A'], 1: ['E:P'], 2: ['E:U'] } },
] as const satisfies readonly { readonly depths: Readonly<Record<string, number>>; readonly worst: Readonly<Record<string, readonly string[]>> }[];

type Metrics = ReadonlyMap<string, string>;

/**
 * Returns the score (0.0 to 10.0) of a CVSS 4.0 vector: of its base metrics, and of the threat and environmental ones when it has them. Undefined for any other version and for a vector that lacks a base metric.
 * @see https://www.first.org/cvss/v4.0/specification-document section 8.2
 */
export function scoreCvss4(vector: string): number | undefined {
  const metrics = vector.startsWith('CVSS:4.0/') ? effectiveMetrics(parseCvssMetrics(vector.slice('CVSS:4.0/'.length))) : undefined;
  if (metrics === undefined) return undefined;
  if (['VC', 'VI', 'VA', 'SC', 'SI', 'SA'].every((metric) => metrics.get(metric) === 'N')) return 0;
  const macro = toMacroVector(metrics);
  const score = scoreOfMacroVector(macro);
  if (score === undefined) return undefined;
  // A vector lies between the worst of its level and the worst of the next: by how much of the way, in the mean over the sets, the score is lower.
  const decreases = keysOf(macro).flatMap((key, index) => {
    const next = scoreOfNext(macro, index);
    return next === undefined ? [] : [(score - next) * wayGone(metrics, index, key)];
  });
  const mean = decreases.length === 0 ? 0 : decreases.reduce((sum, decrease) => sum + decrease, 0) / decreases.length;
  return Math.min(10, Math.max(0, Math.round((score - mean) * 10 + 1e-5) / 10));
}

/** The metrics with what the modified ones put in their place; undefined when a base metric is missing or a value is none. */
function effectiveMetrics(given: Metrics | undefined): Metrics | undefined {
  if (given === undefined || baseMetrics.some((metric) => !given.has(metric))) return undefined;
  const metrics = new Map<string, string>();
  for (const [metric, values] of Object.entries(levels)) {
    const own = given.get(metric);
    const modified = given.get(`M${metric}`);
    const value = modified === undefined || modified === 'X' ? own : modified;
    const effective = value === undefined || value === 'X' ? assumed[metric] : value;
    if (effective?.length !== 1 || !values.includes(effective)) return undefined;
    // Safety is the environment's to say, and not of confidentiality.
    if (effective === 'S' && (metric === 'SC' || modified !== 'S')) return undefined;
    metrics.set(metric, effective);
  }
  return metrics;
}

function toMacroVector(metrics: Metrics): MacroVector {
  const is = (metric: string, value: string): boolean => metrics.get(metric) === value;
  const easy = ['AV', 'PR', 'UI'].filter((metric) => is(metric, 'N')).length;
  const severe = ['VC', 'VI', 'VA'].some((metric) => is(metric, 'H'));
  const required = [
    ['CR', 'VC'],
    ['IR', 'VI'],
    ['AR', 'VA'],
  ].some(([requirement = '', impact = '']) => is(requirement, 'H') && is(impact, 'H'));
  return {
    eq1: easy === 3 ? 0 : easy > 0 && !is('AV', 'P') ? 1 : 2,
    eq2: is('AC', 'L') && is('AT', 'N') ? 0 : 1,
    eq3: is('VC', 'H') && is('VI', 'H') ? 0 : severe ? 1 : 2,
    eq4: is('SI', 'S') || is('SA', 'S') ? 0 : ['SC', 'SI', 'SA'].some((metric) => is(metric, 'H')) ? 1 : 2,
    eq5: levels.E?.indexOf(metrics.get('E') ?? '') ?? 0,
    eq6: required ? 0 : 1,
  };
}

/** The level of each of `sets`. */
function keysOf({ eq1, eq2, eq3, eq4, eq5, eq6 }: MacroVector): readonly string[] {
  return [`${eq1}`, `${eq2}`, `${eq3}${eq6}`, `${eq4}`, `${eq5}`];
}

/** The score of the macro vector one level lower in a set; where two are, the worse. Undefined at the lowest level. */
function scoreOfNext(macro: MacroVector, set: number): number | undefined {
  switch (set) {
    case 0:
      return scoreOfMacroVector({ ...macro, eq1: macro.eq1 + 1 });
    case 1:
      return scoreOfMacroVector({ ...macro, eq2: macro.eq2 + 1 });
    case 3:
      return scoreOfMacroVector({ ...macro, eq4: macro.eq4 + 1 });
    case 4:
      return scoreOfMacroVector({ ...macro, eq5: macro.eq5 + 1 });
    default: {
      const next = [scoreOfMacroVector({ ...macro, eq3: macro.eq3 + 1 }), scoreOfMacroVector({ ...macro, eq6: macro.eq6 + 1 })];
      const known = next.filter((score) => score !== undefined);
      return known.length === 0 ? undefined : Math.max(...known);
    }
  }
}

/** Steps from the worst vector of the level to this one, as a part of the steps to the next level. */
function wayGone(metrics: Metrics, set: number, key: string): number {
  const { depths, worst }: { readonly depths: Readonly<Record<string, number>>; readonly worst: Readonly<Record<string, readonly string[]>> } =
    sets[set] ?? sets[0];
  for (const candidate of worst[key] ?? []) {
    const steps = [...(parseCvssMetrics(candidate) ?? [])].map(
      ([metric, value]) => placeOf(metric, metrics.get(metric) ?? '') - placeOf(metric, value),
    );
    if (steps.every((step) => step >= 0)) return steps.reduce((sum, step) => sum + step, 0) / (depths[key] ?? 1);
  }
  return 0;
}

function placeOf(metric: string, value: string): number {
  return levels[metric]?.indexOf(value) ?? 0;
}
