import { MAX_ADVISORY_FIELD_LENGTH } from '../../foundation/base/limits.ts';
import type { AdvisoryId } from '../../foundation/model/brand.ts';
import { toAdvisoryId } from '../../foundation/model/brand.ts';
import type { Rating } from '../../foundation/model/finding.ts';
import { scoreCvss3 } from '../matching/cvss.ts';
import { scoreCvss2 } from '../matching/cvss2.ts';
import { scoreCvss4 } from '../matching/cvss4.ts';

/** Returns a text that can be a name, version or range: not empty, not overlong, no control character and no character that was lost in decoding. */
export function toFact(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  const trimmed = text.trim();
  return trimmed === '' || trimmed.length > MAX_ADVISORY_FIELD_LENGTH || /[\u0000-\u001f\u007f\ufffd]/.test(trimmed) ? undefined : trimmed;
}

/** Returns a text that can be an advisory's id: one word of printable characters. */
export function toId(value: unknown): AdvisoryId | undefined {
  const text = typeof value === 'string' ? toFact(value) : undefined;
  return text === undefined || /\s/.test(text) ? undefined : toAdvisoryId(text);
}

/** Returns the facts among the items of a list, each once, in their order. */
export function factsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? [...new Set(value.flatMap((item) => toFact(item) ?? []))] : [];
}

/** Returns ids of weaknesses, sorted: 'CWE-79'. Those of what is no weakness ('NVD-CWE-noinfo') are left out. */
export function cweIdsIn(value: unknown): readonly string[] {
  return factsIn(value)
    .flatMap((text) => /^CWE-[1-9]\d{0,4}$/.exec(text)?.[0] ?? [])
    .sort();
}

/** Returns a date as ISO 8601 in UTC, undefined for what is none and for the zeros that stand for "no date". */
export function toDate(value: unknown): string | undefined {
  const text =
    value instanceof Date ? value.getTime() : typeof value === 'string' && value.length <= MAX_ADVISORY_FIELD_LENGTH ? Date.parse(value) : Number.NaN;
  return Number.isNaN(text) || text < FIRST_DATE ? undefined : new Date(text).toISOString();
}

/** Nothing was published before; 0001-01-01 is Go's way to say so. */
const FIRST_DATE = Date.UTC(1980, 0, 1);

/** Returns the rating of a CVSS vector of any version, with its base score where the vector is whole; undefined for what is no vector. */
export function toRating(vector: unknown, source: string): Rating | undefined {
  const cvssVector = toFact(vector)?.replace(/^\(|\)$/g, '');
  if (cvssVector === undefined || !/^(?:CVSS:\d\.\d\/)?[A-Za-z]{1,3}:[A-Za-z]{1,6}(?:\/[A-Za-z]{1,3}:[A-Za-z]{1,6})+\/?$/.test(cvssVector))
    return undefined;
  const score = scoreCvss3(cvssVector) ?? scoreCvss4(cvssVector) ?? scoreCvss2(cvssVector);
  return { cvssVector, ...(score !== undefined && { score }), source };
}

/** Returns a rating that is a number only, of a CVSS version that is not told; undefined unless it lies between 0 and 10. */
export function toScoreRating(value: unknown, source: string): Rating | undefined {
  const score = typeof value === 'number' ? value : typeof value === 'string' && /^\d{1,2}(?:\.\d)?$/.test(value) ? Number(value) : Number.NaN;
  return score >= 0 && score <= 10 ? { score, source } : undefined;
}

/** Returns the CVE inside an id that a publisher made of it ('UBUNTU-CVE-2024-1234'), the CVE itself of a CVE, undefined of any other id. */
export function cveOf(id: string): AdvisoryId | undefined {
  const cve = /(?:^|-)(CVE-\d{4}-\d{1,12})$/.exec(id)?.[1];
  return cve === undefined ? undefined : toAdvisoryId(cve);
}
