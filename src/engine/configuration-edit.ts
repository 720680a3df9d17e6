import type { TextEdit } from '../foundation/model/text-range.ts';
import { IGNORE_KEY, ignoreKeys, type IgnoreEntryText } from './configuration-ignore.ts';
import { readConfigurationText } from './configuration-text.ts';
import { readYaml, type Span, type YamlEntry, type YamlValue } from './configuration-yaml.ts';

/** An entry that is to be written. */
export type NewIgnoreEntry = Omit<IgnoreEntryText, 'line'>;

/** Returns the edit that adds an entry to `ignore` in the text of a configuration file, which may be empty, and leaves the rest of it as it is. Undefined when the text is not what an entry can be added to: it must be put right by hand first. */
export function addIgnoreEdit(text: string, entry: NewIgnoreEntry): TextEdit | undefined {
  const { root, toRange } = readYaml(text);
  const insertion = findInsertion(text, root, entry);
  if (insertion === undefined) return undefined;
  const [span, newText] = insertion;
  // Whatever the file looks like: it is only touched where that does what it should.
  const { ignores } = readConfigurationText(text.slice(0, span[0]) + newText + text.slice(span[1]));
  if (!ignores.some((written) => ignoreKeys.every(({ name }) => written[name] === entry[name]))) return undefined;
  return { range: toRange(span), newText };
}

type Insertion = readonly [Span, string];

function findInsertion(text: string, root: YamlValue, entry: NewIgnoreEntry): Insertion | undefined {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  if (root.kind === 'scalar' && root.value === null) return atEnd(text, `${IGNORE_KEY}:${lineEnd}${blockItem(entry, '  ', lineEnd)}`, lineEnd);
  if (root.kind !== 'map' || text[root.span[0]] === '{') return undefined;
  const list = root.entries.find(({ key }) => key === IGNORE_KEY);
  if (list === undefined) return atEnd(text, `${IGNORE_KEY}:${lineEnd}${blockItem(entry, '  ', lineEnd)}`, lineEnd);
  return intoList(text, list, entry, lineEnd);
}

function intoList(text: string, { keySpan, value }: YamlEntry, entry: NewIgnoreEntry, lineEnd: string): Insertion | undefined {
  const column = ' '.repeat(columnOf(text, keySpan[0]) + 2);
  if (value.kind === 'scalar' && value.value === null) return afterLine(text, keySpan[1], blockItem(entry, column, lineEnd), lineEnd);
  if (value.kind !== 'list') return undefined;
  const [first] = value.items;
  const last = value.items.at(-1);
  if (first === undefined || last === undefined) return [value.span, lineEnd + blockItem(entry, column, lineEnd).trimEnd()];
  if (text[value.span[0]] === '[') {
    const end = value.span[1] - 1;
    return [[end, end], `, ${flowItem(entry)}`];
  }
  const indent = /^[ \t]*(?=-)/.exec(text.slice(text.lastIndexOf('\n', first.span[0] - 1) + 1))?.[0];
  return indent === undefined ? undefined : afterLine(text, endOf(last), blockItem(entry, indent, lineEnd), lineEnd);
}

/** Behind the last scalar in it: what a collection spans may reach over comments that belong to what follows. */
function endOf(value: YamlValue): number {
  switch (value.kind) {
    case 'map':
      return value.entries.length === 0
        ? value.span[1]
        : Math.max(...value.entries.map(({ keySpan, value: inner }) => Math.max(keySpan[1], endOf(inner))));
    case 'list':
      return value.items.length === 0 ? value.span[1] : Math.max(...value.items.map(endOf));
    case 'scalar':
    case 'unreadable':
      return value.span[1];
  }
}

/** On the next line; a block of text ends at the beginning of one. */
function afterLine(text: string, offset: number, item: string, lineEnd: string): Insertion {
  if (text[offset - 1] === '\n') return [[offset, offset], item];
  const next = text.indexOf('\n', offset);
  return next < 0 ? [[text.length, text.length], lineEnd + item] : [[next + 1, next + 1], item];
}

function atEnd(text: string, addition: string, lineEnd: string): Insertion {
  const isNewLine = text === '' || text.endsWith('\n');
  const gap = text.trim() === '' ? '' : lineEnd;
  return [[text.length, text.length], `${isNewLine ? '' : lineEnd}${gap}${addition}`];
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function blockItem(entry: NewIgnoreEntry, indent: string, lineEnd: string): string {
  const lines = fieldsOf(entry).map(([name, value], index) => `${indent}${index === 0 ? '- ' : '  '}${name}: ${value}`);
  return lines.map((line) => line + lineEnd).join('');
}

function flowItem(entry: NewIgnoreEntry): string {
  return `{ ${fieldsOf(entry)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')} }`;
}

function fieldsOf(entry: NewIgnoreEntry): readonly (readonly [name: string, value: string])[] {
  return ignoreKeys.flatMap(({ name }) => {
    const value = entry[name];
    return value === undefined ? [] : [[name, toYaml(value)] as const];
  });
}

/** Ids, package URLs and days need no quotes; everything else is written as JSON, which YAML reads as the same text. */
function toYaml(value: string): string {
  const isPlain = /^(?:\d{4}-\d{2}-\d{2}|[A-Za-z]+[:-][\w./:%+~=-]*[\w/])$/.test(value);
  return isPlain ? value : JSON.stringify(value.toWellFormed());
}
