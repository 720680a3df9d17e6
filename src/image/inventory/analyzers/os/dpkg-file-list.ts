import { linesOf } from '../../../../foundation/formats/lines.ts';
import type { ImagePath } from '../../../../foundation/model/brand.ts';
import { toImagePath } from '../../../../foundation/model/brand.ts';
import type { Analyzer } from '../../analyzer.ts';

const FOLDER = 'var/lib/dpkg/info/';
const SUFFIX = '.list';
const decoder = new TextDecoder('utf-8');

/** dpkg's lists of the files of each package, one absolute path a line. */
export const analyzer: Analyzer = {
  id: 'dpkg-file-list',
  version: 1,
  scope: 'file',
  wants: (path) => path.startsWith(FOLDER) && path.endsWith(SUFFIX) && !path.includes('/', FOLDER.length),
  analyze: (file) => ({ value: { ownedPaths: listPaths(decoder.decode(file.bytes)) }, problems: [] }),
};

function* listPaths(text: string): Generator<ImagePath, void, undefined> {
  for (const line of linesOf(text)) {
    const path = toImagePath(line);
    if (path !== undefined) yield path;
  }
}
