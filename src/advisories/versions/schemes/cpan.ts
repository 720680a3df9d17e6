import { compareText } from '../../../foundation/base/order.ts';
import type { VersionScheme } from '../scheme.ts';
import { compareNumbers } from '../tokens.ts';

/**
 * The order of Perl's modules, which have two notations: `v1.2.3`, and a decimal number whose fraction is read in threes: 1.002003 is v1.2.3, and 1.10 is v1.100, above v1.10.
 * Underscores do not count. Strings that are no version are below all that are, by text.
 * @see https://perldoc.perl.org/version
 */
export const scheme: VersionScheme = { id: 'cpan', compare: compareCpan, isValid: (version) => parse(version) !== undefined };

function compareCpan(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  if (left === undefined || right === undefined) return left !== undefined ? 1 : right !== undefined ? -1 : compareText(a, b);
  return compareNumbers(left, right);
}

function parse(version: string): readonly string[] | undefined {
  const text = version.trim().replaceAll('_', '');
  if (/^v\d+(?:\.\d+)*$/.test(text)) return text.slice(1).split('.');
  if (/^\d*(?:\.\d+){2,}$/.test(text)) return text.split('.');
  const [, whole, fraction = ''] = /^(?=[.\d])(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  if (whole === undefined || (whole === '' && fraction === '')) return undefined;
  return [whole, ...(fraction.match(/\d{1,3}/g) ?? []).map((group) => group.padEnd(3, '0'))];
}
