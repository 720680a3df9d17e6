import valid from 'semver/functions/valid.js';
import type { VersionScheme } from '../scheme.ts';
import { compareSemver } from '../semver-version.ts';

/**
 * The order of Semantic Versioning, read as loosely as the npm client reads it: a leading `v` or `=` is dropped, missing numbers are zero, `1.2.3beta` is `1.2.3-beta`, and
 * numbers have no upper bound. Build metadata, and whatever stands behind the third number, does not count. Strings that are no version are below all that are, by text.
 * @see https://semver.org/#spec-item-11
 */
export const scheme: VersionScheme = { id: 'semver', compare: (a, b) => compareSemver(a, b), isValid: (version) => valid(version) !== null };
