import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { schemeOfBucket } from '../../../../src/advisories/versions/scheme-of-bucket.ts';
import { schemes } from '../../../../src/advisories/versions/schemes.generated.ts';

test('every scheme is registered under its file name', () => {
  const files = readdirSync(path.join(import.meta.dirname, '../../../../src/advisories/versions/schemes'));
  assert.deepEqual(
    schemes.map((scheme) => `${scheme.id}.ts`),
    files.sort(),
  );
});

test('every bucket that is matched has a scheme', () => {
  assert.deepEqual(
    ['debian 12', 'ubuntu 22.04', 'alpine edge', 'npm::x', 'pip::x', 'Photon OS 4.0'].map((bucket) => schemeOfBucket(bucket)?.id),
    ['dpkg', 'dpkg', 'apk', 'semver', 'pep440', undefined],
  );
});
