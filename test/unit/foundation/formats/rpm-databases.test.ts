import assert from 'node:assert/strict';
import test from 'node:test';
import { readBerkeleyDbHash } from '../../../../src/foundation/formats/berkeley-db-hash.ts';
import { readNdb } from '../../../../src/foundation/formats/ndb.ts';
import { ProblemList } from '../../../../src/foundation/formats/problem-list.ts';
import { parseRpmHeader, type RpmHeader } from '../../../../src/foundation/formats/rpm-header.ts';
import { toRpmPackage } from '../../../../src/foundation/formats/rpm-package.ts';
import { openSqlite } from '../../../../src/foundation/formats/sqlite-pages.ts';
import { readSqliteTable } from '../../../../src/foundation/formats/sqlite-table.ts';
import { needs } from '../../../setup/needs.ts';
import { listRpmVectors, loadRpmVector, RPM_VECTORS, type PrintedPackage } from '../../../support/rpm-vectors.ts';
import { needsSharedData } from '../../../support/shared-data.ts';

/** Databases that rpm wrote, field by field against what rpm printed of them. */

function* readBlobs(fileName: string, bytes: Uint8Array, problems: ProblemList): Generator<Uint8Array, void, undefined> {
  if (fileName === 'Packages.db') yield* readNdb(bytes, problems);
  else if (fileName === 'Packages') {
    for (const { key, value } of readBerkeleyDbHash(bytes, problems)) if (key.some((byte) => byte !== 0)) yield value;
  } else {
    const database = openSqlite(bytes, undefined, problems);
    for (const [, blob] of database === undefined ? [] : readSqliteTable(database, 'Packages', problems)) yield blob as Uint8Array;
  }
}

/** As rpm prints with the query format that the expected lines were printed with. */
function print(header: RpmHeader): PrintedPackage {
  const record = toRpmPackage(header);
  assert.ok(record);
  const md5 = header.binary(261);
  return {
    name: record.name,
    epoch: String(record.epoch ?? 0),
    version: record.version,
    release: record.release,
    architecture: record.architecture ?? '(none)',
    sourceRpm: record.sourceRpm ?? '(none)',
    vendor: record.vendor ?? '(none)',
    modularityLabel: record.modularityLabel ?? '(none)',
    license: record.license ?? '(none)',
    sizeBytes: String(header.numbers(1009)[0] ?? header.numbers(5009)[0] ?? '(none)'),
    sigMd5: md5 === undefined ? '(none)' : Buffer.from(md5).toString('hex'),
    installTime: String(header.numbers(1008)[0] ?? '(none)'),
  };
}

const byName = (a: PrintedPackage, b: PrintedPackage): number => Buffer.compare(Buffer.from(JSON.stringify(a)), Buffer.from(JSON.stringify(b)));

test('there are databases to read', needsSharedData(RPM_VECTORS), () => {
  assert.ok(listRpmVectors().length >= 8);
});

for (const name of listRpmVectors()) {
  test(`${name}: what rpm printed`, needs('archivers'), () => {
    const { fileName, bytes, printed } = loadRpmVector(name);
    const problems = new ProblemList();
    const found = [...readBlobs(fileName, bytes, problems)].map((blob) => parseRpmHeader(blob, problems)).map((header) => header && print(header));
    assert.deepEqual(found.flatMap((line) => line ?? []).sort(byName), [...printed].sort(byName));
    assert.deepEqual(problems.list(), []);
  });

  test(`${name}: cut anywhere, it is told to be`, needs('archivers'), () => {
    const { fileName, bytes, printed } = loadRpmVector(name);
    const step = Math.ceil(bytes.length / 40);
    for (let cut = 0; cut < bytes.length; cut += step) {
      const problems = new ProblemList();
      assert.ok([...readBlobs(fileName, bytes.subarray(0, cut), problems)].length <= printed.length);
      assert.notEqual(problems.list().length, 0, `cut at ${cut}`);
    }
  });
}
