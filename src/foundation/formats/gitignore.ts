/**
 * The patterns of a .gitignore file, matched name by name of a path, as git does it.
 * A pattern never becomes a regular expression: matching takes at most pattern length × name length steps, whatever the pattern.
 * @see https://git-scm.com/docs/gitignore · git's dir.c and wildmatch.c
 */
import { MAX_IGNORE_PATTERN_LENGTH, MAX_IGNORE_PATTERNS } from '../base/limits.ts';

export interface IgnorePattern {
  /** `!pattern`: what an earlier pattern ignores is kept after all. */
  readonly negated: boolean;
  /** `pattern/` */
  readonly directoriesOnly: boolean;
  /** Without a slash it holds at any depth, else from the folder of the file on. */
  readonly anyDepth: boolean;
  /** One for each name of the path; '**' stands for any number of names. */
  readonly parts: readonly (readonly Token[] | '**')[];
}

type Token =
  | { readonly kind: 'literal'; readonly character: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'many' }
  | { readonly kind: 'class'; readonly negated: boolean; readonly accepts: (character: string) => boolean };

/**
 * Returns the patterns of a .gitignore file in the order of its lines. Lines that can never match anything, as an unclosed `[` does not, are left out; so is what exceeds
 * MAX_IGNORE_PATTERNS and MAX_IGNORE_PATTERN_LENGTH: then less is ignored, not more.
 */
export function parseGitignore(text: string): readonly IgnorePattern[] {
  const patterns: IgnorePattern[] = [];
  for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    if (patterns.length === MAX_IGNORE_PATTERNS) break;
    if (line === '' || line.startsWith('#') || line.length > MAX_IGNORE_PATTERN_LENGTH) continue;
    patterns.push(...parsePatterns(trimTrailingSpaces(line)).slice(0, MAX_IGNORE_PATTERNS - patterns.length));
  }
  return patterns;
}

/**
 * Returns whether the patterns ignore a path (true), keep it against an earlier file's pattern (false), or do not speak of it (undefined). The last one that matches decides.
 * `names` leads from the folder of the .gitignore file to the path. A path below an ignored folder is ignored, which the caller knows.
 */
export function matchGitignore(patterns: readonly IgnorePattern[], names: readonly string[], isDirectory: boolean): boolean | undefined {
  const decisive = patterns.findLast((pattern) => {
    if (pattern.directoriesOnly && !isDirectory) return false;
    return matchParts(pattern.parts, pattern.anyDepth ? names.slice(-1) : names);
  });
  return decisive === undefined ? undefined : !decisive.negated;
}

/** Spaces at the end do not count, unless a backslash stands before them. */
function trimTrailingSpaces(line: string): string {
  let end = 0;
  for (let i = 0; i < line.length; i++) {
    const escapes = line[i] === '\\';
    if (escapes) i++;
    if (escapes || line[i] !== ' ') end = i + 1;
  }
  return line.slice(0, end);
}

/** Returns the patterns that a line stands for: one, but for the forms that `spellOut` tells of. */
function parsePatterns(line: string): readonly IgnorePattern[] {
  const negated = line.startsWith('!');
  let glob = negated ? line.slice(1) : line;
  const directoriesOnly = glob.endsWith('/');
  if (directoriesOnly) glob = glob.slice(0, -1);
  if (glob === '') return [];
  const anyDepth = !glob.includes('/');
  const anchored = glob.startsWith('/') ? glob.slice(1) : glob;
  return (anyDepth ? [anchored] : spellOut(anchored)).flatMap((form) => {
    const parts = parseGlob(form, anyDepth);
    return parts === undefined ? [] : { negated, directoriesOnly, anyDepth, parts };
  });
}

/**
 * Returns the patterns that a pattern with a slash stands for. Git compares what comes before the first wildcard by itself, and what follows as a pattern of its own: so the stars of `a**` are at the beginning of one, where
 * `**` stands for any number of names, though they are not at the beginning of a name.
 */
