import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toUpdateError } from '../../../src/advisories/update-error.ts';
import { FileError } from '../../../src/foundation/io/files.ts';
import { HttpError } from '../../../src/foundation/io/http.ts';

function system(code: string): Error {
  return Object.assign(new Error(`${code}: something, write`), { code });
}

test('says what the machine or the server stood in the way with, and what to do', () => {
  const said = (error: unknown): readonly [string, string] => {
    const { code, message } = toUpdateError(error, 'mirror.example.org/db:2');
    return [code, message];
  };
  assert.deepEqual(said(system('ENOSPC')), ['io', 'mirror.example.org/db:2: the disk is full; make room and try again']);
  assert.deepEqual(said(system('EROFS')), [
    'io',
    'mirror.example.org/db:2: the folder of the advisories cannot be written (EROFS: something, write)',
  ]);
  assert.deepEqual(said(system('Z_DATA_ERROR')), ['malformed', 'mirror.example.org/db:2: its archive is damaged (Z_DATA_ERROR: something, write)']);
  assert.deepEqual(said(new HttpError('tls', 'the certificate is not valid yet')), [
    'unreachable',
    'mirror.example.org/db:2: the certificate is not valid yet',
  ]);
});

test('a file is named once', () => {
  const { code, message } = toUpdateError(new FileError('not-found', 'db.tar.gz does not exist'), 'db.tar.gz');
  assert.deepEqual([code, message], ['not-found', 'db.tar.gz does not exist']);
});
