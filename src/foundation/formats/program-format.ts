/** The file formats of programs and shared libraries. */
export type ProgramFormat = 'elf' | 'pe' | 'mach-o';

/** Magic numbers of Mach-O: 32 and 64 bits in both byte orders, and of a file that holds several. */
const MACH_O: ReadonlySet<number> = new Set([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe]);
/** Java class files begin like a Mach-O file of several architectures; what follows is their version there, the count of architectures here. */
const MAX_ARCHITECTURES = 20;

/** Returns which format a file that begins with `head` has, told by its first bytes; undefined when it is no program. A script is none. */
export function detectProgram(head: Uint8Array): ProgramFormat | undefined {
  if (head.length < 8) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = head;
  if (a === 0x7f && b === 0x45 && c === 0x4c && d === 0x46) return 'elf';
  if (a === 0x4d && b === 0x5a) return 'pe';
  const magic = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  if (!MACH_O.has(magic)) return undefined;
  const count = ((head[4] ?? 0) << 24) | ((head[5] ?? 0) << 16) | ((head[6] ?? 0) << 8) | (head[7] ?? 0);
  return magic === 0xcafebabe && (count < 1 || count > MAX_ARCHITECTURES) ? undefined : 'mach-o';
}
