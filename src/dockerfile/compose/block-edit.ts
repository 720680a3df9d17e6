import type { BlockLines } from './scalar-text.ts';

/** Offsets in the YAML. */
export interface BlockEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * Returns the edit that makes a literal block say `after` instead of `before`: only the lines that differ, indented as the block is. Undefined where the block could not say it
 * (it would be empty, or begin with a space, which YAML takes for more indentation). Line breaks at the end are the header's business and stay as they are.
 * @see https://yaml.org/spec/1.2.2/#81-block-scalar-styles
 */
export function editBlock(yaml: string, { lines, indent }: BlockLines, before: string, after: string): BlockEdit | undefined {
  const old = linesOf(before);
  const now = linesOf(after);
  const first = now.findIndex((line) => line.trim() !== '');
  if (first < 0 || indent === 0 || now.slice(0, first + 1).some((line) => line.startsWith(' '))) return undefined;
  const shared = Math.min(old.length, now.length);
  let head = 0;
  while (head < shared && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < shared - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const lineBreak = yaml.includes('\r\n') ? '\r\n' : '\n';
  const written = now.slice(head, now.length - tail).map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
  const stop = old.length - tail;
  const firstOld = lines[head];
  const lastOld = lines[stop - 1];
  if (head === stop) {
    // Only new lines: before the line they push down, else behind the last.
    if (firstOld !== undefined && tail > 0)
      return { start: firstOld.start, end: firstOld.start, newText: written.map((line) => line + lineBreak).join('') };
    return lastOld === undefined ? undefined : { start: lastOld.end, end: lastOld.end, newText: written.map((line) => lineBreak + line).join('') };
  }
  if (firstOld === undefined || lastOld === undefined) return undefined;
  if (written.length > 0) return { start: firstOld.start, end: lastOld.end, newText: written.join(lineBreak) };
  const following = lines[stop];
  if (following !== undefined && tail > 0) return { start: firstOld.start, end: following.start, newText: '' };
  const previous = lines[head - 1];
  return previous === undefined ? undefined : { start: previous.end, end: lastOld.end, newText: '' };
}

/** Without the empty ones at the end. */
function linesOf(text: string): readonly string[] {
  return text.replace(/\n+$/, '').split('\n');
}
