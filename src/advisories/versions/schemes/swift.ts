import type { VersionScheme } from '../scheme.ts';
import { compareSemver } from '../semver-version.ts';

/**
 * The order of Swift packages, which are git tags: Semantic Versioning with an optional `v`; a missing third number is zero. Build metadata does not count. Strings that do not begin
 * with a number (branches, revisions) are below all versions, by text.
 * @see https://docs.swift.org/swiftpm/documentation/packagemanagerdocs/
 */
export const scheme: VersionScheme = { id: 'swift', compare: (a, b) => compareSemver(a, b), isValid: (version) => VALID.test(version) };

const VALID = /^v?\d+\.\d+(?:\.\d+)?(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;
