/** Makes package headers of rpm and databases to hold them, good and bad ones: tests must be able to write what rpm would not. */

/** One tag: a number is an array of 32-bit numbers with one in it, a text is a string, texts are an array of strings. */
export type RpmTagValue = number | string | readonly string[] | readonly number[];

const encoder = new TextEncoder();

/** Returns a header with the tags, in their order. */
export function buildRpmHeader(tags: Readonly<Record<number, RpmTagValue>>): Uint8Array {
  const entries: number[] = [];
  const data: Uint8Array[] = [];
  let offset = 0;
  for (const [tag, value] of Object.entries(tags)) {
    const { type, count, bytes } = toTag(value);
    const padding = type === 4 ? -offset & 3 : 0;
    entries.push(Number(tag), type, offset + padding, count);
    data.push(new Uint8Array(padding), bytes);
    offset += padding + bytes.length;
  }
  return Buffer.concat([toBigEndian([entries.length / 4, offset, ...entries]), ...data]);
}

/** Returns the header of a package that has little but a name. */
export function buildPackageHeader(name: string, version = '1.0', release = '1.el9', more: Readonly<Record<number, RpmTagValue>> = {}): Uint8Array {
  return buildRpmHeader({ 1000: name, 1001: version, 1002: release, 1022: 'x86_64', ...more });
}

function toTag(value: RpmTagValue): { type: number; count: number; bytes: Uint8Array } {
  if (typeof value === 'string') return { type: 6, count: 1, bytes: encoder.encode(`${value}\0`) };
  if (typeof value === 'number') return { type: 4, count: 1, bytes: toBigEndian([value]) };
  const [first] = value;
  if (typeof first === 'number') return { type: 4, count: value.length, bytes: toBigEndian(value as readonly number[]) };
  return { type: 8, count: value.length, bytes: encoder.encode(value.map((text) => `${text}\0`).join('')) };
}

function toBigEndian(numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(numbers.length * 4);
  numbers.forEach((number, index) => {
    new DataView(bytes.buffer).setUint32(index * 4, number);
  });
  return bytes;
}

export interface BerkeleyDbOptions {
  readonly littleEndian?: boolean;
  readonly pageBytes?: number;
}

/** Returns a hash table with the number 0, as rpm keeps it, and the values under the numbers after it, one bucket for each; a value longer than a quarter of a page lies in overflow pages. */
export function buildBerkeleyDb(values: readonly Uint8Array[], { littleEndian = true, pageBytes = 512 }: BerkeleyDbOptions = {}): Uint8Array {
  const pages: Uint8Array[] = [new Uint8Array(pageBytes)];
  const addPage = (type: number): DataView => {
    const page = new Uint8Array(pageBytes);
    const view = new DataView(page.buffer);
    view.setUint32(8, pages.length, littleEndian);
    view.setUint8(25, type);
    pages.push(page);
    return view;
  };
  [Uint8Array.of(0, 0, 0, values.length), ...values].forEach((value, number) => {
    const bucket = addPage(13);
    const key = new Uint8Array(4);
    new DataView(key.buffer).setUint32(0, number, littleEndian);
    const item = value.length > pageBytes / 4 ? new Uint8Array(12) : Uint8Array.of(1, ...value);
    if (value.length > pageBytes / 4) {
      const view = new DataView(item.buffer);
      view.setUint8(0, 3);
      view.setUint32(4, pages.length, littleEndian);
      view.setUint32(8, value.length, littleEndian);
      for (let at = 0; at < value.length; at += pageBytes - 26) {
        const part = value.subarray(at, at + pageBytes - 26);
        const page = addPage(7);
        page.setUint32(16, at + part.length < value.length ? pages.length : 0, littleEndian);
        page.setUint16(22, part.length, littleEndian);
        new Uint8Array(page.buffer).set(part, 26);
      }
    }
    let end = pageBytes;
    bucket.setUint16(20, 2, littleEndian);
    [Uint8Array.of(1, ...key), item].forEach((bytes, index) => {
      end -= bytes.length;
      new Uint8Array(bucket.buffer).set(bytes, end);
      bucket.setUint16(26 + 2 * index, end, littleEndian);
    });
  });
  const meta = new DataView((pages[0] as Uint8Array<ArrayBuffer>).buffer);
  meta.setUint32(12, 0x00061561, littleEndian);
  meta.setUint32(16, 9, littleEndian);
  meta.setUint32(20, pageBytes, littleEndian);
  meta.setUint8(25, 8);
  meta.setUint32(32, pages.length - 1, littleEndian);
  return Buffer.concat(pages);
}

/** Returns an NDB package database with one page of slots. */
export function buildNdb(blobs: readonly Uint8Array[]): Uint8Array {
  const slots = new Uint8Array(4096);
  const head = new DataView(slots.buffer);
  const writeSlot = (at: number, numbers: readonly number[]): void => {
    numbers.forEach((number, index) => {
      head.setUint32(at + 4 * index, number, true);
    });
  };
  writeSlot(0, [0x506d7052, 0, 1, 1, blobs.length + 1]);
  for (let at = 32; at < slots.length; at += 16) writeSlot(at, [0x746f6c53, 0, 0, 0]);
  const parts: Uint8Array[] = [slots];
  let offset = slots.length;
  blobs.forEach((blob, index) => {
    const length = Math.ceil((16 + blob.length + 12) / 16) * 16;
    const bytes = new Uint8Array(length);
    const view = new DataView(bytes.buffer);
    [0x53626c42, index + 1, 1, blob.length].forEach((number, place) => {
      view.setUint32(4 * place, number, true);
    });
    bytes.set(blob, 16);
    view.setUint32(length - 8, blob.length, true);
    view.setUint32(length - 4, 0x45626c42, true);
    writeSlot(32 + 16 * index, [0x746f6c53, index + 1, offset / 16, length / 16]);
    parts.push(bytes);
    offset += length;
  });
  return Buffer.concat(parts);
}
