import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { findExecutable, runProcess, type ProcessErrorCode } from '../../../../src/foundation/io/process.ts';

const node = (script: string, options: Partial<Parameters<typeof runProcess>[0]> = {}) =>
  runProcess({ command: process.execPath, args: ['-e', script], timeoutMs: 20_000, maxBytes: 1_000_000, ...options });
const failsWith = (code: ProcessErrorCode) => (error: Error & { code?: string }) => error.name === 'ProcessError' && error.code === code;

test('output, input, arguments as they are, and any exit code', async () => {
  const script = 'process.stdin.pipe(process.stdout); console.error(process.argv[1]); process.exitCode = 3';
  const { exitCode, stdout, stderr } = await node(script, { args: ['-e', script, '$(id); "x" *'], stdin: 'in' });
  assert.deepEqual([exitCode, new TextDecoder().decode(stdout), new TextDecoder().decode(stderr)], [3, 'in', '$(id); "x" *\n']);
});

test('the environment is what was given', async () => {
  const { stdout } = await node('console.log(process.env.PLIMSOLL_A, process.env.HOME)', { environment: { PLIMSOLL_A: 'b', HOME: undefined } });
  assert.equal(new TextDecoder().decode(stdout), 'b undefined\n');
});

test('one that never ends, prints for ever, is cancelled, or is not there', async () => {
  await assert.rejects(node('setInterval(() => 0, 1000)', { timeoutMs: 100 }), failsWith('timeout'));
  await assert.rejects(node("setInterval(() => process.stdout.write('x'.repeat(9999)), 0)", { maxBytes: 50_000 }), failsWith('too-large'));
  await assert.rejects(node('setInterval(() => 0, 1000)', { signal: AbortSignal.abort() }), failsWith('aborted'));
  await assert.rejects(node('', { command: 'plimsoll-no-such-program' }), failsWith('not-found'));
});

test('one that reads no input ends as it ends', async () => {
  assert.equal((await node('process.exit(0)', { stdin: 'x'.repeat(1_000_000) })).exitCode, 0);
});

test('programs are looked up in absolute folders only', () => {
  const relative = path.relative(process.cwd(), path.dirname(process.execPath));
  assert.equal(findExecutable(path.basename(process.execPath), { PATH: path.dirname(process.execPath) }), process.execPath);
  assert.equal(findExecutable(path.basename(process.execPath), { PATH: [relative, '.', ''].join(path.delimiter) }), undefined);
  assert.equal(findExecutable('../bin/sh', { PATH: '/usr/bin' }), undefined);
  assert.equal(findExecutable('plimsoll', { PATH: '' }), undefined);
  assert.equal(findExecutable(process.execPath, {}), process.execPath);
});
