/** The orders of versions, as their ecosystems document them, for the versions that the tests ask about; what is not of that form makes a test fail rather than be guessed. */

/** Returns the order of versions made of numbers alone, missing ones zero: where every ecosystem agrees. */
export function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.trim(), b.trim()].map((version) => {
    if (!isNumbers(version)) throw new Error(`${version} is not made of numbers alone`);
    return version.split('.').map(BigInt);
  }) as [bigint[], bigint[]];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [x, y] = [left[index] ?? 0n, right[index] ?? 0n];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

export function isNumbers(version: string): boolean {
  return /^\d+(?:\.\d+)*$/.test(version);
}

/** Returns PEP 440's order of versions without epoch and local label. @see https://packaging.python.org/en/latest/specifications/version-specifiers/#summary-of-permitted-suffixes-and-relative-ordering */
export function comparePython(a: string, b: string): number {
  return compareLists(pythonKey(a), pythonKey(b));
}

const PYTHON =
  /^v?(\d+(?:\.\d+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\d*))?(?:[-_.]?(post|rev|r)[-_.]?(\d*)|-(\d+))?(?:[-_.]?dev[-_.]?(\d*))?$/i;

function pythonKey(version: string): readonly (readonly number[])[] {
  const match = PYTHON.exec(version.toLowerCase());
  if (match === null) throw new Error(`${version} is not of the form that is compared here`);
  const [, release = '', phase, phaseNumber, post, postNumber, implicitPost] = match;
  const numbers = release.split('.').map(Number);
  while (numbers.at(-1) === 0) numbers.pop();
  const dev = /dev[-_.]?(\d*)$/.exec(version.toLowerCase())?.[1];
  const rank = phase === undefined ? undefined : 'ab'.includes(phase.charAt(0)) ? 'ab'.indexOf(phase.charAt(0)) : 2;
  const hasPost = post !== undefined || implicitPost !== undefined;
  return [
    numbers,
    rank !== undefined ? [rank, Number(phaseNumber)] : dev !== undefined && !hasPost ? [-1] : [3],
    hasPost ? [Number(postNumber ?? implicitPost)] : [-1],
    dev === undefined ? [Infinity] : [Number(dev)],
  ];
}

function compareLists(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? [];
    for (let place = 0; place < Math.max(left.length, right.length); place++) {
      const [x, y] = [left[place] ?? 0, right[place] ?? 0];
      if (x !== y) return x < y ? -1 : 1;
    }
  }
  return 0;
}

/** Returns Gem::Version's order: words are below numbers, and numbers that are missing are zero. @see https://docs.ruby-lang.org/en/master/Gem/Version.html */
export function compareGems(a: string, b: string): number {
  const [left, right] = [gemSegments(a), gemSegments(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [x, y] = [left[index] ?? 0, right[index] ?? 0];
    if (typeof x !== typeof y) return typeof x === 'string' ? -1 : 1;
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

function gemSegments(version: string): readonly (string | number)[] {
  return (version.replaceAll('-', '.pre.').match(/\d+|[a-z]+/gi) ?? []).map((segment) => (/^\d/.test(segment) ? Number(segment) : segment));
}

/** Returns whether a gem's version fulfils a requirement: '>= 1.2', '~> 1.2.3', '< 2, >= 1.9'. @see https://docs.ruby-lang.org/en/master/Gem/Requirement.html */
export function fulfilsGem(version: string, requirement: string): boolean {
  return requirement.split(',').every((part) => {
    const [, operator = '', bound = ''] = /^\s*(>=|<=|~>|!=|<|>|=)?\s*([\w.-]+)\s*$/.exec(part) ?? [];
    if (bound === '') throw new Error(`${requirement} is no requirement`);
    const order = compareGems(version, bound);
    if (operator === '~>') return order >= 0 && compareGems(releaseOf(version), bumped(bound)) < 0;
    return (
      { '>=': order >= 0, '<=': order <= 0, '!=': order !== 0, '<': order < 0, '>': order > 0, '=': order === 0, '': order === 0 }[operator] ?? false
    );
  });
}

function releaseOf(version: string): string {
  return /^[\d.]*\d/.exec(version)?.[0] ?? version;
}

/** 1.2.3 becomes 1.3, 1.2 becomes 2. */
function bumped(bound: string): string {
  const numbers = releaseOf(bound).split('.').map(Number);
  if (numbers.length > 1) numbers.pop();
  return [...numbers.slice(0, -1), (numbers.at(-1) ?? 0) + 1].join('.');
}

/** Returns whether a version made of numbers lies in intervals: '[1.0,2.0),(,0.5],[3.1]'. @see https://maven.apache.org/pom.html#dependency-version-requirement-specification */
export function isInIntervals(version: string, intervals: string): boolean {
  return [...intervals.matchAll(/([[(])([^,[\]()]*)(,)?([^,[\]()]*)([\])])/g)].some(([, open, from = '', comma, to = '', close]) => {
    if (comma === undefined) return compareNumbers(version, from) === 0;
    const above = from.trim() === '' || compareNumbers(version, from) > 0 || (open === '[' && compareNumbers(version, from) === 0);
    const below = to.trim() === '' || compareNumbers(version, to) < 0 || (close === ']' && compareNumbers(version, to) === 0);
    return above && below;
  });
}

/** Returns whether a version made of numbers lies in '>=1.0 <1.2.3||=2.0'. */
export function isInBounds(version: string, range: string): boolean {
  return range.split('||').some((alternative) =>
    [...alternative.matchAll(/(>=|<=|<|>|=)\s*([^\s,|<>=]+)/g)].every(([, operator = '', bound = '']) => {
      const order = compareNumbers(version, bound);
      return { '>=': order >= 0, '<=': order <= 0, '<': order < 0, '>': order > 0, '=': order === 0 }[operator] ?? false;
    }),
  );
}

/** Returns the versions that a range names, whatever its operators. */
export function versionsIn(range: string): readonly string[] {
  return range.match(/[^\s,|<>=!~^()[\]]+/g) ?? [];
}
