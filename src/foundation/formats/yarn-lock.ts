/**
 * yarn.lock, of Yarn 1 (`version "1.2.3"`) and of later ones, which write YAML (`version: 1.2.3`): blocks headed by the ranges that were asked for, ended by a colon, with indented entries below.
 *
 * @see https://classic.yarnpkg.com/lang/en/docs/yarn-lock/
 */
import { linesOf } from './lines.ts';
import { unquote } from './yaml-lines.ts';

export interface YarnBlock {
  /** What was asked for, the first of them: `lodash@^4.0.0`, `a@npm:b@^1.0.0`. */
  readonly pattern: string;
  readonly version: string;
  /** Of later versions only: `b@npm:1.2.3`, `c@workspace:.`. */
  readonly resolution: string;
  readonly dependencies: readonly string[];
  /** 1-based, of its heading. */
  readonly line: number;
}

/** Longest line that is looked into, in UTF-16 units: the heading of a package that everything needs has a few thousand. */
const LONGEST_LINE = 256 * 1024;

/** Yields the blocks of a lock file; a line that has no place in one is given to `onUnknown`. */
export function* yarnBlocksOf(text: string, onUnknown: (line: number) => void): Generator<YarnBlock, void, undefined> {
  let block: { -readonly [Key in keyof YarnBlock]: YarnBlock[Key] } | undefined;
  let dependencies: string[] = [];
  let section = '';
  let line = 0;
  for (const whole of linesOf(text)) {
    line++;
    const raw = whole.length > LONGEST_LINE ? '' : whole.trimEnd();
    const content = raw.trimStart();
    if (content === '' || content.startsWith('#') || content === '\uFEFF') continue;
    const indent = raw.length - content.length;
    if (indent === 0) {
      if (block !== undefined) yield block;
      dependencies = [];
      block = undefined;
      section = '';
      if (content.endsWith(':')) block = { pattern: firstPattern(content.slice(0, -1)), version: '', resolution: '', dependencies, line };
      else onUnknown(line);
      continue;
    }
    if (block === undefined) continue;
    const { key, value } = splitPair(content);
    if (indent <= 2) {
      section = value === '' ? key : '';
      if (key === 'version') block.version = value;
      else if (key === 'resolution') block.resolution = value;
    } else if (section === 'dependencies' || section === 'optionalDependencies') dependencies.push(key);
  }
  if (block !== undefined) yield block;
}

/** The first of `"a@^1.0.0", "a@^1.2.0"` and of `"a@npm:^1.0.0, a@npm:^1.2.0"`. */
function firstPattern(heading: string): string {
  const all = unquote(heading);
  const end = all.indexOf(', ');
  return unquote(end < 0 ? all : all.slice(0, end));
}

/** Divides `key value`, `"key" "value"`, `key: value` and `key:`. */
function splitPair(content: string): { key: string; value: string } {
  const end = content.startsWith('"') ? content.indexOf('"', 1) + 1 : content.search(/[: ]/);
  if (end <= 0) return { key: content, value: '' };
  const rest = content.slice(end);
  return { key: unquote(content.slice(0, end)), value: unquote((rest.startsWith(':') ? rest.slice(1) : rest).trim()) };
}
