/**
 * The version resource of a PE file: nested blocks, each of its length, its value's length, its kind, a name in UTF-16, and then its value or more blocks, all at multiples of four bytes.
 * @see https://learn.microsoft.com/windows/win32/menurc/vs-versioninfo
 */

export interface PeVersion {
  /** `ProductName`, `FileVersion` and the like, of the first language. */
  readonly strings: ReadonlyMap<string, string>;
  /** The four numbers of the product's version, `1.2.3.4`. */
  readonly productVersion: string;
}

const SIGNATURE = 0xfeef04bd;
const MAX_BLOCKS = 500;
const decoder = new TextDecoder('utf-16le');

/** Returns what the version resource that begins with `bytes` says; undefined when it is none. What lies is left out. */
export function parsePeVersion(bytes: Uint8Array): PeVersion | undefined {
  const root = readBlock(bytes, 0);
  if (root?.key !== 'VS_VERSION_INFO' || root.value.length < 24) return undefined;
  const value = new DataView(root.value.buffer, root.value.byteOffset, root.value.byteLength);
  if (value.getUint32(0, true) !== SIGNATURE) return undefined;
  const numbers = [18, 16, 22, 20].map((at) => value.getUint16(at, true));
  const strings = new Map<string, string>();
  for (const info of readBlocks(root.children)) {
    if (info.key !== 'StringFileInfo') continue;
    for (const table of readBlocks(info.children)) {
      for (const { key, value: text } of readBlocks(table.children))
        if (!strings.has(key))
          strings.set(
            key,
            decoder
              .decode(text)
              .replace(/\0[^]*$/, '')
              .trim(),
          );
    }
  }
  return { strings, productVersion: numbers.join('.') };
}

interface Block {
  readonly key: string;
  readonly value: Uint8Array;
  readonly children: Uint8Array;
  readonly length: number;
}

function readBlock(bytes: Uint8Array, at: number): Block | undefined {
  if (at + 6 > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint16(at, true);
  const end = at + length;
  if (length < 8 || end > bytes.length) return undefined;
  const isText = view.getUint16(at + 4, true) === 1;
  let keyEnd = at + 6;
  while (keyEnd + 2 <= end && view.getUint16(keyEnd, true) !== 0) keyEnd += 2;
  const valueStart = Math.min(end, roundUp(keyEnd + 2));
  // The length of a text is in characters.
  const valueEnd = Math.min(end, valueStart + view.getUint16(at + 2, true) * (isText ? 2 : 1));
  return {
    key: decoder.decode(bytes.subarray(at + 6, keyEnd)),
    value: bytes.subarray(valueStart, valueEnd),
    children: bytes.subarray(Math.min(end, roundUp(valueEnd)), end),
    length,
  };
}

function readBlocks(bytes: Uint8Array): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = 0; blocks.length < MAX_BLOCKS;) {
    const block = readBlock(bytes, at);
    if (block === undefined) break;
    blocks.push(block);
    at += roundUp(block.length);
  }
  return blocks;
}

function roundUp(offset: number): number {
  return Math.ceil(offset / 4) * 4;
}
