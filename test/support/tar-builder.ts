/** Makes tar archives byte by byte, good and bad ones: tests must be able to write what no tool would. */

export interface TarFile {
  readonly path: string;
  readonly type?: 'file' | 'directory' | 'symlink' | 'hardlink' | 'character-device' | 'block-device' | 'fifo';
  readonly content?: string | Uint8Array;
  readonly linkTarget?: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** How a name that does not fit a plain header is written; default pax. */
  readonly longNames?: 'pax' | 'gnu';
  /** Written into the header instead of the content's length. */
  readonly claimedSize?: number;
  /** Further records of a pax header before the entry. */
  readonly pax?: Readonly<Record<string, string>>;
  /** Type flag to write, whatever `type` says. */
  readonly flag?: string;
}

const BLOCK = 512;
const flags = { file: '0', directory: '5', symlink: '2', hardlink: '1', 'character-device': '3', 'block-device': '4', fifo: '6' } as const;
const encoder = new TextEncoder();

/** Returns a tar of `files`, in order. `end: false` leaves out the two blocks of zeros at the end. */
export function buildTar(files: readonly TarFile[], options: { readonly end?: boolean } = {}): Uint8Array {
  const blocks = files.flatMap(entryBlocks);
  if (options.end !== false) blocks.push(new Uint8Array(2 * BLOCK));
  return Buffer.concat(blocks);
}

/** Returns one header block; its checksum is right. */
export function tarHeader(fields: {
  name: string;
  flag: string;
  size?: number;
  mode?: number;
  uid?: number;
  gid?: number;
  linkName?: string;
  magic?: string;
}): Uint8Array {
  const header = new Uint8Array(BLOCK);
  const put = (text: string | Uint8Array, offset: number, length: number): void => {
    header.set((typeof text === 'string' ? encoder.encode(text) : text).subarray(0, length), offset);
  };
  put(fields.name, 0, 100);
  put(octal(fields.mode ?? 0o644, 7), 100, 8);
  put(number(fields.uid ?? 0, 8), 108, 8);
  put(number(fields.gid ?? 0, 8), 116, 8);
  put(number(fields.size ?? 0, 12), 124, 12);
  put(octal(0, 11), 136, 12);
  put(fields.flag, 156, 1);
  put(fields.linkName ?? '', 157, 100);
  put(fields.magic ?? 'ustar\u000000', 257, 8);
  return withChecksum(header);
}

/** Returns the block with the checksum it should have: after a test changed something in it. */
export function withChecksum(header: Uint8Array): Uint8Array {
  const block = new Uint8Array(header);
  block.fill(0x20, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.set(encoder.encode(`${octal(sum, 6)}\0 `), 148);
  return block;
}

/** Returns a pax header entry with these records. */
export function paxBlocks(records: Readonly<Record<string, string>>, flag = 'x'): Uint8Array[] {
  const body = Buffer.concat(Object.entries(records).map(([key, value]) => paxRecord(key, value)));
  return [tarHeader({ name: 'PaxHeaders/x', flag, size: body.length }), ...padded(body)];
}

/** Returns content with what fills its last block. */
export function padded(content: Uint8Array): Uint8Array[] {
  return [content, new Uint8Array((BLOCK - (content.length % BLOCK)) % BLOCK)];
}

function entryBlocks(file: TarFile): Uint8Array[] {
  const type = file.type ?? 'file';
  const content = typeof file.content === 'string' ? encoder.encode(file.content) : (file.content ?? new Uint8Array(0));
  const linkName = file.linkTarget ?? '';
  const header = tarHeader({
    name: file.path,
    linkName,
    flag: file.flag ?? flags[type],
    size: file.claimedSize ?? content.length,
    mode: file.mode ?? (type === 'directory' ? 0o755 : 0o644),
    uid: file.uid ?? 0,
    gid: file.gid ?? 0,
    ...(file.longNames === 'gnu' && { magic: 'ustar  \u0000' }),
  });
  return [...longNameBlocks(file, linkName), header, ...(content.length === 0 ? [] : padded(content))];
}

function longNameBlocks(file: TarFile, linkName: string): Uint8Array[] {
  const isLong = (text: string): boolean => encoder.encode(text).length > 100;
  if (file.longNames === 'gnu') {
    return [...(isLong(file.path) ? gnuBlocks('L', file.path) : []), ...(isLong(linkName) ? gnuBlocks('K', linkName) : [])];
  }
  const records = { ...file.pax, ...(isLong(file.path) && { path: file.path }), ...(isLong(linkName) && { linkpath: linkName }) };
  return Object.keys(records).length === 0 ? [] : paxBlocks(records);
}

function gnuBlocks(flag: 'L' | 'K', text: string): Uint8Array[] {
  const body = encoder.encode(`${text}\0`);
  return [tarHeader({ name: '././@LongLink', flag, size: body.length, magic: 'ustar  \u0000' }), ...padded(body)];
}

/** The length counts its own digits. */
function paxRecord(key: string, value: string): Uint8Array {
  const rest = encoder.encode(` ${key}=${value}\n`);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([encoder.encode(String(length)), rest]);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

/** Octal where it fits, else base 256. */
function number(value: number, length: number): Uint8Array {
  if (value < 8 ** (length - 1)) return encoder.encode(octal(value, length - 1));
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let i = length - 1; i > 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[0] = 0x80;
  return bytes;
}
