import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test from 'node:test';
import fc from 'fast-check';
import { ProblemList } from '../../../../src/foundation/formats/problem-list.ts';
import { hasCommittedChanges, openSqlite } from '../../../../src/foundation/formats/sqlite-pages.ts';
import { readSqliteTable, type SqliteValue } from '../../../../src/foundation/formats/sqlite-table.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

/** The databases are written by SQLite itself. */

interface Read {
  readonly rows: (readonly SqliteValue[])[];
  readonly problems: readonly string[];
}

function read(bytes: Uint8Array, log?: Uint8Array, table = 't'): Read {
  const problems = new ProblemList();
  const database = openSqlite(bytes, log, problems);
  const rows = database === undefined ? [] : [...readSqliteTable(database, table, problems)];
  return {
    rows: rows.map((row) => row.map((value) => (value instanceof Uint8Array ? Uint8Array.from(value) : value))),
    problems: problems.list().map(({ message }) => message),
  };
}

function write(file: string, ...statements: string[]): Uint8Array {
  const database = new DatabaseSync(file);
  for (const statement of statements) database.exec(statement);
  database.close();
  return readFileSync(file);
}

/** A thousand rows of up to 20,000 bytes: a tree of several storeys, and chains of overflow pages. */
const MANY =
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO t SELECT i, zeroblob(i * i % 20000), 'x' || i FROM n";
const CREATE = 'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, b BLOB, s TEXT)';

test('every row, in pages of every size and text of every encoding', (t) => {
  const directory = temporaryDirectory(t);
  for (const pageBytes of [512, 4096, 65_536]) {
    for (const encoding of ['UTF-8', 'UTF-16le', 'UTF-16be']) {
      const file = path.join(directory, `${pageBytes}-${encoding}.db`);
      const bytes = write(file, `PRAGMA page_size = ${pageBytes}; PRAGMA encoding = '${encoding}'`, CREATE, 'CREATE INDEX i ON t (s)', MANY);
      const { rows, problems } = read(bytes);
      assert.deepEqual(problems, []);
      assert.equal(rows.length, 1000);
      rows.forEach((row, index) => {
        const id = index + 1;
        assert.deepEqual([row[0], (row[1] as Uint8Array).length, row[2]], [null, (id * id) % 20_000, `x${id}`]);
      });
    }
  }
});

test('values of every type', (t) => {
  const bytes = write(
    path.join(temporaryDirectory(t), 'values.db'),
    'CREATE TABLE t (v)',
    "INSERT INTO t VALUES (NULL), (0), (1), (-1), (127), (-32768), (8388607), (-2147483648), (140737488355327), (-9007199254740991), (1.5), ('é'), (''), (x'00ff'), (x'')",
  );
  assert.deepEqual(
    read(bytes).rows.map(([value]) => value),
    [
      null,
      0,
      1,
      -1,
      127,
      -32_768,
      8_388_607,
      -2_147_483_648,
      140_737_488_355_327,
      -9_007_199_254_740_991,
      1.5,
      'é',
      '',
      Uint8Array.of(0, 255),
      new Uint8Array(),
    ],
  );
});

test('a table that is not there, a file that is no database', (t) => {
  const bytes = write(path.join(temporaryDirectory(t), 'x.db'), CREATE, 'CREATE VIEW v AS SELECT 1');
  assert.deepEqual(read(bytes, undefined, 'v').problems, ['it has no table v']);
  assert.deepEqual(read(bytes).rows, []);
  for (const other of [new Uint8Array(), bytes.subarray(1), new Uint8Array(4096)])
    assert.deepEqual(read(other).problems, ['it is no SQLite database']);
});

