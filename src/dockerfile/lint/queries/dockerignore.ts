/** Longest .dockerignore that is read, in lines. */
const MAX_LINES = 2000;

/**
 * Returns whether a .dockerignore keeps a name at the root of the build context out of it, with all that lies below. Later lines win; `!` takes a name in again.
 * @see https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function isIgnored(dockerignore: string, name: string): boolean {
  let ignored = false;
  for (const line of dockerignore.replace(/^\uFEFF/, '').split('\n', MAX_LINES)) {
    const text = line.trim();
    if (text === '' || line.startsWith('#')) continue;
    const isException = text.startsWith('!');
    const pattern = (isException ? text.slice(1) : text)
      .trim()
      .replace(/^(?:\.?\/)+/, '')
      .replace(/\/+$/, '');
    if (covers(pattern, name)) ignored = !isException;
  }
  return ignored;
}

/** How much of the build context a .dockerignore keeps out of it. */
interface IgnoreRules {
  readonly patterns: readonly (readonly string[])[];
  readonly exceptions: readonly (readonly string[])[];
}

/**
 * Returns whether a .dockerignore certainly keeps a path of the build context, relative to its root, out of it: a pattern matches it or a directory above it, and no
 * exception could take it, or something below it, in again. The root itself is kept out only by a pattern for everything.
 */
export function isPathIgnored(dockerignore: string, path: string): boolean {
  const { patterns, exceptions } = readRules(dockerignore);
  const parts = partsOf(path);
  if (exceptions.some((exception) => mayTouch(exception, parts))) return false;
  if (parts.length === 0) return patterns.some((pattern) => /^(?:\*{1,2}|\*\*\/\*)$/.test(pattern.join('/')));
  return parts.length <= MAX_PARTS && patterns.some((pattern) => matchesPath(pattern, parts));
}

/** Most directories of a path that are followed: one bit each. */
const MAX_PARTS = 30;

/** Read once for all the paths of a file. */
let lastRead: { readonly text: string; readonly rules: IgnoreRules } | undefined;

function readRules(dockerignore: string): IgnoreRules {
  if (lastRead?.text !== dockerignore) lastRead = { text: dockerignore, rules: parseRules(dockerignore) };
  return lastRead.rules;
}

function parseRules(dockerignore: string): IgnoreRules {
  const lines = dockerignore
    .replace(/^\uFEFF/, '')
    .split('\n', MAX_LINES)
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim());
  const partsOfLines = (wanted: boolean): readonly (readonly string[])[] =>
    lines
      .filter((line) => line.startsWith('!') === wanted)
      .map((line) => partsOf(line.replace(/^!/, '').trim()))
      .filter((parts) => parts.length > 0 && parts.length <= MAX_PARTS);
  return { patterns: partsOfLines(false), exceptions: partsOfLines(true) };
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

/** True when an exception may be about the path, something above it or something below it. */
function mayTouch(exception: readonly string[], path: readonly string[]): boolean {
  const stars = exception.indexOf('**');
  const shared = Math.min(stars < 0 ? exception.length : stars, path.length);
  return exception.slice(0, shared).every((part, index) => matches(part, path[index] ?? ''));
}

/**
 * Returns whether a pattern matches a path or a directory above it. `**` stands for any number of directories. Which numbers of directories the pattern's parts so far may
 * stand for is kept as the bits of a number.
 */
function matchesPath(pattern: readonly string[], path: readonly string[]): boolean {
  const everywhere = (1 << (path.length + 1)) - 1;
  let reached = 1;
  for (const part of pattern) {
    let next = 0;
    // From the lowest bit on upwards.
    if (part === '**') next = everywhere & -(reached & -reached);
    else for (let at = 0; at < path.length; at++) if ((reached >> at) % 2 === 1 && matches(part, path[at] ?? '')) next |= 1 << (at + 1);
    if (next === 0) return false;
    reached = next;
  }
  return reached > 1;
}

/** `.git`, names behind two stars, `.git/**`, `.git/*`: each keeps what lies in .git out. */
function covers(pattern: string, name: string): boolean {
  const parts = pattern.split('/');
  while (parts.length > 1 && parts[0] === '**') parts.shift();
  while (parts.length > 1 && /^\*{1,2}$/.test(parts.at(-1) ?? '')) parts.pop();
  const [only, ...rest] = parts;
  return only !== undefined && rest.length === 0 && matches(only, name);
}

/** `*` any characters, `?` one, `[…]` one of them; takes at most pattern × name steps. */
function matches(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < name.length;) {
    const one = pattern[at] === '*' ? 0 : matchOne(pattern, at, name[index] ?? '');
    if (pattern[at] === '*') {
      star = at++;
      resume = index;
    } else if (one > 0) {
      at += one;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/** Returns how many characters of the pattern match `character`; 0 when they do not. */
function matchOne(pattern: string, at: number, character: string): number {
  const sign = pattern[at];
  if (sign === undefined) return 0;
  if (sign === '?') return 1;
  if (sign === '\\') return pattern[at + 1] === character ? 2 : 0;
  const end = sign === '[' ? pattern.indexOf(']', at + 2) : -1;
  if (end < 0) return sign === character ? 1 : 0;
  const set = pattern.slice(at + 1, end);
  const isNegated = set.startsWith('^');
  return isInSet(isNegated ? set.slice(1) : set, character) === isNegated ? 0 : end + 1 - at;
}

function isInSet(set: string, character: string): boolean {
  for (let at = 0; at < set.length; at++) {
    const first = set[at] ?? '';
    const isRange = set[at + 1] === '-' && at + 2 < set.length;
    const last = isRange ? (set[at + 2] ?? '') : first;
    if (first <= character && character <= last) return true;
    if (isRange) at += 2;
  }
  return false;
}
