import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import type { TreeFailure } from '../../../../src/foundation/io/directory-tree.ts';
import { listTree, readTreeFile } from '../../../../src/foundation/io/directory-tree.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

function list(root: string, limits: { maxEntries?: number; maxPathLength?: number } = {}): { paths: string[]; failures: TreeFailure[] } {
  const failures: TreeFailure[] = [];
  const entries = listTree(root, {
    maxEntries: limits.maxEntries ?? 1000,
    maxPathLength: limits.maxPathLength ?? 1000,
    skipsMount: () => true,
    onFailure: (failure) => failures.push(failure),
  });
  return { paths: [...entries].map((entry) => entry.path), failures };
}

test('a folder comes before what is in it, names in order', (t) => {
  const root = temporaryDirectory(t);
  for (const folder of ['b/c', 'a']) mkdirSync(path.join(root, folder), { recursive: true });
  for (const file of ['b/z', 'b/c/x', 'a/y']) writeFileSync(path.join(root, file), '');
  assert.deepEqual(list(root).paths, ['a', 'b', 'a/y', 'b/c', 'b/z', 'b/c/x']);
});

test('bounds of files and of path length are told', (t) => {
  const root = temporaryDirectory(t);
  for (let index = 0; index < 20; index++) writeFileSync(path.join(root, `file${index}`), '');
  mkdirSync(path.join(root, 'folder/deeper'), { recursive: true });
  const few = list(root, { maxEntries: 5 });
  assert.equal(few.paths.length, 5);
  assert.deepEqual(
    few.failures.map(({ reason }) => reason),
    ['too-many'],
  );
  assert.deepEqual(
    list(root, { maxPathLength: 10 }).failures.map(({ path: place }) => place),
    ['folder'],
  );
});

test('a name that is no UTF-8 is told, what is gone is not', (t) => {
  const root = temporaryDirectory(t);
  writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xe9])]), '');
  const { failures } = list(root);
  assert.deepEqual(
    failures.map(({ message }) => message),
    ['its name is not UTF-8'],
  );
});

test('a file that became a link is not followed', (t) => {
  const root = temporaryDirectory(t);
  writeFileSync(path.join(root, 'target'), 'x');
  symlinkSync('target', path.join(root, 'link'));
  assert.throws(() => [...readTreeFile(root, 'link', 1)], /ELOOP/);
  assert.throws(() => [...readTreeFile(root, '.', 1)], /no file/);
  assert.equal(Buffer.concat([...readTreeFile(root, 'target', 100)].map((piece) => Buffer.from(piece))).toString(), 'x');
});
