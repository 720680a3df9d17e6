import { parseJson } from './json.ts';

const SPACE = 0x20;
const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const SLASH = 0x2f;
const STAR = 0x2a;
const BACKSLASH = 0x5c;

/** Returns the value of JSON that may have comments and commas before a closing bracket, or why there is none. */
export function parseJsonc(bytes: Uint8Array): ReturnType<typeof parseJson> {
  return parseJson(blankExtras(bytes));
}

/** Returns a copy of the same length in which spaces stand for what JSON does not allow. All of it is ASCII, so that the rest of a UTF-8 character is never taken for it. */
function blankExtras(bytes: Uint8Array): Uint8Array {
  const plain = bytes.slice();
  /** Place of a comma after which only spaces and comments have come. */
  let comma = -1;
  let isFirst = true;
  for (let index = 0; index < plain.length; index++) {
    const byte = plain[index] ?? 0;
    if (byte <= SPACE) continue;
    if (byte === SLASH) {
      const end = endOfComment(plain, index);
      plain.fill(SPACE, index, end);
      // A slash of something else is left for the parser to refuse.
      if (end > index) index = end - 1;
      continue;
    }
    if (comma >= 0 && (byte === 0x5d || byte === 0x7d)) plain[comma] = SPACE;
    comma = byte === COMMA && !isFirst ? index : -1;
    isFirst = byte === COMMA || byte === 0x5b || byte === 0x7b;
    if (byte === QUOTE) index = endOfString(plain, index);
  }
  return plain;
}

function endOfComment(bytes: Uint8Array, start: number): number {
  if (bytes[start + 1] === SLASH) {
    const end = bytes.indexOf(NEWLINE, start);
    return end < 0 ? bytes.length : end;
  }
  if (bytes[start + 1] !== STAR) return start;
  for (let index = start + 2; index < bytes.length; index++) if (bytes[index] === STAR && bytes[index + 1] === SLASH) return index + 2;
  return bytes.length;
}

function endOfString(bytes: Uint8Array, start: number): number {
  for (let index = start + 1; index < bytes.length; index++) {
    if (bytes[index] === BACKSLASH) index++;
    else if (bytes[index] === QUOTE) return index;
  }
  return bytes.length;
}
