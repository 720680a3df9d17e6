import { readNdb } from '../../../../foundation/formats/ndb.ts';
import type { Analyzer } from '../../analyzer.ts';
import { analyzeRpmDatabase, isInRpmFolder } from '../../rpm-database.ts';

/** rpm's database of installed packages in its own format NDB: Packages.db, of SLES 15, SLE Micro, openSUSE. */
export const analyzer: Analyzer = {
  id: 'rpm-ndb',
  version: 2,
  scope: 'database',
  names: ['Packages.db'],
  wants: (path) => isInRpmFolder(path, 'Packages.db'),
  analyze: ({ bytes }) => analyzeRpmDatabase((problems) => readNdb(bytes, problems)),
};
