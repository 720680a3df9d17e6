import type { VersionScheme } from '../scheme.ts';
import { compareSemverWithBuild, isStrictSemver } from '../semver-version.ts';

/**
 * The order of Dart's packages: Semantic Versioning, but build metadata counts, after everything else: `1.0.0` is below `1.0.0+1`. Strings that do not begin with a number are
 * below all versions, by text.
 * @see https://dart.dev/tools/pub/versioning
 */
export const scheme: VersionScheme = { id: 'pub', compare: compareSemverWithBuild, isValid: isStrictSemver };
