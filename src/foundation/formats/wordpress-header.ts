import { linesOf } from './lines.ts';

/**
 * Returns the header of a plugin or theme of WordPress, lines of `Field: value` in a comment; undefined when `nameField` is not among them, and so the file is not the one that describes it.
 *
 * @see https://developer.wordpress.org/reference/functions/get_file_data/
 */
export function parseWordpressHeader(text: string, nameField: string): { readonly name: string; readonly version?: string } | undefined {
  let name: string | undefined;
  let version: string | undefined;
  for (const raw of linesOf(text.replaceAll('\r', '\n'))) {
    name ??= valueOf(raw, nameField);
    version ??= valueOf(raw, 'Version');
  }
  return name === undefined ? undefined : { name, ...(version !== undefined && { version }) };
}

/** Before the field there is nothing, or the marks of a comment; after the value there may be the end of one. */
function valueOf(line: string, field: string): string | undefined {
  const content = withoutMarks(withoutMarks(line).replace(/^<\?php/, ''));
  if (!content.toLowerCase().startsWith(`${field.toLowerCase()}:`)) return undefined;
  const value = content
    .slice(field.length + 1)
    .split(/\*\/|\?>/, 1)[0]
    ?.trim();
  return value === '' ? undefined : value;
}

function withoutMarks(line: string): string {
  return line.replace(/^[\s/*#@]+/, '');
}
