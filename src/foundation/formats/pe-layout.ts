/**
 * The head of a PE file (programs and libraries of Windows, and .NET assemblies everywhere): its sections and where some tables lie.
 * @see https://learn.microsoft.com/windows/win32/debug/pe-format
 */

export interface PeSection {
  readonly name: string;
  /** Relative to where the file is loaded. */
  readonly address: number;
  readonly offset: number;
  readonly fileBytes: number;
  readonly isWritable: boolean;
}

export interface PeLayout {
  readonly wordBytes: 4 | 8;
  /** Where it wants to be loaded. */
  readonly base: number;
  readonly sections: readonly PeSection[];
  /** Where the resources lie in the file. */
  readonly resources?: { readonly offset: number; readonly sizeBytes: number; readonly address: number };
  /** True for a .NET assembly. */
  readonly isManaged: boolean;
}

const MAX_SECTIONS = 96;
const RESOURCES = 2;
const MANAGED = 14;
/** The highest bit of a section's characteristics. */
const WRITABLE = 0x80000000;

/** Returns what the first bytes of a PE file say; undefined when they are too few or are none. */
export function parsePeLayout(head: Uint8Array): PeLayout | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 64 || view.getUint16(0) !== 0x4d5a) return undefined;
  const start = view.getUint32(60, true);
  if (start + 24 + 96 > head.length || view.getUint32(start) !== 0x50450000) return undefined;
  const optional = start + 24;
  const is64 = view.getUint16(optional, true) === 0x20b;
  const table = optional + view.getUint16(start + 20, true);
  const count = Math.min(view.getUint16(start + 6, true), MAX_SECTIONS);
  const sections: PeSection[] = [];
  for (let i = 0, at = table; i < count && at + 40 <= head.length; i++, at += 40) {
    sections.push({
      name: String.fromCharCode(...head.subarray(at, at + 8)).replace(/\0+$/, ''),
      address: view.getUint32(at + 12, true),
      fileBytes: view.getUint32(at + 16, true),
      offset: view.getUint32(at + 20, true),
      isWritable: view.getUint32(at + 36, true) >= WRITABLE,
    });
  }
  const directories = optional + (is64 ? 112 : 96);
  const readDirectory = (index: number): { address: number; sizeBytes: number } => {
    const at = directories + 8 * index;
    if (at + 8 > Math.min(table, head.length)) return { address: 0, sizeBytes: 0 };
    return { address: view.getUint32(at, true), sizeBytes: view.getUint32(at + 4, true) };
  };
  const { address, sizeBytes } = readDirectory(RESOURCES);
  const offset = address === 0 ? undefined : toFileOffset(sections, address);
  return {
    wordBytes: is64 ? 8 : 4,
    base: is64 ? Number(view.getBigUint64(optional + 24, true)) : view.getUint32(optional + 28, true),
    sections,
    isManaged: readDirectory(MANAGED).address !== 0,
    ...(offset !== undefined && { resources: { offset, sizeBytes, address } }),
  };
}

function toFileOffset(sections: readonly PeSection[], address: number): number | undefined {
  const section = sections.find((other) => address >= other.address && address < other.address + other.fileBytes);
  return section === undefined ? undefined : section.offset + address - section.address;
}
