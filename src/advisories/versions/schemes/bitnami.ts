import { compareDigits } from '../digits.ts';
import type { VersionScheme } from '../scheme.ts';
import { compareSemver } from '../semver-version.ts';

/**
 * The order of Bitnami's components: Semantic Versioning, then the revision of Bitnami's build, `2.4.6-3`, which is above `2.4.6` and not a pre-release of it. Strings that do not begin
 * with a number are below all versions, by text.
 * @see https://github.com/bitnami/vulndb
 */
export const scheme: VersionScheme = { id: 'bitnami', compare: compareBitnami, isValid: (version) => VALID.test(version) };

const VALID = /^v?\d+(?:\.\d+)*(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

function compareBitnami(a: string, b: string): number {
  const left = splitRevision(a);
  const right = splitRevision(b);
  return compareSemver(left.version, right.version, Number.POSITIVE_INFINITY) || compareDigits(left.revision, right.revision);
}

function splitRevision(text: string): { version: string; revision: string } {
  const match = /^([^-]*)-r?(\d+)$/.exec(text);
  return match === null ? { version: text, revision: '0' } : { version: match[1] ?? '', revision: match[2] ?? '0' };
}
