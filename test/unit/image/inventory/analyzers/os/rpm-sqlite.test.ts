import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import nodePath from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/rpm-sqlite.ts';
import { buildPackageHeader } from '../../../../../support/rpm-builder.ts';
import { temporaryDirectory } from '../../../../../support/temporary-directory.ts';

const path = 'var/lib/rpm/rpmdb.sqlite' as ImagePath;

test('wants the database and its log', () => {
  for (const wanted of [path, 'usr/lib/sysimage/rpm/rpmdb.sqlite', 'usr/share/rpm/rpmdb.sqlite', 'var/lib/rpm/rpmdb.sqlite-wal'])
    assert.equal(analyzer.wants(wanted as ImagePath), true);
  for (const other of ['var/lib/rpm/rpmdb.sqlite-shm', 'var/lib/dnf/history.sqlite']) assert.equal(analyzer.wants(other as ImagePath), false);
});

test('its packages, and a row that holds none', (t) => {
  const file = nodePath.join(temporaryDirectory(t), 'rpmdb.sqlite');
  const database = new DatabaseSync(file);
  database.exec("CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)");
  const insert = database.prepare('INSERT INTO Packages (blob) VALUES (?)');
  for (const blob of [buildPackageHeader('a'), 'text', buildPackageHeader('b')]) insert.run(blob);
  database.close();
  const { value, problems } = analyzer.analyze({ path, bytes: readFileSync(file) });
  assert.deepEqual(
    value.packages?.map(({ name }) => name),
    ['a', 'b'],
  );
  assert.deepEqual(
    problems.map(({ message }) => message),
    ['a row of the table Packages holds no package header'],
  );
});

test('changes that lie in the log alone; a log without its database is told, unless nothing is in it', (t) => {
  const file = nodePath.join(temporaryDirectory(t), 'rpmdb.sqlite');
  const database = new DatabaseSync(file);
  database.exec(
    "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)",
  );
  const insert = database.prepare('INSERT INTO Packages (blob) VALUES (?)');
  insert.run(buildPackageHeader('old'));
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.exec('DELETE FROM Packages');
  insert.run(buildPackageHeader('new'));
  const [bytes, companion] = [readFileSync(file), readFileSync(`${file}-wal`)];
  database.close();
  const names = (log?: Uint8Array): unknown =>
    analyzer.analyze({ path, bytes, ...(log !== undefined && { companion: log }) }).value.packages?.map(({ name }) => name);
  assert.deepEqual([names(), names(new Uint8Array()), names(companion)], [['old'], ['old'], ['new']]);

  const log = `${path}-wal` as ImagePath;
  assert.deepEqual(analyzer.analyze({ path: log, bytes: new Uint8Array() }), { value: {}, problems: [] });
  assert.match(analyzer.analyze({ path: log, bytes: companion }).problems[0]?.message ?? '', /database of another layer/);
});
