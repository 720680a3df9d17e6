import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createWriteStream, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readTextStart, toTextStart } from '../../../../src/foundation/io/text-start.ts';
import { findOnPath } from '../../../support/processes.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const needsPipes = { skip: findOnPath('mkfifo') === undefined ? 'there is no mkfifo here' : false };

test('the start of a file is read, and whether there is more', async (t) => {
  const file = path.join(temporaryDirectory(t), 'file');
  writeFileSync(file, 'FROM ä\n');
  assert.deepEqual(await readTextStart(file, 8, false), { value: { text: 'FROM ä\n', truncated: false, isUtf8: true } });
  assert.deepEqual(await readTextStart(Buffer.from(file), 4, true), { value: { text: 'FROM', truncated: true, isUtf8: true } });
  // Cut within a character.
  assert.deepEqual((await readTextStart(file, 6, false)).value?.isUtf8, false);
  writeFileSync(file, Buffer.from([0x46, 0xe4, 0x0a]));
  assert.deepEqual(await readTextStart(file, 8, false), { value: { text: 'F\ufffd\n', truncated: false, isUtf8: false } });
});

test('more than a chunk, and what has no end, is read up to the bound', async (t) => {
  const file = path.join(temporaryDirectory(t), 'file');
  writeFileSync(file, 'x'.repeat(300_000));
  assert.equal((await readTextStart(file, 1_000_000, false)).value?.text.length, 300_000);
  if (process.platform === 'linux') assert.equal((await readTextStart('/dev/zero', 100_000, true)).value?.truncated, true);
});

test('what is no regular file, or not there, is a reason', async (t) => {
  const folder = temporaryDirectory(t);
  assert.match((await readTextStart(folder, 8, false)).reason ?? '', /not a regular file|EISDIR|EPERM/);
  assert.match((await readTextStart(folder, 8, true)).reason ?? '', /EISDIR|EPERM/);
  assert.match((await readTextStart(path.join(folder, 'none'), 8, false)).reason ?? '', /ENOENT/);
});

test('a pipe is not waited for, unless it was asked for', needsPipes, async (t) => {
  const pipe = path.join(temporaryDirectory(t), 'pipe');
  execFileSync('mkfifo', [pipe]);
  assert.deepEqual(await readTextStart(pipe, 8, false), { reason: 'it is not a regular file' });
  const reading = readTextStart(pipe, 100, true);
  createWriteStream(pipe).end('FROM scratch\n');
  assert.equal((await reading).value?.text, 'FROM scratch\n');
});

test('UTF-16 is read by its byte order mark, in either order, and cut anywhere', () => {
  const text = 'FROM ä:1\n';
  const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
  const big = Buffer.from(little).swap16();
  for (const bytes of [little, big]) assert.deepEqual(toTextStart([bytes], 1000), { text, truncated: false, isUtf8: false, isUtf16: true });
  assert.equal(toTextStart([little], 13).text, 'FROM \ufffd');
  assert.equal(toTextStart([Buffer.from('\uFEFFFROM a')], 1000).isUtf16, undefined);
});
