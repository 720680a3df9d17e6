import { zstdDecompressSync } from 'node:zlib';
import { MAX_ANALYZED_FILE_BYTES } from '../../../../foundation/base/limits.ts';
import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson, toText } from '../../../../foundation/formats/json.ts';
import { ProblemList } from '../../../../foundation/formats/problem-list.ts';
import type { ImagePath } from '../../../../foundation/model/brand.ts';
import { toImagePath } from '../../../../foundation/model/brand.ts';
import type { AnalyzedFile, AnalyzedPackage, AnalyzedRecords, Analyzer } from '../../analyzer.ts';

/** The packages that chiselled Ubuntu images have slices of, which have no dpkg: var/lib/chisel/manifest.wall, lines of JSON compressed with zstd. */
export const analyzer: Analyzer = {
  id: 'chisel-manifest',
  version: 1,
  scope: 'database',
  names: ['manifest.wall'],
  wants: (path) => path === 'var/lib/chisel/manifest.wall',
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const text = decompress(file.bytes);
  if (text === undefined) return { value: {}, problems: [{ message: 'the manifest of a chiselled image cannot be decompressed' }] };
  const problems = new ProblemList();
  const packages: AnalyzedPackage[] = [];
  let expected: unknown;
  let number = 0;
  for (const line of linesOf(text)) {
    number++;
    const { value } = parseJson(line);
    if (!isJsonObject(value)) {
      problems.add({ message: 'a line is no JSON object', line: number });
      continue;
    }
    // The first line says how many there are.
    if (number === 1) expected = value.count;
    if (value.kind !== 'package') continue;
    const record = toPackage(value);
    if (record === undefined) problems.add({ message: 'a package has no name or no version', line: number });
    else packages.push(record);
  }
  if (expected !== number) problems.add({ message: `it has ${number} lines, which is not how many it says` });
  return { value: { packages, ownedPaths: listPaths(text) }, problems: problems.list() };
}

function* listPaths(text: Uint8Array): Generator<ImagePath, void, undefined> {
  for (const line of linesOf(text)) {
    const { value } = parseJson(line);
    const path = isJsonObject(value) && value.kind === 'path' ? toImagePath(toText(value.path) ?? '') : undefined;
    if (path !== undefined) yield path;
  }
}

function toPackage({ name, version, arch }: Readonly<Record<string, unknown>>): AnalyzedPackage | undefined {
  if (typeof name !== 'string' || typeof version !== 'string' || name === '' || version === '') return undefined;
  return { type: 'deb', name, version, ...(typeof arch === 'string' && { architecture: arch }) };
}

function decompress(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: MAX_ANALYZED_FILE_BYTES });
  } catch {
    return undefined;
  }
}

function* linesOf(text: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf(0x0a, start);
    const end = newline < 0 ? text.length : newline;
    yield text.subarray(start, end);
    start = end + 1;
  }
}
