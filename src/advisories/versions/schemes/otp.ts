import type { VersionScheme } from '../scheme.ts';
import { compareSemver } from '../semver-version.ts';

/**
 * The order of Erlang/OTP, `OTP-26.2.5.3` or an application's `ssl-11.1.4`: the numbers behind the last name, any count of them, the missing ones zero; `-rc1` is before them. Strings
 * without a number are below all that have one, by text.
 * @see https://www.erlang.org/doc/system/versions.html
 */
export const scheme: VersionScheme = {
  id: 'otp',
  compare: compareOtp,
  isValid: (version) => /^\d+(?:\.\d+)*(?:-rc\.?\d+)?$/.test(withoutName(version)),
};

function compareOtp(a: string, b: string): number {
  return compareSemver(normalise(a), normalise(b), Number.POSITIVE_INFINITY);
}

function withoutName(version: string): string {
  return version.replace(/^[A-Za-z][A-Za-z_]*-(?=\d)/, '');
}

/** rc10 is above rc9: the number must stand apart to be one. */
function normalise(version: string): string {
  return withoutName(version).replace(/-rc(?=\d)/, '-rc.');
}
