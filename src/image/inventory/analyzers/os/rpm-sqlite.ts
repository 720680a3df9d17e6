import type { ProblemList } from '../../../../foundation/formats/problem-list.ts';
import { openSqlite } from '../../../../foundation/formats/sqlite-pages.ts';
import { readSqliteTable } from '../../../../foundation/formats/sqlite-table.ts';
import type { Analyzer } from '../../analyzer.ts';
import { analyzeRpmDatabase, isInRpmFolder } from '../../rpm-database.ts';

/** rpm's database of installed packages as SQLite: rpmdb.sqlite, of RHEL 9 and later and its kin, Fedora, Amazon Linux 2023, Azure Linux, Photon. */
export const analyzer: Analyzer = {
  id: 'rpm-sqlite',
  version: 1,
  scope: 'database',
  wants: (path) => isInRpmFolder(path, 'rpmdb.sqlite'),
  analyze: ({ bytes }) => analyzeRpmDatabase((problems) => readHeaders(bytes, undefined, problems)),
};

/** The table has two columns: a number, and the header of a package. */
function* readHeaders(bytes: Uint8Array, log: Uint8Array | undefined, problems: ProblemList): Generator<Uint8Array, void, undefined> {
  const database = openSqlite(bytes, log, problems);
  if (database === undefined) return;
  for (const [, header] of readSqliteTable(database, 'Packages', problems)) {
    if (header instanceof Uint8Array) yield header;
    else problems.add({ message: 'a row of the table Packages holds no package header' });
  }
}
