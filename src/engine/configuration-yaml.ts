import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit, type Document } from 'yaml';
import { MAX_CONFIG_ALIASES, MAX_YAML_BYTES, MAX_CONFIG_PROBLEMS } from '../foundation/base/limits.ts';
import { messageOf } from '../foundation/base/result.ts';
import type { TextPosition, TextRange } from '../foundation/model/text-range.ts';

/** What is wrong at a place of the configuration file. */
export interface ConfigurationIssue {
  readonly message: string;
  readonly range: TextRange;
}

/** Offsets in the text: [start, end). */
export type Span = readonly [start: number, end: number];

export type YamlValue =
  | { readonly kind: 'map'; readonly span: Span; readonly entries: readonly YamlEntry[] }
  | { readonly kind: 'list'; readonly span: Span; readonly items: readonly YamlValue[] }
  /** Text, a number, true, false; or null, also where nothing is written. */
  | { readonly kind: 'scalar'; readonly span: Span; readonly value: unknown }
  /** An alias that cannot be followed, or something nested deeper than any configuration is. */
  | { readonly kind: 'unreadable'; readonly span: Span };

export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlValue;
}

export interface YamlText {
  readonly root: YamlValue;
  readonly issues: readonly ConfigurationIssue[];
  readonly toRange: (span: Span) => TextRange;
}

/** A configuration has three levels; what is deeper is not looked at. */
const MAX_DEPTH = 8;

/**
 * Returns a YAML text as plain values with their places, and what is wrong with its syntax; what can be read of a broken text is there. An alias shares what its
 * anchor marks, so that aliases of aliases do not multiply it; keys are never made properties of an object. Never throws.
 */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter();
  const issues: ConfigurationIssue[] = [];
  const toRange = ([start, end]: Span): TextRange => ({ start: positionAt(lines, start), end: positionAt(lines, Math.max(start, end)) });
  const report = (message: string, span: Span): void => {
    issues.push({ message, range: toRange(span) });
  };
  const nothing: YamlText = { root: { kind: 'scalar', span: [0, 0], value: null }, issues, toRange };
  if (text.length > MAX_YAML_BYTES) {
    report(`the file is larger than ${MAX_YAML_BYTES} bytes and is not read`, [0, 0]);
    return nothing;
  }
  try {
    // The library looks for equal keys by comparing each with each: too slow for a hostile file, so it is done here.
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
    for (const { message, pos } of document.errors.slice(0, MAX_CONFIG_PROBLEMS)) report(sentence(message), pos);
    return { root: toValue(document.contents, [0, 0], 0, { document, report, aliases: 0, followed: new Map() }), issues, toRange };
  } catch (error) {
    // Of a text that exhausts the parser's stack.
    report(`the file is no YAML that can be read: ${messageOf(error)}`, [0, 0]);
    return nothing;
  }
}

interface Reading {
  readonly document: Document.Parsed;
  readonly report: (message: string, span: Span) => void;
  aliases: number;
  anchors?: ReadonlyMap<string, unknown>;
  /** By what an anchor marks; undefined while it is read, so that one inside itself ends there. */
  readonly followed: Map<unknown, YamlValue | undefined>;
}

function toValue(node: unknown, fallback: Span, depth: number, reading: Reading): YamlValue {
  const span = spanOf(node) ?? fallback;
  if (depth > MAX_DEPTH) return { kind: 'unreadable', span };
  if (isAlias(node)) return { ...follow(node.source, span, depth, reading), span };
  if (isSeq(node)) return { kind: 'list', span, items: node.items.map((item) => toValue(item, span, depth + 1, reading)) };
  if (!isMap(node)) return { kind: 'scalar', span, value: isScalar(node) ? node.value : null };
  const seen = new Set<string>();
  const entries = node.items.map((pair): YamlEntry => {
    const keySpan = spanOf(pair.key) ?? span;
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    if (seen.has(key)) reading.report(`'${key}' is here twice; the last one counts`, keySpan);
    seen.add(key);
    return { key, keySpan, value: toValue(pair.value, [keySpan[1], keySpan[1]], depth + 1, reading) };
  });
  return { kind: 'map', span, entries };
}

function follow(name: string, span: Span, depth: number, reading: Reading): YamlValue {
  const { followed, report } = reading;
  const unreadable: YamlValue = { kind: 'unreadable', span };
  if (++reading.aliases > MAX_CONFIG_ALIASES) {
    if (reading.aliases === MAX_CONFIG_ALIASES + 1) report(`more than ${MAX_CONFIG_ALIASES} aliases: this one and the next are not read`, span);
    return unreadable;
  }
  const target = anchorsOf(reading).get(name);
  if (target === undefined) report(`there is no anchor '&${name}'`, span);
  else if (!followed.has(target)) {
    followed.set(target, undefined);
    followed.set(target, toValue(target, span, depth + 1, reading));
  } else if (followed.get(target) === undefined) report(`'*${name}' stands inside what '&${name}' marks`, span);
  return followed.get(target) ?? unreadable;
}

/** Looked for once, and only where an alias is met. */
function anchorsOf(reading: Reading): ReadonlyMap<string, unknown> {
  if (reading.anchors !== undefined) return reading.anchors;
  const anchors = new Map<string, unknown>();
  visit(reading.document, {
    Node: (_, node) => {
      if (!isAlias(node) && node.anchor !== undefined && !anchors.has(node.anchor)) anchors.set(node.anchor, node);
    },
  });
  reading.anchors = anchors;
  return anchors;
}

function spanOf(node: unknown): Span | undefined {
  const range = isNode(node) ? node.range : undefined;
  return range === undefined || range === null ? undefined : [range[0], range[1]];
}

/** LineCounter counts from 1. */
function positionAt(lines: LineCounter, offset: number): TextPosition {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(0, line - 1), character: Math.max(0, col - 1) };
}

/** The library's messages begin with a capital letter and some end with a colon. */
function sentence(message: string): string {
  return `${message.slice(0, 1).toLowerCase()}${message.slice(1)}`.replace(/[.:]$/, '');
}
