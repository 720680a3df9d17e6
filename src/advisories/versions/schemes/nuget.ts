import type { VersionScheme } from '../scheme.ts';
import { compareSemver } from '../semver-version.ts';

/**
 * The order of .NET's packages: Semantic Versioning 2 with up to four numbers, the missing ones zero, and pre-releases whatever their case. Build metadata does not count. Strings that
 * do not begin with a number are below all versions, by text.
 * @see https://learn.microsoft.com/nuget/concepts/package-versioning
 */
export const scheme: VersionScheme = {
  id: 'nuget',
  compare: (a, b) => compareSemver(a.toLowerCase(), b.toLowerCase(), 4),
  isValid: (version) => VALID.test(version),
};

const VALID = /^\d+(?:\.\d+){0,3}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;
