import { readYaml, type Span, type YamlValue } from './configuration-yaml.ts';

/** What stands at a place of the configuration file. */
export interface ConfigurationPlace {
  /** `key`: the name of an entry; `value`: what stands behind one, or an item of the list behind it. */
  readonly role: 'key' | 'value';
  /** Keys from the top down: of the map that a key is in, or of the entry that a value belongs to. */
  readonly path: readonly string[];
  /** The key or the value itself, as offsets in the text. */
  readonly span: Span;
  /** Of a key: its name. */
  readonly key: string;
  /** Of a key: the others of the same map. */
  readonly siblings: readonly string[];
  readonly isItem: boolean;
}

/** Returns what stands at `offset`; undefined between things, in comments, and in what an alias stands for. */
export function placeAt(text: string, offset: number): ConfigurationPlace | undefined {
  return find(readYaml(text).root, offset, [], false);
}

function find(value: YamlValue, offset: number, path: readonly string[], isItem: boolean): ConfigurationPlace | undefined {
  switch (value.kind) {
    case 'map':
      for (const { key, keySpan, value: inner } of value.entries) {
        if (isIn(keySpan, offset)) {
          const siblings = value.entries.flatMap((other) => (other.keySpan === keySpan ? [] : [other.key]));
          return { role: 'key', path, span: keySpan, key, siblings, isItem };
        }
        if (isIn(inner.span, offset)) return find(inner, offset, [...path, key], false);
      }
      return undefined;
    case 'list':
      for (const item of value.items) if (isIn(item.span, offset)) return find(item, offset, path, true);
      return undefined;
    case 'scalar':
      return isIn(value.span, offset) ? { role: 'value', path, span: value.span, key: '', siblings: [], isItem } : undefined;
    case 'unreadable':
      return undefined;
  }
}

/** Right behind the last letter counts: there the caret stands after typing it. */
function isIn([start, end]: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

export interface TypingPlace extends ConfigurationPlace {
  /** The letters around the caret, which a completion replaces; empty where nothing is typed yet. */
  readonly word: Span;
  /** True where a colon stands behind the key already. */
  readonly hasColon: boolean;
  /** True between quotes. */
  readonly isQuoted: boolean;
}

const PLACEHOLDER = 'x';

/** Returns the place that is being typed at `offset`: what would stand there if there were a word. */
export function typingPlaceAt(text: string, offset: number): TypingPlace | undefined {
  const word = wordAt(text, offset);
  const before = text.slice(text.lastIndexOf('\n', word[0] - 1) + 1, word[0]);
  const lineEnd = text.indexOf('\n', word[1]);
  const after = text.slice(word[1], lineEnd < 0 ? text.length : lineEnd).trim();
  // Alone on its line it will be a key: without a colon it would be read as the beginning of the next line.
  const isAlone = before.trim() === '' && (after === '' || after.startsWith('#'));
  const filler = `${word[0] === word[1] ? PLACEHOLDER : ''}${isAlone ? ':' : ''}`;
  const place = placeAt(text.slice(0, word[1]) + filler + text.slice(word[1]), word[0]);
  return place === undefined ? undefined : { ...place, word, hasColon: after.startsWith(':'), isQuoted: /["']$/.test(before) };
}

/** Ids, slugs, option names, numbers. */
function wordAt(text: string, offset: number): Span {
  let [start, end] = [offset, offset];
  while (start > 0 && isLetter(text[start - 1])) start--;
  while (end < text.length && isLetter(text[end])) end++;
  return [start, end];
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\w.-]/.test(character);
}
