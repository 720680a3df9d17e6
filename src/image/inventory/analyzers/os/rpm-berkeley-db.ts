import { readBerkeleyDbHash } from '../../../../foundation/formats/berkeley-db-hash.ts';
import type { ProblemList } from '../../../../foundation/formats/problem-list.ts';
import type { Analyzer } from '../../analyzer.ts';
import { analyzeRpmDatabase, isInRpmFolder } from '../../rpm-database.ts';

/** rpm's database of installed packages as a Berkeley DB hash table: Packages, of rpm before 4.17 (RHEL 5 to 8, Amazon Linux 2, SLES 12 and older). */
export const analyzer: Analyzer = {
  id: 'rpm-berkeley-db',
  version: 2,
  scope: 'database',
  names: ['Packages'],
  wants: (path) => isInRpmFolder(path, 'Packages'),
  analyze: ({ bytes }) => analyzeRpmDatabase((problems) => readHeaders(bytes, problems)),
};

function* readHeaders(bytes: Uint8Array, problems: ProblemList): Generator<Uint8Array, void, undefined> {
  for (const { key, value } of readBerkeleyDbHash(bytes, problems)) {
    // Under the number 0 rpm keeps the highest number that it has given, not a package.
    if (key.some((byte) => byte !== 0)) yield value;
  }
}