function spellOut(glob: string): readonly string[] {
  const [, before, after] = /^([^*?[\\]*[^*?[\\/])\*{2,}(|\/.*)$/s.exec(glob) ?? [];
  if (before === undefined || after === undefined) return [glob];
  if (after === '') return [`${before}*`, `${before}*/**`];
  const rest = after.slice(1);
  const withoutNames = before + rest;
  return [`${before}*/**/${rest}`, ...(rest.startsWith('**') ? spellOut(withoutNames) : [withoutNames])];
}

/** Undefined: it matches nothing. */
function parseGlob(glob: string, anyDepth: boolean): IgnorePattern['parts'] | undefined {
  const parts: (readonly Token[] | '**')[] = [];
  let tokens: Token[] = [];
  let start = 0;
  const endPart = (end: number): void => {
    parts.push(!anyDepth && glob.slice(start, end) === '**' ? '**' : tokens);
    tokens = [];
    start = end + 1;
  };
  for (let i = 0; i < glob.length; i++) {
    const character = glob.charAt(i);
    if (character === '/') endPart(i);
    else if (character === '*') tokens.push({ kind: 'many' });
    else if (character === '?') tokens.push({ kind: 'one' });
    else if (character === '[') {
      const bracket = parseBracket(glob, i);
      if (bracket === undefined) return undefined;
      tokens.push(bracket.token);
      i = bracket.end;
    } else if (character !== '\\') tokens.push({ kind: 'literal', character });
    else {
      if (++i === glob.length) return undefined;
      if (glob[i] === '/') endPart(i);
      else tokens.push({ kind: 'literal', character: glob.charAt(i) });
    }
  }
  endPart(glob.length);
  return parts;
}

const classes: Readonly<Record<string, RegExp>> = {
  alnum: /[a-z\d]/i,
  alpha: /[a-z]/i,
  blank: /[ \t]/,
  cntrl: /[\u0000-\u001f\u007f]/,
  digit: /\d/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t-\r ]/,
  upper: /[A-Z]/,
  xdigit: /[\da-f]/i,
};

/** Reads `[…]` at `open`; `end` is the place of its `]`. Undefined: it is not closed, or names a class that does not exist. */
function parseBracket(glob: string, open: number): { readonly token: Token; readonly end: number } | undefined {
  const accepts: ((character: string) => boolean)[] = [];
  let i = open + 1;
  const negated = glob[i] === '!' || glob[i] === '^';
  if (negated) i++;
  // The first one is a member even when it is `]`.
  for (let first = true; first || glob[i] !== ']'; first = false) {
    if (i >= glob.length) return undefined;
    const named = /^\[:([a-z]*):\]/.exec(glob.slice(i, i + 16));
    if (named !== null) {
      const expression = classes[named[1] ?? ''];
      if (expression === undefined) return undefined;
      accepts.push((character) => expression.test(character));
      i += named[0].length;
      continue;
    }
    if (glob[i] === '\\') i++;
    const from = glob.charAt(i++);
    if (glob[i] !== '-' || glob[i + 1] === undefined || glob[i + 1] === ']') {
      accepts.push((character) => character === from);
      continue;
    }
    i += glob[i + 1] === '\\' ? 2 : 1;
    const to = glob.charAt(i++);
    // Its first member counts even when the range is upside down.
    accepts.push((character) => character === from || (character >= from && character <= to));
  }
  return { token: { kind: 'class', negated, accepts: (character) => accepts.some((accept) => accept(character)) }, end: i };
}

function matchParts(parts: IgnorePattern['parts'], names: readonly string[]): boolean {
  // How many names may be used up once the parts so far have matched.
  let reached: readonly number[] = [0];
  for (const [index, part] of parts.entries()) {
    const [least] = reached;
    if (least === undefined) return false;
    if (part !== '**') reached = reached.filter((used) => matchName(part, names[used])).map((used) => used + 1);
    // `dir/**` is what is in dir, not dir.
    else if (index === parts.length - 1) return least < names.length;
    else reached = Array.from({ length: names.length - least + 1 }, (_, more) => least + more);
  }
  return reached.includes(names.length);
}

/** Goes back to the last `*` only: that one can take up whatever the ones before it could. */
function matchName(tokens: readonly Token[], name: string | undefined): boolean {
  if (name === undefined) return false;
  let token = 0;
  let place = 0;
  let star: number | undefined;
  let starPlace = 0;
  while (place < name.length) {
    const current = tokens[token];
    if (current?.kind === 'many') {
      star = token++;
      starPlace = place;
    } else if (current !== undefined && matchCharacter(current, name.charAt(place))) {
      token++;
      place++;
    } else if (star !== undefined) {
      token = star + 1;
      place = ++starPlace;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every(({ kind }) => kind === 'many');
}

function matchCharacter(token: Token, character: string): boolean {
  switch (token.kind) {
    case 'literal':
      return token.character === character;
    case 'class':
      return token.accepts(character) !== token.negated;
    case 'one':
    case 'many':
      return true;
  }
}
