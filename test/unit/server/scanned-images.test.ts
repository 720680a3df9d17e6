import assert from 'node:assert/strict';
import test from 'node:test';
import { ScannedImages } from '../../../src/server/scanned-images.ts';

test('one image goes by many names, and another by none of them', () => {
  const images = new ScannedImages();
  images.told([{ reference: 'debian', critical: 1, high: 2 }]);
  for (const name of [
    'debian',
    'debian:latest',
    'library/debian',
    'docker.io/debian',
    'docker.io/library/debian:latest',
    'index.docker.io/library/debian',
  ]) {
    assert.equal(images.find(name)?.critical, 1, name);
  }
  for (const name of ['debian:12', 'a/debian', 'localhost:5000/debian', 'debian@sha256:aa', 'docker.io/library/debian2', ''])
    assert.equal(images.find(name), undefined, name);
});

test('of a name with a digest the tag means nothing; a port is no tag', () => {
  const images = new ScannedImages();
  images.told([
    { reference: 'a:1@sha256:aa', critical: 1, high: 0 },
    { reference: 'localhost:5000/a', critical: 2, high: 0 },
  ]);
  assert.equal(images.find('a:2@sha256:aa')?.critical, 1);
  assert.equal(images.find('localhost:5000/a:latest')?.critical, 2);
});
