import { MAX_XML_ATTRIBUTES, MAX_XML_DEPTH, MAX_XML_PART_LENGTH, MAX_XML_TAG_LENGTH } from '../../foundation/base/limits.ts';
import { TextWindow } from './text-window.ts';

/** One step through a document. An empty element gives `open` and `close`. `name` keeps its prefix, `local` is without it: feeds choose prefixes as they like, and none uses one name in two namespaces. */
export type XmlEvent =
  | { readonly kind: 'open'; readonly name: string; readonly local: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: 'close'; readonly name: string; readonly local: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'problem'; readonly message: string; readonly offset: number };

/** What the parser stops at; offsets are in UTF-16 units from the start of the text. */
class XmlProblem extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Yields the tags and texts of a feed's XML in one pass, from text or from the bytes as they come, in the encoding that the document declares. A document type is refused, and so no
 * entity is ever expanded but the five that XML knows by itself and characters by number. Ends with a `problem` where the text stops being XML: a tag that is not the one to close,
 * more nesting or attributes than any feed has, or the end before everything is closed.
 */
export function* scanXml(source: string | Iterable<Uint8Array>): Generator<XmlEvent> {
  const window = new TextWindow(source);
  const open: string[] = [];
  try {
    for (;;) {
      const content = takeText(window);
      if (content.trim() !== '') yield { kind: 'text', text: decodeEntities(content) };
      if (!window.has(1)) break;
      if (window.startsWith('</')) {
        yield closeElement(takePart(window, '</', '>').trim(), open, window.offset);
      } else if (window.startsWith('<![CDATA[')) {
        yield { kind: 'text', text: takePart(window, '<![CDATA[', ']]>') };
      } else if (window.startsWith('<!--')) {
        takePart(window, '<!--', '-->');
      } else if (window.startsWith('<?')) {
        takePart(window, '<?', '?>');
      } else if (window.startsWith('<!')) {
        throw new XmlProblem('a document type is not read', window.offset);
      } else {
        yield* openElement(takeTag(window), open, window.offset);
      }
    }
    if (open.length > 0) throw new XmlProblem(`the document ends inside <${open.at(-1) ?? ''}>`, window.offset);
    if (window.problem !== undefined) throw new XmlProblem(window.problem, window.offset);
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error;
    yield { kind: 'problem', message: error.message, offset: error.offset };
  }
}

function takeText(window: TextWindow): string {
  const length = window.find('<', 0, MAX_XML_PART_LENGTH);
  if (length >= 0) return window.take(length);
  if (window.has(MAX_XML_PART_LENGTH + 1)) throw new XmlProblem('a text is too long', window.offset);
  return window.take(window.length);
}

/** What lies between `start` and `stop`, which are taken too. */
function takePart(window: TextWindow, start: string, stop: string): string {
  const end = window.find(stop, start.length, MAX_XML_PART_LENGTH);
  if (end < 0) throw new XmlProblem(start === '</' ? 'a tag does not end' : `a ${start} does not end`, window.offset);
  return window.take(end + stop.length).slice(start.length, -stop.length);
}

/** A tag without its angle brackets; one may stand in the value of an attribute. */
function takeTag(window: TextWindow): string {
  let at = 1;
  for (;;) {
    const end = window.find('>', at, MAX_XML_TAG_LENGTH);
    if (end < 0) throw new XmlProblem('a tag does not end', window.offset);
    const quote = openQuote(window.peek(end), at);
    if (quote === undefined) return window.take(end + 1).slice(1, -1);
    const closed = window.find(quote, end, MAX_XML_TAG_LENGTH);
    if (closed < 0) throw new XmlProblem('a tag does not end', window.offset);
    at = closed + 1;
  }
}

/** The quote that is still open at the end of `tag`; nothing is open at `from`. */
function openQuote(tag: string, from: number): string | undefined {
  let quote: string | undefined;
  for (let at = from; at < tag.length; at++) {
    const character = tag.charAt(at);
    if (quote === undefined ? character === '"' || character === "'" : character === quote) quote = quote === undefined ? character : undefined;
  }
  return quote;
}

function* openElement(tag: string, open: string[], offset: number): Generator<XmlEvent> {
  const isEmpty = tag.endsWith('/');
  const body = isEmpty ? tag.slice(0, -1) : tag;
  const name = /^[^\s=]*/.exec(body)?.[0] ?? '';
  if (open.length >= MAX_XML_DEPTH) throw new XmlProblem('elements are nested too deep', offset);
  const local = localName(name);
  yield { kind: 'open', name, local, attributes: readAttributes(body, name.length, offset) };
  if (isEmpty) yield { kind: 'close', name, local };
  else open.push(name);
}

function closeElement(name: string, open: string[], offset: number): XmlEvent {
  const expected = open.pop();
  if (expected !== name) {
    throw new XmlProblem(expected === undefined ? `</${name}> closes nothing` : `</${name}> stands where </${expected}> should`, offset);
  }
  return { kind: 'close', name, local: localName(name) };
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function readAttributes(text: string, from: number, offset: number): Map<string, string> {
  const attributes = new Map<string, string>();
  let at = from;
  for (;;) {
    const equals = text.indexOf('=', at);
    if (equals < 0) return attributes;
    let start = equals + 1;
    while (isSpace(text.charCodeAt(start))) start++;
    const quote = text.charAt(start);
    const end = quote === '"' || quote === "'" ? text.indexOf(quote, start + 1) : -1;
    if (end < 0) return attributes;
    if (attributes.size >= MAX_XML_ATTRIBUTES) throw new XmlProblem('a tag has too many attributes', offset);
    attributes.set(text.slice(at, equals).trim(), decodeEntities(text.slice(start + 1, end)));
    at = end + 1;
  }
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
