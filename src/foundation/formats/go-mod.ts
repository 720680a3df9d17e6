/** Go's module files: what a module requires, and the checksums of what was downloaded for it. */
import type { Parsed } from '../base/result.ts';
import { linesOf } from './lines.ts';
import { ProblemList } from './problem-list.ts';

export interface GoModule {
  readonly path: string;
  /** With its `v`. */
  readonly version: string;
}

export interface GoRequirement extends GoModule {
  /** 1-based. */
  readonly line: number;
}

export interface GoModFile {
  /** Version of the language: `1.17` and later list all modules that are built, those before only what the module itself imports. */
  readonly goVersion: string | undefined;
  readonly requirements: readonly GoRequirement[];
  readonly excluded: readonly GoModule[];
  /** By the path that is replaced, or the path and version (`a@v1.0.0`). Undefined is a folder. */
  readonly replacements: ReadonlyMap<string, GoModule | undefined>;
}

interface Draft {
  goVersion: string | undefined;
  readonly requirements: GoRequirement[];
  readonly excluded: GoModule[];
  readonly replacements: Map<string, GoModule | undefined>;
}

const directives: ReadonlySet<string> = new Set([
  'module',
  'go',
  'toolchain',
  'godebug',
  'require',
  'exclude',
  'replace',
  'retract',
  'tool',
  'ignore',
]);

/** Returns what a go.mod says. @see https://go.dev/ref/mod#go-mod-file-grammar */
export function parseGoMod(text: string): Parsed<GoModFile> {
  const draft: Draft = { goVersion: undefined, requirements: [], excluded: [], replacements: new Map() };
  const problems = new ProblemList();
  let line = 0;
  let block = '';
  for (const raw of linesOf(text)) {
    line++;
    const words = wordsOf(raw);
    if (words.length === 0) continue;
    if (block !== '' && words[0] === ')') {
      block = '';
      continue;
    }
    const directive = block === '' ? (words.shift() ?? '') : block;
    if (block === '' && words.length === 1 && words[0] === '(') {
      block = directive;
      continue;
    }
    if (!directives.has(directive) || !readDirective(draft, directive, words, line)) problems.add({ message: 'a line is not one of a go.mod', line });
  }
  return { value: draft, problems: problems.list() };
}

/** The longest line that means something has two paths and two versions. */
const LONGEST_LINE = 4096;

function wordsOf(raw: string): string[] {
  const line = raw.slice(0, LONGEST_LINE);
  // A comment starts at a word's beginning; `//` inside a path is none.
  const comment = line.search(/(?:^|\s)\/\//);
  const words = (comment < 0 ? line : line.slice(0, comment)).match(/"[^"]*"|`[^`]*`|[()]|[^\s()]+/g) ?? [];
  return words.map((word) => (word.startsWith('"') || word.startsWith('`') ? word.slice(1, -1) : word));
}

/** False when it is none that Go would take. */
function readDirective(draft: Draft, directive: string, words: readonly string[], line: number): boolean {
  const [path = '', version = ''] = words;
  switch (directive) {
    case 'require':
      if (words.length !== 2 || !isVersion(version)) return false;
      draft.requirements.push({ path, version, line });
      return true;
    case 'exclude':
      if (words.length !== 2) return false;
      draft.excluded.push({ path, version });
      return true;
    case 'replace':
      return readReplacement(draft, words);
    case 'go':
      draft.goVersion = path;
      return words.length === 1;
    default:
      return true;
  }
}

/** `old => new v1.0.0`, `old v1.0.0 => ../folder`. */
function readReplacement({ replacements }: Draft, words: readonly string[]): boolean {
  const arrow = words.indexOf('=>');
  const [path, version] = words.slice(0, Math.max(0, arrow));
  const [target, targetVersion, ...rest] = words.slice(arrow + 1);
  if (path === undefined || target === undefined || arrow > 2 || rest.length > 0) return false;
  const isFolder = targetVersion === undefined;
  replacements.set(version === undefined ? path : `${path}@${version}`, isFolder ? undefined : { path: target, version: targetVersion });
  return true;
}

function isVersion(text: string): boolean {
  return /^v\d/.test(text);
}

/**
 * Returns the modules whose content a go.sum has a checksum of; those with one of their go.mod alone were only looked at to choose versions. Lines of another form are passed over.
 * @see https://go.dev/ref/mod#go-sum-files
 */
export function* goSumModulesOf(text: string): Generator<GoModule, void, undefined> {
  for (const raw of linesOf(text)) {
    const [path, version, hash, ...rest] = raw.slice(0, LONGEST_LINE).trim().split(' ');
    if (path === undefined || version === undefined || hash?.startsWith('h1:') !== true || rest.length > 0) continue;
    if (isVersion(version) && !version.endsWith('/go.mod')) yield { path, version };
  }
}
