/**
 * Returns Gentoo's order of versions, from its package manager's specification: numbers, of which later ones with a leading zero are compared as fractions; one letter; suffixes (_alpha, _beta, _pre, _rc before none, _p
 * behind it); a revision.
 * @see https://projects.gentoo.org/pms/8/pms.html#x1-350003.3
 */
export function comparePortage(a: string, b: string): number {
  const [x, y] = [partsOf(a), partsOf(b)];
  return (
    compareNumbers(x.numbers, y.numbers) ||
    (x.letter < y.letter ? -1 : x.letter > y.letter ? 1 : 0) ||
    compareSuffixes(x.suffixes, y.suffixes) ||
    Math.sign(x.revision - y.revision)
  );
}

interface Parts {
  readonly numbers: readonly string[];
  readonly letter: string;
  readonly suffixes: readonly (readonly [kind: number, number: number])[];
  readonly revision: number;
}

const kinds = ['alpha', 'beta', 'pre', 'rc', '', 'p'];

function partsOf(version: string): Parts {
  const [, numbers = '', letter = '', tail = '', revision = '0'] =
    /^(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|p)\d*)*)(?:-r(\d+))?$/.exec(version) ?? [];
  if (numbers === '') throw new Error(`no version of Gentoo: ${version}`);
  const suffixes = [...tail.matchAll(/_([a-z]+)(\d*)/g)].map(([, kind = '', number = '']) => [kinds.indexOf(kind), Number(number)] as const);
  return { numbers: numbers.split('.'), letter, suffixes, revision: Number(revision) };
}

function compareNumbers(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    const isFraction = i > 0 && (x.startsWith('0') || y.startsWith('0'));
    const [left, right] = isFraction ? [x.replace(/0+$/, ''), y.replace(/0+$/, '')] : [Number(x), Number(y)];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

function compareSuffixes(a: Parts['suffixes'], b: Parts['suffixes']): number {
  const none = [kinds.indexOf(''), 0] as const;
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [[kind, number], [otherKind, otherNumber]] = [a[i] ?? none, b[i] ?? none];
    const order = Math.sign(kind - otherKind) || Math.sign(number - otherNumber);
    if (order !== 0) return order;
  }
  return 0;
}

/** Returns a version below one and the next revision above it. */
export function besidePortage(version: string): readonly [below: string, above: string] {
  const [, head = '', revision] = /^(.*?)(?:-r(\d+))?$/.exec(version) ?? [];
  const before =
    revision === undefined || revision === '0' ? `${/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '0'}_alpha` : `${head}-r${String(Number(revision) - 1)}`;
  return [before, `${head}-r${String(Number(revision ?? '0') + 1)}`];
}
