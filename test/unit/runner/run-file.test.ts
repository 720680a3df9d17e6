import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { runTestFile, type FileResult } from '../../runner/run-file.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-runner-'));

async function run(source: string, timeoutMs = 60_000, imports: readonly string[] = []): Promise<FileResult> {
  const file = path.join(folder, 'sample.test.mjs');
  writeFileSync(file, `import { describe, test, before } from 'node:test';\n${source}`);
  return runTestFile(file, { cwd: folder, timeoutMs, env: {}, imports });
}

/** Returns a time in which this machine, as busy as it is, has surely begun a file's test, in milliseconds. */
async function ampleTime(): Promise<number> {
  return 1_000 + 5 * (await run(`test('quick', () => {});`)).durationMs;
}

describe('runTestFile', () => {
  after(() => {
    rmSync(folder, { recursive: true });
  });

  test('counts passed, failed and skipped tests, and neither suites nor parents of a failed one', async () => {
    const result = await run(`
      describe('suite', () => { test('one', () => {}); test('bad', () => { throw new Error('broken'); }); });
      test('parent', async (t) => { await t.test('child', () => { throw new Error('broken too'); }); });
      test('later', { skip: 'no engine' }, () => {});
      describe('away', { skip: 'no browser' }, () => { test('unseen', () => {}); });
      test('idea', { todo: true }, () => { throw new Error('not yet'); });`);
    assert.equal(result.passed, 1);
    assert.deepEqual(
      result.failed.map(({ name }) => name),
      ['suite › bad', 'parent › child'],
    );
    assert.match(result.failed[0]!.message, /Error: broken/);
    assert.deepEqual(result.skipped, [
      { name: 'later', reason: 'no engine' },
      { name: 'away', reason: 'no browser' },
      { name: 'idea', reason: 'no reason given' },
    ]);
  });

  test('hands on what tests say', async () => {
    const result = await run(`test('talks', (t) => { t.diagnostic('81 ms'); });`);
    assert.deepEqual(result.notes, ['81 ms']);
  });

  test('loads what is to be there before the file', async () => {
    const early = path.join(folder, 'ear ly.mjs');
    writeFileSync(early, 'globalThis.early = true;');
    assert.equal((await run(`test('sees it', () => { if (!globalThis.early) throw new Error('too late'); });`, 60_000, [early])).passed, 1);
  });

  test('a failing hook fails its suite', async () => {
    const result = await run(`describe('suite', () => { before(() => { throw new Error('no ground'); }); test('one', () => {}); });`);
    assert.equal(result.passed, 0);
    assert.ok(result.failed.some(({ name, message }) => name === 'suite' && message.includes('no ground')));
  });

  for (const [what, source, expected] of [
    ['a file that cannot be loaded', `throw new Error('at load');`, /the process ended with 1[^]*at load/],
    ['a file without a test', `console.log('nothing here');`, /registered no test/],
    ['a file that ends its process', `test('leaves', () => { process.exit(3); });`, /the process ended with 3/],
  ] as const) {
    test(`${what} is a failure`, async () => {
      const result = await run(source);
      assert.equal(result.failed.length, 1);
      assert.match(result.failed[0]!.message, expected);
    });
  }

  for (const [what, source, expected] of [
    [
      'a test that never ends',
      `test('waits', () => new Promise(() => setInterval(() => {}, 1000)));`,
      /not finished after [\d.]+ s, while running: waits/,
    ],
    ['a file that something keeps alive', `test('quick', () => {}); setInterval(() => {}, 1000);`, /not finished after [\d.]+ s, after its tests/],
  ] as const) {
    test(`${what} is a failure`, async () => {
      const result = await run(source, await ampleTime());
      assert.equal(result.failed.length, 1);
      assert.match(result.failed[0]!.message, expected);
    });
  }
});
