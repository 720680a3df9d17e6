import path from 'node:path';
import type { LintPolicy } from '../../src/dockerfile/lint/rule.ts';
import { filesBelow, readText, type OracleCase } from './case.ts';

/** What test/Hadolint/Rule/*Spec.hs asserts: `ruleCatches "DL3006" "FROM debian"`, also with the text bound to a name by let, and for ONBUILD. */
export function readCases(checkout: string): readonly OracleCase[] {
  const folder = path.join(checkout, 'test', 'Hadolint', 'Rule');
  return filesBelow(folder)
    .filter((file) => /^DL\d+Spec\.hs$/.test(file))
    .flatMap((file) => readSpec(file.slice(0, 6), readText(folder, file)));
}

type Token = readonly ['string' | 'name' | 'sign', string];

const TOKEN = /"((?:\\\s+\\|\\.|[^"\\])*)"|--[^\n]*|\{-[^]*?-\}|([A-Za-z_?][\w'.]*)|(\d+)|([^\s])/g;

function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const [, text, name, digits, sign] of source.matchAll(TOKEN)) {
    if (text !== undefined) tokens.push(['string', unescape(text)]);
    else if (name !== undefined || digits !== undefined) tokens.push(['name', name ?? digits ?? '']);
    else if (sign !== undefined) tokens.push(['sign', sign]);
  }
  return tokens;
}

/** A Haskell string: gaps (`\`, white space, `\`) are nothing. */
function unescape(text: string): string {
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };
  return text.replaceAll(/\\\s+\\/g, '').replaceAll(/\\(.)/g, (_, sign: string) => (sign === '&' ? '' : (escapes[sign] ?? sign)));
}

const ASSERTION = /^(onBuild)?[rR]uleCatches(Not)?$/;

function readSpec(check: string, source: string): readonly OracleCase[] {
  const tokens = tokenize(source.slice(source.indexOf('spec = ')));
  const bound = new Map<string, string>();
  const cases: OracleCase[] = [];
  let policy: Partial<LintPolicy> = {};
  let name = check;
  for (let at = 0; at < tokens.length; at++) {
    const [kind, word] = tokens[at] ?? ['sign', ''];
    if (kind !== 'name') continue;
    if (word === 'it' && tokens[at + 1]?.[0] === 'string') name = tokens[at + 1]?.[1] ?? check;
    else if (word === '?config') policy = readPolicy(tokens, at);
    else if (tokens[at + 1]?.[1] === '=') bind(bound, word, readValue(tokens, at + 2, bound));
    else if (ASSERTION.test(word)) add(ASSERTION.exec(word) ?? [], readValue(tokens, at + 2, bound));
    else if (word === 'failsWith') addCounted(at);
  }
  return cases;

  function add([, onBuild, not]: readonly (string | undefined)[], text: string | undefined): void {
    if (text === undefined) return;
    const code = onBuild === undefined ? text : text.replaceAll(/^RUN\b/gm, 'ONBUILD RUN');
    cases.push({ peer: 'hadolint', check, name, text: withBase(check, code), isReported: not === undefined, policy });
  }

  /** `assertChecks (Text.unlines dockerFile) (failsWith 2 "DL3049")`: the text stands before it. */
  function addCounted(at: number): void {
    const start = tokens.findLastIndex(([, word], index) => index < at && word === 'assertChecks');
    add([undefined, undefined, tokens[at + 1]?.[1] === '0' ? 'Not' : undefined], readValue(tokens, start + 1, bound));
  }
}

function bind(bound: Map<string, string>, name: string, value: string | undefined): void {
  if (value !== undefined) bound.set(name, value);
}

/** A string, a list of them (lines), or a name for one; `$`, parentheses and functions such as Text.unlines before it are passed over. */
function readValue(tokens: readonly Token[], start: number, bound: ReadonlyMap<string, string>): string | undefined {
  let at = start;
  while (/^(?:[$(]|Text\.\w+|unlines)$/.test(tokens[at]?.[1] ?? '') && tokens[at]?.[0] !== 'string') at++;
  const [kind, word] = tokens[at] ?? ['sign', ''];
  if (kind === 'string') return readConcatenation(tokens, at);
  if (kind === 'name') return bound.get(word);
  if (word !== '[') return undefined;
  const lines: string[] = [];
  for (at++; at < tokens.length && tokens[at]?.[1] !== ']'; at++) if (tokens[at]?.[0] === 'string') lines.push(tokens[at]?.[1] ?? '');
  return lines.map((line) => `${line}\n`).join('');
}

function readConcatenation(tokens: readonly Token[], start: number): string {
  let text = tokens[start]?.[1] ?? '';
  for (let at = start + 1; tokens[at]?.[1] === '<' && tokens[at + 1]?.[1] === '>' && tokens[at + 2]?.[0] === 'string'; at += 3)
    text += tokens[at + 2]?.[1] ?? '';
  return text;
}

const FORMS: Readonly<Record<string, string>> = {
  RawText: 'text',
  Url: 'url',
  Rfc3339: 'rfc3339',
  Spdx: 'spdx',
  GitHash: 'hash',
  SemVer: 'semver',
  Email: 'email',
};

/** `def { allowedRegistries = ["a"], labelSchema = Map.fromList [("b", Rule.Url)], strictLabels = True }` */
function readPolicy(tokens: readonly Token[], start: number): Partial<LintPolicy> {
  const end = tokens.findIndex(([, word], index) => index > start && (word === '}' || /^(?:describe|it|ruleCatches\w*)$/.test(word)));
  const part = tokens.slice(start, end);
  const strings = part.filter(([kind]) => kind === 'string').map(([, text]) => text);
  if (part.some(([, word]) => word === 'allowedRegistries')) return { trustedRegistries: strings };
  const forms = part.map(([, word]) => FORMS[word.replace(/^.*\./, '')]).filter((form) => form !== undefined);
  const labels = strings.map((label, index) => `${label}=${forms[index] ?? 'text'}`);
  const isStrict = part.some(([, word], index) => word === 'strictLabels' && part[index + 2]?.[1] === 'True');
  return isStrict ? { allowedLabels: labels.length > 0 ? labels : ['none.invalid'] } : { requiredLabels: labels };
}

/** Checks of what stands in FROM or before it. */
const OF_FROM: ReadonlySet<string> = new Set(['DL3026', 'DL3061']);

/** Most of the fixtures are a lone RUN, which no builder takes: they get a FROM before them. */
function withBase(check: string, text: string): string {
  return /^\s*FROM\b/im.test(text) || OF_FROM.has(check) ? text : `FROM example.com/image:1\n${text}`;
}
