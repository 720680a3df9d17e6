/**
 * The head of an ELF file: how numbers are stored, and its segments.
 * @see https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.pheader.html
 */

export interface ElfSegment {
  readonly kind: 'load' | 'note' | 'other';
  /** Where it begins in the file and in memory. Numbers above 2^53 lose their last bits, which no real file has. */
  readonly offset: number;
  readonly address: number;
  readonly fileBytes: number;
  readonly isWritable: boolean;
}

export interface ElfLayout {
  readonly littleEndian: boolean;
  readonly wordBytes: 4 | 8;
  /** Those whose headers lie in the bytes given. */
  readonly segments: readonly ElfSegment[];
}

const PT_LOAD = 1;
const PT_NOTE = 4;
const PF_W = 2;

/** Returns what the first bytes of an ELF file say; undefined when they are too few or say nonsense. */
export function parseElfLayout(head: Uint8Array): ElfLayout | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 64 || view.getUint32(0) !== 0x7f454c46) return undefined;
  const wordBytes = head[4] === 2 ? 8 : 4;
  const littleEndian = head[5] !== 2;
  const readWord = (at: number): number => (wordBytes === 8 ? Number(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian));
  const start = readWord(wordBytes === 8 ? 32 : 28);
  const entryBytes = view.getUint16(wordBytes === 8 ? 54 : 42, littleEndian);
  const count = view.getUint16(wordBytes === 8 ? 56 : 44, littleEndian);
  const segments: ElfSegment[] = [];
  if (entryBytes < (wordBytes === 8 ? 56 : 32)) return { littleEndian, wordBytes, segments };
  for (let i = 0, at = start; i < count && at + entryBytes <= head.length; i++, at += entryBytes) {
    const type = view.getUint32(at, littleEndian);
    segments.push({
      kind: type === PT_LOAD ? 'load' : type === PT_NOTE ? 'note' : 'other',
      offset: readWord(at + (wordBytes === 8 ? 8 : 4)),
      address: readWord(at + (wordBytes === 8 ? 16 : 8)),
      fileBytes: readWord(at + (wordBytes === 8 ? 32 : 16)),
      isWritable: (view.getUint32(at + (wordBytes === 8 ? 4 : 24), littleEndian) & PF_W) !== 0,
    });
  }
  return { littleEndian, wordBytes, segments };
}

/** One note of a PT_NOTE segment. */
export interface ElfNote {
  readonly owner: string;
  readonly type: number;
  readonly content: Uint8Array;
}

/** Returns the notes in the bytes of a segment or section of notes, up to the first that is cut off. */
export function parseElfNotes(bytes: Uint8Array, littleEndian: boolean): readonly ElfNote[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const notes: ElfNote[] = [];
  for (let at = 0; at + 12 <= bytes.length;) {
    const nameBytes = view.getUint32(at, littleEndian);
    const contentBytes = view.getUint32(at + 4, littleEndian);
    const contentStart = at + 12 + roundUp(nameBytes);
    if (contentStart + contentBytes > bytes.length) break;
    const owner = String.fromCharCode(...bytes.subarray(at + 12, at + 12 + Math.min(nameBytes, 64))).replace(/\0+$/, '');
    notes.push({ owner, type: view.getUint32(at + 8, littleEndian), content: bytes.subarray(contentStart, contentStart + contentBytes) });
    at = contentStart + roundUp(contentBytes);
  }
  return notes;
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}
