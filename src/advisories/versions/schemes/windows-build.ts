import type { VersionScheme } from '../scheme.ts';
import { compareNumbers } from '../tokens.ts';

/**
 * The order of Windows builds, `10.0.20348.2700`: major, minor, build, revision, each by value, the missing ones zero. A string without a digit equals `0`.
 * @see https://learn.microsoft.com/windows/release-health/windows-server-release-info
 */
export const scheme: VersionScheme = {
  id: 'windows-build',
  compare: (a, b) => compareNumbers(a.match(/\d+/g) ?? [], b.match(/\d+/g) ?? []),
  isValid: (version) => /^\d+(?:\.\d+){1,3}$/.test(version),
};
