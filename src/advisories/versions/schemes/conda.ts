import { compareDigits } from '../digits.ts';
import type { VersionScheme } from '../scheme.ts';
import { compareTokens, isNumber } from '../tokens.ts';
import type { Token } from '../tokens.ts';

/**
 * The order of conda: epoch, version, local label. Components are parted by dots and underscores and cut into numbers and words; `dev` is below other words, which are below numbers, which
 * are below `post`; what is missing counts as zero. A last underscore is a word of its own, so that OpenSSL's `1.0.1_` is below `1.0.1a`. Every string has its place in the same way.
 * @see https://docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html
 */
export const scheme: VersionScheme = {
  id: 'conda',
  compare: compareConda,
  isValid: (version) => /^(?:\d+!)?[0-9a-z*_.-]+(?:\+[0-9a-z_.-]+)?$/i.test(version),
};

const ranks = { dev: 0, word: 1, number: 2, post: 3 };
const ZERO: Token = { rank: ranks.number, text: '0', isNumber: true };

function compareConda(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  return compareDigits(left.epoch, right.epoch) || compareComponents(left.version, right.version) || compareComponents(left.local, right.local);
}

function compareComponents(a: readonly (readonly Token[])[], b: readonly (readonly Token[])[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const order = compareTokens(a[i] ?? [], b[i] ?? [], ZERO);
    if (order !== 0) return order;
  }
  return 0;
}

function parse(text: string): { epoch: string; version: Token[][]; local: Token[][] } {
  const lower = text.trim().toLowerCase();
  const [prefix = '', epoch = '0'] = /^(\d+)!/.exec(lower) ?? [];
  const [version = '', ...local] = lower.slice(prefix.length).split('+');
  return { epoch, version: toComponents(version), local: local.length === 0 ? [] : toComponents(local.join('+')) };
}

function toComponents(text: string): Token[][] {
  const parted = text.replaceAll('-', '_').replaceAll(/_(?!$)/g, '.');
  return parted.split('.').map(toTokens);
}

/** A component that begins with a word has a zero before it. */
function toTokens(component: string): Token[] {
  const tokens = (component.match(/\d+|\D+/g) ?? []).map((run): Token => {
    if (isNumber(run)) return { rank: ranks.number, text: run, isNumber: true };
    if (run === 'post') return { rank: ranks.post, text: '' };
    return run === 'dev' ? { rank: ranks.dev, text: '' } : { rank: ranks.word, text: run };
  });
  return tokens[0]?.isNumber === true ? tokens : [ZERO, ...tokens];
}
