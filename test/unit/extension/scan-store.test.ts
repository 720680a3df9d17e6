import assert from 'node:assert/strict';
import test from 'node:test';
import { MAX_SCANS, ScanStore } from '../../../src/extension/scan-store.ts';
import type { Index, ReportFiles } from '../../../src/extension/scan-store.ts';
import { fullDecision, fullReport } from '../protocol/full-report.ts';

class Memory implements Index, ReportFiles {
  readonly index = new Map<string, unknown>();
  readonly files = new Map<string, string>();
  get(key: string): unknown {
    return this.index.get(key);
  }
  update(key: string, value: unknown): Promise<void> {
    this.index.set(key, JSON.parse(JSON.stringify(value)));
    return Promise.resolve();
  }
  read(name: string): Promise<string | undefined> {
    return Promise.resolve(this.files.get(name));
  }
  write(name: string, text: string): Promise<void> {
    this.files.set(name, text);
    return Promise.resolve();
  }
  remove(name: string): Promise<void> {
    this.files.delete(name);
    return Promise.resolve();
  }
}

const at = new Date('2026-07-01T12:00:00Z');
const input = { kind: 'path', path: '/images/app.tar' } as const;

test('a scan outlives its window: list, report and decision', async () => {
  const memory = new Memory();
  const first = new ScanStore(memory, memory);
  const record = await first.add(input, fullReport, at, 'file:///project/Dockerfile');
  await first.decide(record, fullDecision);
  const second = new ScanStore(memory, memory);
  assert.deepEqual(second.summaries, [
    {
      key: record.summary.key,
      title: 'registry.example:5000/team/app:1.0',
      input,
      scannedAt: '2026-07-01T12:00:00.000Z',
      counts: { high: 1 },
      status: 'complete',
      advisoriesBuiltAt: fullReport.advisories.builtAt,
      decision: 'block',
      dockerfileUri: 'file:///project/Dockerfile',
    },
  ]);
  assert.deepEqual(await second.get(record.summary.key), { summary: second.summaries[0], report: fullReport, decision: fullDecision });
});

test('scanning an image again takes the place of its earlier scan, first in the list and without the old decision', async () => {
  const memory = new Memory();
  const store = new ScanStore(memory, memory);
  const first = await store.decide(await store.add(input, fullReport, at), fullDecision);
  await store.add({ kind: 'engine', reference: 'other' }, { ...fullReport, image: { ...fullReport.image, reference: 'other' } }, at);
  const again = await store.add(input, fullReport, new Date('2026-07-02T12:00:00Z'));
  assert.equal(again.summary.key, first.summary.key);
  assert.deepEqual(
    store.summaries.map(({ title, decision }) => [title, decision]),
    [
      ['registry.example:5000/team/app:1.0', undefined],
      ['other', undefined],
    ],
  );
});

test('the list is bounded, and files go with their entries', async () => {
  const memory = new Memory();
  const store = new ScanStore(memory, memory);
  for (let i = 0; i < MAX_SCANS + 3; i++) await store.add({ kind: 'path', path: `/images/${i}.tar` }, fullReport, at);
  assert.equal(store.summaries.length, MAX_SCANS);
  assert.equal(memory.files.size, MAX_SCANS);
  const key = store.summaries[0]?.key ?? '';
  await store.remove(key);
  assert.equal(await store.get(key), undefined);
  assert.equal(memory.files.size, MAX_SCANS - 1);
});

test('what was damaged or written by another version is forgotten, not trusted', async () => {
  const memory = new Memory();
  const record = await new ScanStore(memory, memory).add(input, fullReport, at);
  const name = [...memory.files.keys()][0] ?? '';
  for (const damaged of ['', '{', '{}', '{"report":{}}', JSON.stringify({ report: { ...fullReport, findings: [{}] } })]) {
    memory.files.set(name, damaged);
    assert.equal(await new ScanStore(memory, memory).get(record.summary.key), undefined, damaged);
  }
  for (const index of [7, [{}], [{ ...record.summary, key: '../../x' }]]) {
    memory.index.set('plimsoll.scans', index);
    assert.deepEqual(new ScanStore(memory, memory).summaries, []);
  }
});

test('listeners hear of every change until they are disposed of', async () => {
  const memory = new Memory();
  const store = new ScanStore(memory, memory);
  let heard = 0;
  const listening = store.onDidChange(() => heard++);
  const record = await store.add(input, fullReport, at);
  await store.remove(record.summary.key);
  listening.dispose();
  await store.add(input, fullReport, at);
  assert.equal(heard, 2);
});
