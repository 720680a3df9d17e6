import type { VersionScheme } from '../scheme.ts';
import { compareSemver } from '../semver-version.ts';

/**
 * The order of Go modules: Semantic Versioning with a `v`, pseudo-versions among the pre-releases, `+incompatible` without weight. The toolchain's own names stand where the Go
 * vulnerability database has them: `go1.21rc2` is 1.21.0-rc.2, `go1.22.1 X:boringcrypto` and `go1.22.1-fips` are 1.22.1. Strings that do not begin with a number (`(devel)`) are below
 * all versions, by text.
 * @see https://go.dev/ref/mod#versions and https://go.dev/doc/toolchain#version
 */
export const scheme: VersionScheme = {
  id: 'go',
  compare: (a, b) => compareSemver(toModuleVersion(a), toModuleVersion(b)),
  isValid: (version) => VALID.test(toModuleVersion(version)),
};

const VALID = /^v?\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;
const TOOLCHAIN = /^(?:go(\d+(?:\.\d+){0,2})|(\d+(?:\.\d+){0,2})(?=rc|beta))(?:-?(rc|beta)\.?(\d+))?/;

/** A release before 1.21 names no third number, and its candidates follow the second: 1.20rc1. */
function toModuleVersion(version: string): string {
  const match = TOOLCHAIN.exec(version);
  if (match === null) return version;
  const [, release, candidateOf, phase, number] = match;
  const numbers = release ?? candidateOf ?? '0';
  return phase === undefined ? numbers : `${numbers}-${phase}.${number ?? '0'}`;
}
