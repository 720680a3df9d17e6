import type { IgnoreEntry } from '../advisories/exceptions/exception.ts';
import { nearestOf } from '../dockerfile/lint/queries/nearest.ts';
import { parseGitignore } from '../foundation/formats/gitignore.ts';
import type { Span, YamlEntry, YamlValue } from './configuration-yaml.ts';

export const IGNORE_KEY = 'ignore';

export const ignoreDescription =
  'Findings of scans that can be ignored, and why: by id, by package, by path, or by several of these, which must then all hold. What is ignored stays in the report as such.';

/** What an entry may say. */
export const ignoreKeys = [
  {
    name: 'id',
    description: "The finding's id or one of its aliases: `CVE-2024-3094`, `GHSA-jfh8-c2jp-5v3q`, `secret:aws-access-key-id`.",
    examples: ['CVE-2024-3094'],
  },
  {
    name: 'package',
    description:
      'The package that the finding is in: its name (`openssl`, `@babel/core`), type and name (`npm:lodash`), or a package URL. A package URL without a version or qualifiers covers them all.',
    examples: ['openssl', 'npm:lodash', 'pkg:npm/lodash@4.17.20'],
  },
  {
    name: 'path',
    description: 'The file in the image, as a pattern of .gitignore from the root of the image: `usr/share/doc/**`, `*.pem`, `app/test/`.',
    examples: ['app/test/', '*.pem'],
  },
  { name: 'reason', description: 'Why it can be ignored. An entry without a reason is an error.', examples: [] },
  {
    name: 'expires',
    description: 'The last day the entry counts, as YYYY-MM-DD. From the next day on the finding is shown again, and the entry is reported.',
    examples: [],
  },
] as const satisfies readonly { readonly name: keyof IgnoreEntry; readonly description: string; readonly examples: readonly string[] }[];

/** An entry as it stands in a text: which file that is, the reader of the file knows. */
export type IgnoreEntryText = Omit<IgnoreEntry, 'source'>;

type Report = (message: string, value: { readonly span: Span }) => void;

/** Returns the entries behind `ignore`. One that anything is wrong with is reported and not among them: a mistake must not make it ignore more, or longer. */
export function readIgnoreEntries(value: YamlValue, report: Report, lineOf: (span: Span) => number): readonly IgnoreEntryText[] {
  if (value.kind === 'unreadable' || (value.kind === 'scalar' && value.value === null)) return [];
  if (value.kind !== 'list') {
    report(`'${IGNORE_KEY}' is a list of entries, each with a reason`, value);
    return [];
  }
  return value.items.flatMap((item, index) => readEntry(item, `${IGNORE_KEY}[${index}]`, report, lineOf) ?? []);
}

function readEntry(item: YamlValue, place: string, report: Report, lineOf: (span: Span) => number): IgnoreEntryText | undefined {
  if (item.kind === 'unreadable') return undefined;
  if (item.kind !== 'map') {
    report(`${place}: an entry is a map with 'id', 'package' or 'path', and a 'reason'`, item);
    return undefined;
  }
  const values = item.entries.map((entry) => readValue(entry, place, report));
  const known = new Map(values.filter((entry) => entry !== undefined));
  const { id, package: named, path, reason, expires }: Readonly<Record<string, string | undefined>> = Object.fromEntries(known);
  const isNamed = (key: string): boolean => item.entries.some((entry) => entry.key === key);
  if (!isNamed('reason')) report(`${place}: 'reason' is missing: say why this can be ignored`, item);
  if (!['id', 'package', 'path'].some(isNamed)) report(`${place}: it names nothing to ignore: give 'id', 'package' or 'path'`, item);
  if (values.includes(undefined) || reason === undefined || (id === undefined && named === undefined && path === undefined)) return undefined;
  return {
    ...(id !== undefined && { id }),
    ...(named !== undefined && { package: named }),
    ...(path !== undefined && { path }),
    reason,
    ...(expires !== undefined && { expires }),
    line: lineOf(item.span),
  };
}

/** Undefined when it is wrong, and reported. */
function readValue({ key, keySpan, value }: YamlEntry, place: string, report: Report): readonly [string, string] | undefined {
  const names = ignoreKeys.map(({ name }) => name);
  if (!names.some((name) => name === key)) {
    const nearest = nearestOf(key, names);
    const meant = nearest === undefined ? `; there are ${names.join(', ')}` : `; did you mean '${nearest}'?`;
    report(`${place}: unknown key '${key.slice(0, 60)}'${meant}`, { span: keySpan });
    return undefined;
  }
  const text = value.kind === 'scalar' && typeof value.value === 'string' ? value.value.trim() : '';
  const wrong = text === '' ? `'${key}' is text` : key === 'expires' && !isDay(text) ? "'expires' is a day as YYYY-MM-DD" : whyNoPattern(key, text);
  if (wrong === undefined) return [key, text];
  if (value.kind !== 'unreadable') report(`${place}.${key}: ${wrong}`, value);
  return undefined;
}

/** True for a day that there is: 2026-02-30 is none. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function whyNoPattern(key: string, text: string): string | undefined {
  return key === 'path' && parseGitignore(text.replace(/^(?=[#!])/, '\\')).length === 0
    ? "'path' is a pattern of .gitignore that can match nothing"
    : undefined;
}
