import { MAX_XML_TAG_LENGTH } from '../../foundation/base/limits.ts';

/** One step through a document. An empty element gives `open` and `close`. Names keep their prefix; namespaces are not resolved. */
export type XmlEvent =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'problem'; readonly message: string; readonly offset: number };

/**
 * Yields the tags and texts of a feed's XML in one pass. Only what feeds use: a document type is not read, and so no entity is ever expanded but the five that XML knows by
 * itself and characters by number. Ends with a `problem` where the text stops being XML. Nesting is the caller's to follow.
 */
export function* scanXml(text: string): Generator<XmlEvent> {
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    const content = text.slice(at, open < 0 ? text.length : open);
    if (content.trim() !== '') yield { kind: 'text', text: decodeEntities(content) };
    if (open < 0) return;
    const special = skipSpecial(text, open);
    if (special !== undefined) {
      if (special.text !== undefined) yield { kind: 'text', text: special.text };
      at = special.end;
      continue;
    }
    const close = text.indexOf('>', open);
    if (close < 0 || close - open > MAX_XML_TAG_LENGTH) {
      yield { kind: 'problem', message: 'a tag does not end', offset: open };
      return;
    }
    yield* readTag(text.slice(open + 1, close));
    at = close + 1;
  }
}

/** Comments, instructions and document types end at `end` without an event; character data has a text. Unclosed ones run to the end. */
function skipSpecial(text: string, open: number): { end: number; text?: string } | undefined {
  const found = [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
    ['<!', '>'],
  ].find(([start = '']) => text.startsWith(start, open));
  if (found === undefined) return undefined;
  const [start = '', stop = ''] = found;
  const close = text.indexOf(stop, open + start.length);
  const end = close < 0 ? text.length : close + stop.length;
  return start === '<![CDATA[' ? { end, text: text.slice(open + start.length, close < 0 ? text.length : close) } : { end };
}

function* readTag(tag: string): Generator<XmlEvent> {
  if (tag.startsWith('/')) {
    yield { kind: 'close', name: tag.slice(1).trim() };
    return;
  }
  const isEmpty = tag.endsWith('/');
  const body = isEmpty ? tag.slice(0, -1) : tag;
  const name = /^[^\s=]*/.exec(body)?.[0] ?? '';
  yield { kind: 'open', name, attributes: readAttributes(body.slice(name.length)) };
  if (isEmpty) yield { kind: 'close', name };
}

function readAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  let at = 0;
  for (;;) {
    const equals = text.indexOf('=', at);
    if (equals < 0) return attributes;
    const quote = text
      .slice(equals + 1)
      .trimStart()
      .charAt(0);
    const start = text.indexOf(quote, equals) + 1;
    const end = quote === '"' || quote === "'" ? text.indexOf(quote, start) : -1;
    if (end < 0) return attributes;
    attributes.set(text.slice(at, equals).trim(), decodeEntities(text.slice(start, end)));
    at = end + 1;
  }
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