test('changes that are committed but lie in the log alone', (t) => {
  const file = path.join(temporaryDirectory(t), 'log.db');
  const writer = new DatabaseSync(file);
  for (const statement of [
    'PRAGMA page_size = 512',
    'PRAGMA journal_mode = WAL',
    CREATE,
    "INSERT INTO t VALUES (1, x'01', 'old'), (2, x'02', 'kept')",
  ])
    writer.exec(statement);
  writer.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = 0');
  const bytes = Uint8Array.from(readFileSync(file));
  assert.deepEqual(read(bytes, new Uint8Array()).rows.length, 2);
  assert.equal(hasCommittedChanges(readFileSync(`${file}-wal`)), false);

  writer.exec("DELETE FROM t WHERE id = 1; INSERT INTO t VALUES (3, zeroblob(9000), 'new')");
  const log = Uint8Array.from(readFileSync(`${file}-wal`));
  assert.equal(hasCommittedChanges(log), true);
  const names = (found: Read): unknown => found.rows.map((row) => row[2]);
  assert.deepEqual(names(read(bytes)), ['old', 'kept']);
  assert.deepEqual(names(read(bytes, log)), ['kept', 'new']);
  assert.deepEqual(read(bytes, log).problems, []);
  writer.close();

  // A frame that is damaged ends the log before it, and so does the end of the file: what SQLite itself does after a power failure.
  const damaged = Uint8Array.from(log);
  damaged[damaged.length - 1] = 0xff;
  assert.deepEqual(names(read(bytes, damaged)), ['kept']);
  for (let cut = 0; cut < log.length; cut += 101) {
    const { rows, problems } = read(bytes, log.subarray(0, cut));
    assert.ok(rows.length === 1 || rows.length === 2);
    assert.deepEqual(problems, []);
  }
  const salted = Uint8Array.from(log);
  salted[32 + 8] = (salted[32 + 8] ?? 0) ^ 1;
  assert.deepEqual(names(read(bytes, salted)), ['old', 'kept']);
});

test('a database cut at any offset is told to be', (t) => {
  const whole = write(
    path.join(temporaryDirectory(t), 'cut.db'),
    'PRAGMA page_size = 512',
    CREATE,
    "INSERT INTO t VALUES (1, zeroblob(3000), 'a'), (2, x'', 'b')",
  );
  for (let cut = 0; cut < whole.length; cut += 13) assert.notEqual(read(whole.subarray(0, cut)).problems.length, 0, `cut at ${cut}`);
});

test('trees and chains that run in circles are told, and end', (t) => {
  const whole = write(path.join(temporaryDirectory(t), 'circle.db'), 'PRAGMA page_size = 512', CREATE, MANY);
  const pages = whole.length / 512;
  const [inner, ...others] = Array.from({ length: pages - 1 }, (_, index) => index + 2).filter((page) => whole[(page - 1) * 512] === 5);
  assert.ok(inner === 2 && others.length > 2);
  for (const page of [inner, ...others]) {
    // Its only child is itself.
    const circle = Uint8Array.from(whole);
    const view = new DataView(circle.buffer, (page - 1) * 512);
    view.setUint8(0, 5);
    view.setUint16(3, 0);
    view.setUint32(8, page);
    const { rows, problems } = read(circle);
    assert.ok(rows.length <= 1000 && problems.length > 0, `page ${page}`);
  }
});

test('damage anywhere is survived, and gives no more than the file has', (t) => {
  const good = write(
    path.join(temporaryDirectory(t), 'good.db'),
    'PRAGMA page_size = 512',
    CREATE,
    "INSERT INTO t VALUES (1, zeroblob(3000), 'a'), (2, x'', 'b')",
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 20 }), fc.uint8Array({ maxLength: 600 }), (damage, bytes) => {
      const bad = Uint8Array.from(good);
      for (const [at, value] of damage) bad[at] = value;
      const total = read(bad)
        .rows.flat()
        .reduce<number>((sum, value) => sum + (value instanceof Uint8Array ? value.length : 0), 0);
      assert.ok(total <= bad.length);
      read(bytes);
      read(good, bytes);
    }),
  );
});
