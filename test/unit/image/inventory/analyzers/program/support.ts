import type { Parsed } from '../../../../../../src/foundation/base/result.ts';
import { detectProgram } from '../../../../../../src/foundation/formats/program-format.ts';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import type { AnalyzedPackage, AnalyzedRecords } from '../../../../../../src/image/inventory/analyzer.ts';
import type { ProgramAnalyzer } from '../../../../../../src/image/inventory/program-analyzer.ts';
import { PROGRAM_HEAD_BYTES } from '../../../../../../src/image/inventory/program-analyzer.ts';

/** Returns what `analyzer` says of a program at `path` whose bytes come in pieces of the given sizes, in turn. */
export function readProgram(
  analyzer: ProgramAnalyzer,
  path: string,
  bytes: Uint8Array,
  pieceBytes: readonly number[] = [65_536],
): Parsed<AnalyzedRecords> {
  const head = bytes.subarray(0, PROGRAM_HEAD_BYTES);
  const format = detectProgram(head);
  if (format === undefined) throw new Error('the test gives no program');
  const reader = analyzer.open({ path: path as ImagePath, sizeBytes: bytes.length, format, head });
  if (reader === undefined) return { value: {}, problems: [] };
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = pieceBytes[i % pieceBytes.length] ?? 65_536;
    // A copy that is spoilt afterwards: pieces are valid during the call only.
    const piece = Uint8Array.from(bytes.subarray(at, at + size));
    const wantsMore = reader.read(piece);
    piece.fill(0xaa);
    if (!wantsMore) break;
    at += size;
  }
  return reader.finish();
}

/** Returns `type name version` of each package. */
export function summarize(packages: readonly AnalyzedPackage[] | undefined): readonly string[] {
  return (packages ?? []).map(({ type, name, version }) => `${type} ${name} ${version}`);
}

/** Returns the first bytes of a 64-bit ELF file without segments. */
export function elfHead(): Buffer {
  const head = Buffer.alloc(64);
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  head.writeUInt16LE(3, 16);
  head.writeUInt16LE(62, 18);
  head.writeUInt16LE(56, 54);
  return head;
}

/** Returns a 64-bit ELF file whose bytes after the head are `content`, from byte 4096 on. */
export function elfFile(content: Uint8Array): Buffer {
  return Buffer.concat([elfHead(), Buffer.alloc(4032), content]);
}
