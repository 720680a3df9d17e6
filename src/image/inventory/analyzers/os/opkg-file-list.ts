import { linesOf } from '../../../../foundation/formats/lines.ts';
import type { ImagePath } from '../../../../foundation/model/brand.ts';
import { toImagePath } from '../../../../foundation/model/brand.ts';
import type { Analyzer } from '../../analyzer.ts';

const FOLDERS: readonly string[] = ['usr/lib/opkg/info/', 'var/lib/opkg/info/'];
const SUFFIX = '.list';
const decoder = new TextDecoder('utf-8');

/** opkg's lists of the files of each package: info/*.list, an absolute path a line, which a tab and its mode may follow. */
export const analyzer: Analyzer = {
  id: 'opkg-file-list',
  version: 1,
  scope: 'file',
  names: ['*.list'],
  wants: (path) => path.endsWith(SUFFIX) && FOLDERS.some((folder) => path.startsWith(folder)),
  analyze: (file) => ({ value: { ownedPaths: listPaths(decoder.decode(file.bytes)) }, problems: [] }),
};

function* listPaths(text: string): Generator<ImagePath, void, undefined> {
  for (const line of linesOf(text)) {
    const tab = line.indexOf('\t');
    const path = toImagePath(tab < 0 ? line : line.slice(0, tab));
    if (path !== undefined) yield path;
  }
}
