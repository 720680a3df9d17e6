import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readDockerignore } from '../../../src/engine/dockerignore.ts';

test('the .dockerignore is the file-specific one, else the nearest within the repository', async (t) => {
  const root = mkdtempSync(path.join(tmpdir(), 'plimsoll-dockerignore-'));
  t.after(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const folder = path.join(root, 'repo', 'docker');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'Dockerfile');
  writeFileSync(path.join(root, '.dockerignore'), 'outside');
  assert.equal(await readDockerignore(file), undefined);
  writeFileSync(path.join(root, 'repo', '.dockerignore'), 'above');
  assert.equal(await readDockerignore(file), undefined, 'without a repository only the own folder counts');
  mkdirSync(path.join(root, 'repo', '.git'));
  assert.equal(await readDockerignore(file), 'above');
  writeFileSync(path.join(folder, '.dockerignore'), 'own folder');
  assert.equal(await readDockerignore(file), 'own folder');
  writeFileSync(`${file}.dockerignore`, 'own file');
  assert.equal(await readDockerignore(file), 'own file');
});
