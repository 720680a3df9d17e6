import { compareTokens } from '../tokens.ts';
import type { VersionScheme } from '../scheme.ts';

/**
 * The order of Haskell's packages: numbers parted by dots; more numbers are above fewer, zeros included. Tags (`1.0-beta`, no longer allowed) do not count; a string without a digit is
 * below all that have one.
 * @see https://pvp.haskell.org/
 */
export const scheme: VersionScheme = {
  id: 'hackage',
  compare: (a, b) => compareTokens(toTokens(a), toTokens(b), { rank: 0, text: '' }),
  isValid: (version) => /^\d+(?:\.\d+)*(?:-[0-9A-Za-z]+)*$/.test(version),
};

function toTokens(version: string) {
  const release = version.split('-', 1)[0] ?? '';
  return (release.match(/\d+/g) ?? []).map((text) => ({ rank: 1, text, isNumber: true }));
}
