import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detector } from '../../../../../src/image/content/detectors/setuid-files.ts';
import type { FileEntry } from '../../../../../src/image/content/detector.ts';
import { file } from '../support.ts';

function look(path: string, mode: number, rest: Partial<FileEntry> = {}): readonly (readonly [string, string])[] {
  return [...(detector.inspectEntry?.(file(path, { mode, ...rest })) ?? [])].map(({ id, severity }) => [id, severity]);
}

test('what distributions install is low or negligible, what hands over root is critical, the rest is high', () => {
  assert.deepEqual(look('usr/bin/passwd', 0o4755), [['baseline:setuid-file', 'negligible']]);
  assert.deepEqual(look('bin/mount', 0o4755), [['baseline:setuid-file', 'low']]);
  assert.deepEqual(look('usr/bin/chage', 0o2755, { gid: 42 }), [['baseline:setgid-file', 'negligible']]);
  assert.deepEqual(look('usr/bin/python3.11', 0o4755), [['baseline:setuid-file', 'critical']]);
  assert.deepEqual(look('opt/tool/helper', 0o4755), [['baseline:setuid-file', 'high']]);
  assert.deepEqual(look('opt/tool/helper', 0o4755, { uid: 1000 }), [['baseline:setuid-file', 'medium']]);
});

test('the name of a known program in another place is no excuse', () => {
  assert.deepEqual(look('app/passwd', 0o4755), [['baseline:setuid-file', 'high']]);
});

test('bits without effect, folders and links are silent', () => {
  assert.deepEqual(look('usr/bin/x', 0o4644), []);
  assert.deepEqual(look('var/mail', 0o2775, { type: 'directory' }), []);
  assert.deepEqual(look('usr/bin/x', 0o4777, { type: 'symlink' }), []);
});

test('world-writable system files and folders are reported, /tmp and its like are not', () => {
  assert.deepEqual(look('usr/bin/x', 0o777), [['baseline:world-writable', 'high']]);
  assert.deepEqual(look('etc/app.conf', 0o666), [['baseline:world-writable', 'medium']]);
  assert.deepEqual(look('usr/local/lib', 0o777, { type: 'directory' }), [['baseline:world-writable', 'high']]);
  for (const [path, mode] of [
    ['tmp', 0o1777],
    ['var/tmp', 0o1777],
    ['app/data', 0o777],
    ['dev/null', 0o666],
  ] as const)
    assert.deepEqual(look(path, mode, { type: 'directory' }), []);
  assert.deepEqual(look('usr/lib/x.so', 0o777, { type: 'symlink' }), []);
});
