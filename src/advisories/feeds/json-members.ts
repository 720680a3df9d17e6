import { MAX_FEED_JSON_MEMBER_LENGTH, MAX_JSON_DEPTH } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import { piecesOf } from './feed.ts';
import type { FeedFile } from './feed.ts';
import { TextWindow } from './text-window.ts';

/** A member of the document's outermost object or list; of a list, the key is ''. */
export type JsonMember = { readonly key: string; readonly value: unknown; readonly problem?: undefined } | { readonly problem: string };

/**
 * Yields the members of a JSON document one by one, so that a document of hundreds of megabytes needs no more memory than its largest member. A member that is no JSON is told and the next
 * one read; a document that ends too early is told after its last whole member.
 */
export function* readJsonMembers(file: FeedFile): Generator<JsonMember> {
  const window = new TextWindow(piecesOf(file));
  skipSpace(window);
  const open = window.has(1) ? window.take(1) : '';
  if (open !== '{' && open !== '[') {
    yield { problem: `${file.name}: neither an object nor a list` };
    return;
  }
  for (;;) {
    const end = findEnd(window, open);
    if (typeof end === 'string') {
      yield { problem: `${file.name}: ${end} at ${window.offset}` };
      return;
    }
    const text = window.take(end);
    const mark = window.take(1);
    if (text.trim() !== '') yield parseMember(file, text, open);
    if (mark !== ',') break;
  }
  if (window.problem !== undefined) yield { problem: `${file.name}: ${window.problem}` };
}

function skipSpace(window: TextWindow): void {
  while (window.has(1) && /^\s/.test(window.peek(1))) window.take(1);
}

/** How far the next member goes: to a comma or the closing bracket, outside texts and what it holds itself. */
function findEnd(window: TextWindow, open: '{' | '['): number | string {
  const close = open === '{' ? '}' : ']';
  let depth = 0;
  let isText = false;
  for (let at = 0; at <= MAX_FEED_JSON_MEMBER_LENGTH; at++) {
    if (!window.has(at + 1)) return 'the document ends in the middle';
    const character = window.charAt(at);
    if (isText) {
      if (character === '\\') at++;
      else if (character === '"') isText = false;
    } else if (character === '"') {
      isText = true;
    } else if (character === '{' || character === '[') {
      if (++depth > MAX_JSON_DEPTH) return 'values are nested too deep';
    } else if (depth === 0 && (character === ',' || character === close)) {
      return at;
    } else if (character === '}' || character === ']') {
      if (--depth < 0) return 'a bracket closes what is not open';
    }
  }
  return 'a member is too long';
}

function parseMember(file: FeedFile, text: string, open: '{' | '['): JsonMember {
  try {
    if (open === '[') return { key: '', value: JSON.parse(text) as unknown };
    const [entry] = Object.entries(JSON.parse(`{${text}}`) as Record<string, unknown>);
    return entry === undefined ? { problem: `${file.name}: an empty member` } : { key: entry[0], value: entry[1] };
  } catch (error) {
    return { problem: `${file.name}: ${messageOf(error)}` };
  }
}
