/** What a vector says, in one vocabulary for all versions of CVSS. */
interface Impact {
  readonly from: string;
  readonly needs: readonly string[];
  readonly gains: readonly string[];
  /** True when other components than the vulnerable one suffer. */
  readonly spreads: boolean;
}

type Metrics = ReadonlyMap<string, string>;
type Extent = 'all' | 'some' | 'none';

/**
 * Returns in one or two sentences what an attacker gains from a flaw and needs for it, from its base metrics. Undefined when `vector` is not a CVSS vector of version 2, 3.0, 3.1 or 4.0 with
 * all of its base metrics.
 * @see https://www.first.org/cvss/v4.0/specification-document
 */
export function describeImpact(vector: string): string | undefined {
  const impact = parseImpact(vector);
  if (impact === undefined) return undefined;
  const { from, needs, gains, spreads } = impact;
  const start = `An attacker ${from}${needs.length === 0 ? ', with no account and nobody’s help,' : `, ${joinWords(needs)},`}`;
  const gained = gains.length === 0 ? 'gains nothing in the vulnerable software itself' : `can ${joinWords(gains)}`;
  return `${start} ${gained}.${spreads ? ' What is behind it, other software and the host, can be reached through it.' : ''}`;
}

function parseImpact(vector: string): Impact | undefined {
  const version = /^CVSS:(3\.[01]|4\.0)\//.exec(vector)?.[1];
  const metrics = parseMetrics(version === undefined ? vector.replace(/^\(|\)$/g, '') : vector.slice(9));
  if (metrics === undefined) return undefined;
  if (version === '4.0') return readV4(metrics);
  return version === undefined ? readV2(metrics) : readV3(metrics);
}

/** Undefined for anything that is not `KEY:VALUE` between slashes, and for a key that comes twice. */
function parseMetrics(text: string): Metrics | undefined {
  if (text.length > 400) return undefined;
  const metrics = new Map<string, string>();
  for (const part of text.split('/')) {
    const [, key, value] = /^([A-Za-z]{1,3}):([A-Za-z]{1,6})$/.exec(part) ?? [];
    if (key === undefined || value === undefined || metrics.has(key)) return undefined;
    metrics.set(key, value);
  }
  return metrics;
}

const whereFrom: Readonly<Record<string, string>> = {
  N: 'on the network',
  A: 'on the same network segment',
  L: 'who can already run something on the system',
  P: 'with the machine in hand',
};

function readV2(metrics: Metrics): Impact | undefined {
  const [av, ac, au] = pick(metrics, ['AV', 'AC', 'Au']);
  const from = av === 'P' ? undefined : whereFrom[av ?? ''];
  const extents = readExtents(metrics, ['C', 'I', 'A'], { C: 'all', P: 'some', N: 'none' });
  if (from === undefined || extents === undefined || !isOneOf(ac, 'LMH') || !isOneOf(au, 'NSM')) return undefined;
  const needs = [...(au === 'N' ? [] : ['with an account']), ...(ac === 'L' ? [] : ['under conditions that must first be met'])];
  return { from, needs, gains: describeGains(extents), spreads: false };
}

function readV3(metrics: Metrics): Impact | undefined {
  const [av, ac, pr, ui, scope] = pick(metrics, ['AV', 'AC', 'PR', 'UI', 'S']);
  const from = whereFrom[av ?? ''];
  const extents = readExtents(metrics, ['C', 'I', 'A'], { H: 'all', L: 'some', N: 'none' });
  if (from === undefined || extents === undefined || !isOneOf(ac, 'LH') || !isOneOf(pr, 'NLH') || !isOneOf(ui, 'NR') || !isOneOf(scope, 'UC'))
    return undefined;
  const needs = [
    ...privileges(pr),
    ...(ui === 'R' ? ['once a user does something'] : []),
    ...(ac === 'H' ? ['under conditions that must first be met'] : []),
  ];
  return { from, needs, gains: describeGains(extents), spreads: scope === 'C' };
}

function readV4(metrics: Metrics): Impact | undefined {
  const [av, ac, at, pr, ui] = pick(metrics, ['AV', 'AC', 'AT', 'PR', 'UI']);
  const from = whereFrom[av ?? ''];
  const words = { H: 'all', L: 'some', N: 'none' } as const;
  const extents = readExtents(metrics, ['VC', 'VI', 'VA'], words);
  const subsequent = readExtents(metrics, ['SC', 'SI', 'SA'], words);
  if (from === undefined || extents === undefined || subsequent === undefined) return undefined;
  if (!isOneOf(ac, 'LH') || !isOneOf(at, 'NP') || !isOneOf(pr, 'NLH') || !isOneOf(ui, 'NPA')) return undefined;
  const needs = [
    ...privileges(pr),
    ...(ui === 'P' ? ['once a user uses the software'] : ui === 'A' ? ['once a user does something particular'] : []),
    ...(ac === 'H' || at === 'P' ? ['under conditions that must first be met'] : []),
  ];
  return { from, needs, gains: describeGains(extents), spreads: subsequent.some((extent) => extent !== 'none') };
}

function pick(metrics: Metrics, keys: readonly string[]): readonly (string | undefined)[] {
  return keys.map((key) => metrics.get(key));
}

function isOneOf(value: string | undefined, letters: string): value is string {
  return value?.length === 1 && letters.includes(value);
}

function readExtents(metrics: Metrics, keys: readonly string[], words: Readonly<Record<string, Extent>>): readonly Extent[] | undefined {
  const extents = keys.map((key) => words[metrics.get(key) ?? '']);
  return extents.every((extent) => extent !== undefined) ? extents : undefined;
}

function privileges(pr: string): readonly string[] {
  return pr === 'N' ? [] : [pr === 'H' ? 'with an administrator’s account' : 'with an ordinary account'];
}

/** `extents` in the order confidentiality, integrity, availability. */
function describeGains([confidentiality, integrity, availability]: readonly Extent[]): readonly string[] {
  return [
    ...(confidentiality === 'all' ? ['read all of its data'] : confidentiality === 'some' ? ['read some of its data'] : []),
    ...(integrity === 'all' ? ['change all of its data'] : integrity === 'some' ? ['change some of its data'] : []),
    ...(availability === 'all' ? ['stop it'] : availability === 'some' ? ['slow it down'] : []),
  ];
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
