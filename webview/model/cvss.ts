/** One metric of a CVSS base vector, by its codes; the view puts them into words. */
export interface CvssMetric {
  readonly metric: string;
  readonly value: string;
}

export interface CvssVector {
  readonly version: '2.0' | '3.0' | '3.1' | '4.0';
  /** Base metrics in the specification's order; what the vector lacks or says wrongly is left out. */
  readonly metrics: readonly CvssMetric[];
}

const V2: Readonly<Record<string, string>> = { AV: 'NAL', AC: 'LMH', Au: 'NSM', C: 'NPC', I: 'NPC', A: 'NPC' };
const V3: Readonly<Record<string, string>> = { AV: 'NALP', AC: 'LH', PR: 'NLH', UI: 'NR', S: 'UC', C: 'HLN', I: 'HLN', A: 'HLN' };
const V4: Readonly<Record<string, string>> = {
  AV: 'NALP',
  AC: 'LH',
  AT: 'NP',
  PR: 'NLH',
  UI: 'NPA',
  VC: 'HLN',
  VI: 'HLN',
  VA: 'HLN',
  SC: 'HLN',
  SI: 'HLN',
  SA: 'HLN',
};

const metricsOf: Readonly<Record<CvssVector['version'], Readonly<Record<string, string>>>> = { '2.0': V2, '3.0': V3, '3.1': V3, '4.0': V4 };

/**
 * Returns the base metrics of a CVSS 2, 3 or 4 vector; undefined for anything else.
 * @see https://www.first.org/cvss/v2/guide @see https://www.first.org/cvss/v3.1/specification-document @see https://www.first.org/cvss/v4.0/specification-document
 */
export function parseCvssVector(vector: string): CvssVector | undefined {
  if (vector.length > 512) return undefined;
  const head = /^CVSS:(3\.0|3\.1|4\.0)\//.exec(vector);
  // Vectors of version 2 have no beginning of their own, and used to be written in parentheses.
  if (head === null && !/^\(?AV:[NAL]\/AC:[LMH]\/Au:/.test(vector)) return undefined;
  const version = head === null ? '2.0' : (head[1] as CvssVector['version']);
  const given = new Map(
    vector
      .slice(head?.[0].length ?? 0)
      .replace(/^\((.*)\)$/, '$1')
      .split('/')
      .map((part) => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)]),
  );
  const metrics: CvssMetric[] = [];
  for (const [metric, values] of Object.entries(metricsOf[version])) {
    const value = given.get(metric);
    if (value?.length === 1 && values.includes(value)) metrics.push({ metric, value });
  }
  return metrics.length === 0 ? undefined : { version, metrics };
}
