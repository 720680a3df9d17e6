import type { Parsed } from '../../../../foundation/base/result.ts';
import type { ProblemList } from '../../../../foundation/formats/problem-list.ts';
import { hasCommittedChanges, openSqlite } from '../../../../foundation/formats/sqlite-pages.ts';
import { readSqliteTable } from '../../../../foundation/formats/sqlite-table.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { analyzeRpmDatabase, isInRpmFolder } from '../../rpm-database.ts';

const NAME = 'rpmdb.sqlite';
const LOG = '-wal';
const LOG_NAME = NAME + LOG;

/** rpm's database of installed packages as SQLite: rpmdb.sqlite with its write-ahead log, of RHEL 9 and later and its kin, Fedora, Amazon Linux 2023, Azure Linux, Photon. */
export const analyzer: Analyzer = {
  id: 'rpm-sqlite',
  version: 2,
  scope: 'database',
  companion: LOG,
  names: [NAME, LOG_NAME],
  wants: (path) => isInRpmFolder(path, NAME) || isInRpmFolder(path, LOG_NAME),
  analyze: (file) =>
    file.path.endsWith(LOG) ? analyzeLoneLog(file) : analyzeRpmDatabase((problems) => readHeaders(file.bytes, file.companion, problems)),
};

/** A log without its database in the same layer changes one in a layer below. */
function analyzeLoneLog({ bytes }: AnalyzedFile): Parsed<AnalyzedRecords> {
  if (!hasCommittedChanges(bytes)) return { value: {}, problems: [] };
  const message = 'it holds changes to the package database of another layer, which are not read: packages may be missing or have other versions';
  return { value: {}, problems: [{ message }] };
}

/** The table has two columns: a number, and the header of a package. */
function* readHeaders(bytes: Uint8Array, log: Uint8Array | undefined, problems: ProblemList): Generator<Uint8Array, void, undefined> {
  const database = openSqlite(bytes, log, problems);
  if (database === undefined) return;
  for (const [, header] of readSqliteTable(database, 'Packages', problems)) {
    if (header instanceof Uint8Array) yield header;
    else problems.add({ message: 'a row of the table Packages holds no package header' });
  }
}
