import { parseNixStoreName } from '../../../../foundation/formats/nix-store.ts';
import type { Analyzer } from '../../analyzer.ts';

const FOLDER = 'nix/store/';

/** The packages in the store of Nix, by the names of their folders in nix/store: images that Nix builds have no database of them. */
export const analyzer: Analyzer = {
  id: 'nix-store',
  version: 1,
  scope: 'file',
  names: [],
  wants: () => false,
  analyze: () => ({ value: {}, problems: [] }),
  fromFolder: (path) => {
    if (!path.startsWith(FOLDER) || path.includes('/', FOLDER.length)) return undefined;
    const record = parseNixStoreName(path.slice(FOLDER.length));
    return record === undefined ? undefined : { type: 'nix', ...record };
  },
};
