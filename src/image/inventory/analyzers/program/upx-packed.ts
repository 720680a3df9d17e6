import type { ProgramAnalyzer, ProgramFile } from '../../program-analyzer.ts';

/**
 * Programs that UPX packed: nothing that was built into them can be seen, which is said, for a report that is silent on them would be read as clean.
 *
 * @see https://github.com/upx/upx/blob/devel/src/stub/src/include/header.S
 */
export const analyzer: ProgramAnalyzer = {
  id: 'upx-packed',
  version: 1,
  scope: 'file',
  open: (file) =>
    isPacked(file)
      ? {
          read: () => false,
          finish: () => ({
            value: {},
            problems: [{ message: MESSAGE, isWholeFile: true }],
          }),
        }
      : undefined,
};

const MARK = 'UPX!';
const MESSAGE = 'UPX packed it: what is built into it cannot be seen. Unpack it with `upx -d` before it is copied into the image.';

/** The mark stands behind the program headers (of ELF, after a checksum; of Mach-O, after the load commands), in PE files behind the sections, whose names UPX gives too. */
function isPacked({ format, head }: ProgramFile): boolean {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const at = bytes.indexOf(MARK, 0, 'latin1');
  if (at < 0) return false;
  if (format === 'pe') return bytes.includes('UPX0\0\0\0\0', 0, 'latin1') || bytes.includes('UPX1\0\0\0\0', 0, 'latin1');
  // After it come the sizes of the loader and its format: a program that only names the mark has text there.
  const packedFormat = bytes[at + 7] ?? 0;
  return at % 4 === 0 && packedFormat > 0 && packedFormat < 64 && (bytes[at + 6] ?? 0) < 64;
}
