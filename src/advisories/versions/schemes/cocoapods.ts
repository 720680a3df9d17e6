import type { VersionScheme } from '../scheme.ts';
import { compareSemver } from '../semver-version.ts';

/**
 * The order of pods: any count of numbers, the missing ones zero, then pre-releases as in Semantic Versioning. Build metadata does not count. Strings that do not begin with a number
 * are below all versions, by text.
 * @see https://guides.cocoapods.org/using/the-podfile.html
 */
export const scheme: VersionScheme = {
  id: 'cocoapods',
  compare: (a, b) => compareSemver(a, b, Number.POSITIVE_INFINITY),
  isValid: (version) => VALID.test(version),
};

const VALID = /^\d+(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;
