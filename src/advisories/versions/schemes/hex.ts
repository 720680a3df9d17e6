import type { VersionScheme } from '../scheme.ts';
import { compareSemver, isShortSemver } from '../semver-version.ts';

/**
 * The order of Elixir's and Erlang's packages: Semantic Versioning, missing numbers as zero, build metadata left out. Strings that are no version are read as loosely as npm reads them, and below all versions
 * when they do not begin with a number.
 * @see https://hexdocs.pm/elixir/Version.html
 */
export const scheme: VersionScheme = { id: 'hex', compare: (a, b) => compareSemver(a, b), isValid: isShortSemver };
