import { MAX_FIELD_LENGTH } from '../base/limits.ts';
import { linesOf } from './lines.ts';

/**
 * Returns the main section of a META-INF/MANIFEST.MF: the attributes up to the first empty line, by their names in lower case. A line that starts with a space goes on with the one before; of several with
 * one name the last counts, as for Java. Lines that are no attribute are passed over.
 * @see https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html
 */
export function parseJavaManifest(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  let name = '';
  let parts: string[] = [];
  let length = 0;
  const close = (): void => {
    if (name !== '') attributes.set(name, parts.join('').trim());
    name = '';
    parts = [];
    length = 0;
  };
  for (const raw of linesOf(text)) {
    // A file with the line ends of old Macintoshes is one line; no tool of today writes it.
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line.startsWith(' ')) {
      length += line.length;
      if (length <= MAX_FIELD_LENGTH) parts.push(line.slice(1));
      continue;
    }
    close();
    if (line === '' && attributes.size > 0) break;
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    name = line.slice(0, colon).trim().toLowerCase();
    parts.push(line.slice(colon + 1));
  }
  close();
  return attributes;
}
