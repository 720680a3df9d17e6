/**
 * os-release: `NAME=value` lines in the quoting of a shell, never run by one.
 *
 * @see os-release(5)
 */
import type { Parsed } from '../base/result.ts';
import { linesOf } from './lines.ts';
import { ProblemList } from './problem-list.ts';

const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/;

/** Returns the values by name. Of a name that is there twice, the last. */
export function parseOsRelease(text: string): Parsed<ReadonlyMap<string, string>> {
  const value = new Map<string, string>();
  const problems = new ProblemList();
  let number = 0;
  for (const raw of linesOf(text)) {
    number++;
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, name, quoted] = ASSIGNMENT.exec(line) ?? [];
    const plain = quoted === undefined ? undefined : unquote(quoted);
    if (name === undefined || plain === undefined) problems.add({ message: 'a line is no assignment of a quoted or plain value', line: number });
    else value.set(name, plain);
  }
  return { value, problems: problems.list() };
}

/** Returns the value, undefined when its quotes do not close. */
function unquote(text: string): string | undefined {
  const quote = text[0];
  if (quote !== '"' && quote !== "'") return text.replaceAll(/\\(.)/g, '$1');
  if (text.length < 2 || !text.endsWith(quote)) return undefined;
  const inner = text.slice(1, -1);
  return quote === "'" ? inner : inner.replaceAll(/\\([\\"$`])/g, '$1');
}
