/**
 * deb822: stanzas of `Field: value` lines, divided by empty lines; a line that begins with a space or tab continues the value above. dpkg's databases and Python's METADATA are of this kind.
 *
 * @see deb822(5)
 */
import { MAX_DATABASE_PACKAGES, MAX_FIELD_LENGTH } from '../base/limits.ts';
import type { Parsed } from '../base/result.ts';
import { ProblemList } from './problem-list.ts';

/** One stanza: values by field name in lower case. Of a field that is there twice, the first. */
export interface Deb822Stanza {
  readonly fields: ReadonlyMap<string, string>;
  /** 1-based, of its first line. */
  readonly line: number;
}

/**
 * Returns the stanzas of a text, of the fields in `wanted` only (lower case): a status database has ten times as many that nobody asks for. Continuation lines are joined with a newline, their first space dropped.
 * A line that is neither field nor continuation is a problem, and so is all that follows MAX_DATABASE_PACKAGES stanzas.
 */
export function parseDeb822(text: string, wanted: ReadonlySet<string>): Parsed<readonly Deb822Stanza[]> {
  const stanzas: Deb822Stanza[] = [];
  const problems = new ProblemList();
  let fields = new Map<string, string>();
  let startLine = 1;
  /** Field that a continuation line would belong to; undefined when it is not wanted. */
  let current: string | undefined;
  let inStanza = false;
  let line = 0;
  for (let start = 0; start < text.length;) {
    line++;
    if (stanzas.length >= MAX_DATABASE_PACKAGES) {
      problems.add({ message: `it has more than ${MAX_DATABASE_PACKAGES} packages; the rest is not read`, line });
      break;
    }
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const stop = text.charCodeAt(end - 1) === 0x0d && end > start ? end - 1 : end;
    const first = text.charCodeAt(start);
    if (stop === start) {
      if (inStanza) stanzas.push({ fields, line: startLine });
      fields = new Map();
      inStanza = false;
      current = undefined;
    } else if (first === 0x20 || first === 0x09) {
      if (!inStanza) problems.add({ message: 'a continuation line continues nothing', line });
      else if (current !== undefined) {
        const value = fields.get(current) ?? '';
        if (value.length < MAX_FIELD_LENGTH) fields.set(current, `${value}\n${text.slice(start + 1, stop)}`);
        else {
          problems.add({ message: `a field is longer than ${MAX_FIELD_LENGTH} characters; the rest of it is not read`, line });
          current = undefined;
        }
      }
    } else {
      if (!inStanza) startLine = line;
      inStanza = true;
      const field = text.slice(start, stop);
      const colon = field.indexOf(':');
      if (colon < 0) {
        current = undefined;
        problems.add({ message: 'a line is neither a field nor the continuation of one', line });
      } else {
        const name = field.slice(0, colon).toLowerCase();
        current = wanted.has(name) && !fields.has(name) ? name : undefined;
        if (current !== undefined) fields.set(current, field.slice(colon + 1).trim());
      }
    }
    start = end + 1;
  }
  if (inStanza) stanzas.push({ fields, line: startLine });
  return { value: stanzas, problems: problems.list() };
}
