import type { Parsed } from '../../../../foundation/base/result.ts';
import { linesOf } from '../../../../foundation/formats/lines.ts';
import type { ImagePath } from '../../../../foundation/model/brand.ts';
import { toImagePath } from '../../../../foundation/model/brand.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isForeignPath } from '../../third-party.ts';

const FOLDER = 'var/lib/dpkg/info/';
const SUFFIX = '.list';
const decoder = new TextDecoder('utf-8');

/** dpkg's lists of the files of each package, one absolute path a line. A package that puts files where Debian's own may not is a vendor's. */
export const analyzer: Analyzer = {
  id: 'dpkg-file-list',
  version: 2,
  scope: 'file',
  names: ['*.list'],
  wants: (path) => path.startsWith(FOLDER) && path.endsWith(SUFFIX) && !path.includes('/', FOLDER.length),
  analyze,
};

function analyze({ path, bytes }: AnalyzedFile): Parsed<AnalyzedRecords> {
  const text = decoder.decode(bytes);
  if (!hasForeignPath(text)) return { value: { ownedPaths: listPaths(text) }, problems: [] };
  // Of several architectures of one package: `libc6:i386.list`.
  const [name = ''] = path.slice(FOLDER.length, -SUFFIX.length).split(':');
  return { value: { vendorPaths: [...listPaths(text)].map((owned) => [owned, name] as const) }, problems: [] };
}

function hasForeignPath(text: string): boolean {
  for (const line of linesOf(text)) if (isForeignPath(line)) return true;
  return false;
}

function* listPaths(text: string): Generator<ImagePath, void, undefined> {
  for (const line of linesOf(text)) {
    const path = toImagePath(line);
    if (path !== undefined) yield path;
  }
}
