/**
 * The head of a Mach-O file (programs of macOS): how numbers are stored, and its segments.
 * @see https://github.com/apple-oss-distributions/xnu/blob/main/EXTERNAL_HEADERS/mach-o/loader.h
 */

export interface MachOSegment {
  readonly address: number;
  readonly offset: number;
  readonly fileBytes: number;
  readonly isWritable: boolean;
}

export interface MachOLayout {
  readonly littleEndian: boolean;
  readonly wordBytes: 4 | 8;
  readonly segments: readonly MachOSegment[];
}

const LC_SEGMENT = 1;
const LC_SEGMENT_64 = 0x19;
const VM_PROT_WRITE = 2;

/** Returns what the first bytes of a Mach-O file of one architecture say; undefined when they are none, or of a file of several. */
export function parseMachOLayout(head: Uint8Array): MachOLayout | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 32) return undefined;
  const littleEndian = (view.getUint32(0, true) & 0xfffffffe) >>> 0 === 0xfeedface;
  const magic = view.getUint32(0, littleEndian);
  if ((magic & 0xfffffffe) >>> 0 !== 0xfeedface) return undefined;
  const wordBytes = magic === 0xfeedfacf ? 8 : 4;
  const readWord = (at: number): number => (wordBytes === 8 ? Number(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian));
  const count = view.getUint32(16, littleEndian);
  const segments: MachOSegment[] = [];
  for (let i = 0, at = wordBytes === 8 ? 32 : 28; i < count && at + 8 <= head.length; i++) {
    const command = view.getUint32(at, littleEndian);
    const commandBytes = view.getUint32(at + 4, littleEndian);
    if (commandBytes < 8) break;
    if (command === (wordBytes === 8 ? LC_SEGMENT_64 : LC_SEGMENT) && at + 32 + 4 * wordBytes <= head.length)
      segments.push({
        address: readWord(at + 24),
        offset: readWord(at + 24 + 2 * wordBytes),
        fileBytes: readWord(at + 24 + 3 * wordBytes),
        isWritable: (view.getUint32(at + 28 + 4 * wordBytes, littleEndian) & VM_PROT_WRITE) !== 0,
      });
    at += commandBytes;
  }
  return { littleEndian, wordBytes, segments };
}
