import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { appendEvidence, evidenceLogFile, readEvidence } from '../../../src/engine/evidence-log.ts';
import type { EvidenceRecord } from '../../../src/evidence/log/evidence-entry.ts';
import { cacheDirectory, stateDirectory } from '../../../src/foundation/io/resources.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const record: EvidenceRecord = {
  at: '2026-11-01T10:00:00.000Z',
  by: 'ann@desk',
  outcome: 'pushed',
  reference: 'harbor.example/team/app:1',
  imageId: 'sha256:1',
  decision: 'allow',
  provider: 'harbor',
  blocking: [],
};

test('the log lies where no cache is cleared', () => {
  const env = { PLIMSOLL_CACHE_DIR: '/c', XDG_STATE_HOME: '/s' };
  assert.ok(!stateDirectory(env).startsWith(cacheDirectory(env)));
  assert.equal(stateDirectory({ PLIMSOLL_STATE_DIR: '/mine' }), path.resolve('/mine'));
  assert.match(evidenceLogFile(), /evidence\.jsonl$/);
});

test('lines of several processes make one chain', async (t) => {
  const folder = temporaryDirectory(t);
  const file = path.join(folder, 'deep', 'evidence.jsonl');
  const go = path.join(folder, 'go');
  const module = path.join(import.meta.dirname, '..', '..', '..', 'src', 'engine', 'evidence-log.ts');
  // All begin at the same moment.
  const code = `const { appendEvidence } = await import(${JSON.stringify(module)});
    const { existsSync } = await import('node:fs');
    console.log('ready');
    while (!existsSync(${JSON.stringify(go)})) await new Promise((resolve) => setTimeout(resolve, 2));
    for (let i = 0; i < 5; i += 1) await appendEvidence({ ...${JSON.stringify(record)}, by: String(process.pid) }, { file: ${JSON.stringify(file)} });`;
  const writers = Array.from({ length: 3 }, () =>
    spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  const ended = Promise.all(writers.map((child) => new Promise((resolve) => child.once('close', resolve))));
  await Promise.all(writers.map((child) => new Promise((resolve) => child.stdout.once('data', resolve))));
  writeFileSync(go, '');
  assert.deepEqual(await ended, [0, 0, 0]);
  const { entries, verdict } = await readEvidence(file);
  assert.deepEqual(verdict.faults, []);
  assert.deepEqual(
    entries.map(({ sequence }) => sequence),
    Array.from({ length: 15 }, (_, i) => i + 1),
  );
  assert.equal(new Set(entries.map(({ by }) => by)).size, 3);
  if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
});

test(
  'nobody else may look into its folder, from the moment there is one',
  { skip: process.platform === 'win32' && 'modes are of POSIX' },
  async (t) => {
    const folder = path.join(temporaryDirectory(t), 'deep', 'plimsoll');
    await appendEvidence(record, { file: path.join(folder, 'evidence.jsonl') });
    assert.equal(statSync(folder).mode & 0o777, 0o700);
  },
);

test('a line that a crash left unfinished is told, and the chain goes on behind it', async (t) => {
  const file = path.join(temporaryDirectory(t), 'evidence.jsonl');
  await appendEvidence(record, { file });
  appendFileSync(file, '{"version":1,"sequence":2,"at"');
  await appendEvidence(record, { file });
  await appendEvidence(record, { file });
  const { entries, verdict } = await readEvidence(file);
  assert.equal(entries.length, 3);
  assert.deepEqual(
    verdict.faults.map(({ line }) => line),
    [2],
  );
});

test('what was removed shows for good, whatever is written after it', async (t) => {
  const file = path.join(temporaryDirectory(t), 'evidence.jsonl');
  for (let i = 0; i < 3; i += 1) await appendEvidence(record, { file });
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');

  writeFileSync(file, `${lines[0] ?? ''}\n`);
  assert.equal((await readEvidence(file)).verdict.faults.length, 1);
  await appendEvidence(record, { file });
  assert.match((await readEvidence(file)).verdict.faults[0]?.message ?? '', /line 2 follows on a gap: 2 entries are missing/);

  rmSync(file);
  assert.equal((await readEvidence(file)).verdict.faults.length, 1);
  await appendEvidence(record, { file });
  assert.match((await readEvidence(file)).verdict.faults[0]?.message ?? '', /line 1 follows on a gap: 4 entries are missing/);
});

test('a log that nobody has written is empty and whole', async (t) => {
  const { entries, verdict } = await readEvidence(path.join(temporaryDirectory(t), 'none.jsonl'));
  assert.deepEqual([entries, verdict.faults], [[], []]);
});
