import type { VersionScheme } from '../scheme.ts';
import { compareSemverWithBuild } from '../semver-version.ts';

/**
 * The order of Julia's packages: Semantic Versioning with missing numbers as zero, and build metadata counts, after everything else: binary packages are rebuilt as `1.2.3+1`.
 * Strings that do not begin with a number are below all versions, by text.
 * @see https://docs.julialang.org/en/v1/manual/strings/#man-version-number-literals
 */
export const scheme: VersionScheme = { id: 'julia', compare: compareSemverWithBuild, isValid: (version) => VALID.test(version) };

const VALID = /^v?\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;
