import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipMember {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** Not compressed, as nested archives mostly are. */
  readonly isStored?: boolean;
  /** Sizes after the bytes and not before them, as Java's own tool writes them. */
  readonly isStreamed?: boolean;
  /** Sizes in the fields for 64 bits. */
  readonly isLarge?: boolean;
  readonly isEncrypted?: boolean;
}

export interface ZipForm {
  /** Bytes before the archive, which its offsets do not count. */
  readonly prefix?: Uint8Array;
  readonly comment?: string;
  /** Number of entries that the end record claims. */
  readonly claimedEntries?: number;
  /** Writes the larger end record too. */
  readonly isLarge?: boolean;
  readonly withoutDirectory?: boolean;
}

/** Returns a zip archive of `members`, in order. */
export function buildZip(members: readonly ZipMember[], form: ZipForm = {}): Uint8Array {
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  let offset = 0;
  for (const member of members) {
    const local = buildLocal(member);
    locals.push(local.bytes);
    centrals.push(buildCentral(member, local, offset));
    offset += local.bytes.length;
  }
  const directory = Buffer.concat(centrals);
  const count = form.claimedEntries ?? members.length;
  const end = form.withoutDirectory === true ? [] : [directory, ...buildEnd(count, directory.length, offset, form)];
  return new Uint8Array(Buffer.concat([form.prefix ?? new Uint8Array(0), ...locals, ...end]));
}

interface Local {
  readonly bytes: Uint8Array;
  readonly packedBytes: number;
  readonly plainBytes: number;
  readonly crc: number;
}

const UNKNOWN = 0xffffffff;

function buildLocal(member: ZipMember): Local {
  const plain = Buffer.from(member.content ?? '');
  const packed = member.isStored === true ? plain : deflateRawSync(plain);
  const crc = crc32(plain);
  const sizes = member.isStreamed === true ? [0, 0, 0] : member.isLarge === true ? [crc, UNKNOWN, UNKNOWN] : [crc, packed.length, plain.length];
  const name = Buffer.from(member.name);
  const extra = member.isLarge === true && member.isStreamed !== true ? buildExtra([plain.length, packed.length]) : Buffer.alloc(0);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flagsOf(member), 6);
  header.writeUInt16LE(member.isStored === true ? 0 : 8, 8);
  sizes.forEach((size, index) => header.writeUInt32LE(size, 14 + 4 * index));
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  const after = member.isStreamed === true ? [buildDescriptor(crc, packed.length, plain.length, member.isLarge === true)] : [];
  return { bytes: Buffer.concat([header, name, extra, packed, ...after]), packedBytes: packed.length, plainBytes: plain.length, crc };
}

function flagsOf(member: ZipMember): number {
  return (member.isStreamed === true ? 8 : 0) | (member.isEncrypted === true ? 1 : 0) | 0x800;
}

function buildDescriptor(crc: number, packedBytes: number, plainBytes: number, isLarge: boolean): Buffer {
  const record = Buffer.alloc(isLarge ? 24 : 16);
  record.writeUInt32LE(0x08074b50, 0);
  record.writeUInt32LE(crc, 4);
  if (isLarge) {
    record.writeBigUInt64LE(BigInt(packedBytes), 8);
    record.writeBigUInt64LE(BigInt(plainBytes), 16);
  } else {
    record.writeUInt32LE(packedBytes, 8);
    record.writeUInt32LE(plainBytes, 12);
  }
  return record;
}

function buildExtra(numbers: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * numbers.length);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8 * numbers.length, 2);
  numbers.forEach((value, index) => extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index));
  return extra;
}

function buildCentral(member: ZipMember, local: Local, offset: number): Buffer {
  const name = Buffer.from(member.name);
  const isLarge = member.isLarge === true;
  const extra = isLarge ? buildExtra([local.plainBytes, local.packedBytes, offset]) : Buffer.alloc(0);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(flagsOf(member), 8);
  header.writeUInt16LE(member.isStored === true ? 0 : 8, 10);
  header.writeUInt32LE(local.crc, 16);
  header.writeUInt32LE(isLarge ? UNKNOWN : local.packedBytes, 20);
  header.writeUInt32LE(isLarge ? UNKNOWN : local.plainBytes, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(isLarge ? UNKNOWN : offset, 42);
  return Buffer.concat([header, name, extra]);
}

function buildEnd(count: number, sizeBytes: number, offset: number, form: ZipForm): readonly Buffer[] {
  const comment = Buffer.from(form.comment ?? '');
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(form.isLarge === true ? UNKNOWN : sizeBytes, 12);
  end.writeUInt32LE(form.isLarge === true ? UNKNOWN : offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return form.isLarge === true ? [...buildLargeEnd(count, sizeBytes, offset), end, comment] : [end, comment];
}

function buildLargeEnd(count: number, sizeBytes: number, offset: number): readonly Buffer[] {
  const end = Buffer.alloc(56);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(sizeBytes), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + sizeBytes), 8);
  locator.writeUInt32LE(1, 16);
  return [end, locator];
}
