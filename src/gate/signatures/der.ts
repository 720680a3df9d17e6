/** One value in DER. @see ITU-T X.690 */
export interface DerValue {
  /** First byte: class, whether it is made of others, and number; numbers above 30 are not read. */
  readonly tag: number;
  readonly content: Uint8Array;
}

export const DER = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Returns the one value that the bytes are; undefined when they are not exactly one. */
export function readDer(bytes: Uint8Array): DerValue | undefined {
  const values = readAll(bytes);
  return values?.length === 1 ? values[0] : undefined;
}

/** Returns what a value is made of; undefined when its content is no row of values. */
export function childrenOf(value: DerValue | undefined): readonly DerValue[] | undefined {
  return value === undefined ? undefined : readAll(value.content);
}

/** Returns an object identifier in dots: '2.5.29.15'. Undefined when it is none, or has a part above 2^49. */
export function oidOf(value: DerValue | undefined): string | undefined {
  if (value?.tag !== DER.oid || value.content.length === 0 || value.content.length > 64) return undefined;
  const parts: number[] = [];
  let part = 0;
  for (const byte of value.content) {
    if (part > 2 ** 42) return undefined;
    part = part * 128 + (byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    parts.push(part);
    part = 0;
  }
  const [first, ...rest] = parts;
  if (first === undefined || ((value.content.at(-1) ?? 0) & 0x80) !== 0) return undefined;
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - top * 40, ...rest].join('.');
}

/** Returns a character string; undefined when it is none, or not well-formed. */
export function textOfDer(value: DerValue | undefined): string | undefined {
  switch (value?.tag) {
    case DER.utf8String:
    case DER.printableString:
    case DER.ia5String:
      return decode(value.content, 'utf-8');
    case DER.bmpString:
      return decode(value.content, 'utf-16be');
    default:
      return undefined;
  }
}

/** Returns text that has no tag of its own; undefined when it is no UTF-8. */
export function decode(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16be' = 'utf-8'): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function readAll(bytes: Uint8Array): readonly DerValue[] | undefined {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at] ?? 0;
    const length = readLength(bytes, at + 1);
    if ((tag & 0x1f) === 0x1f || length === undefined || length.end > bytes.length) return undefined;
    values.push({ tag, content: bytes.subarray(length.start, length.end) });
    at = length.end;
  }
  return values;
}

/** Undefined for a length that is left open or longer than four bytes: no certificate is. */
function readLength(bytes: Uint8Array, at: number): { readonly start: number; readonly end: number } | undefined {
  const first = bytes[at];
  if (first === undefined || first === 0x80 || first > 0x84) return undefined;
  if (first < 0x80) return { start: at + 1, end: at + 1 + first };
  const start = at + 1 + (first & 0x7f);
  if (start > bytes.length) return undefined;
  const length = bytes.subarray(at + 1, start).reduce((sum, byte) => sum * 256 + byte, 0);
  return { start, end: start + length };
}
