import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { EMPTY_LOG, parseEvidenceLine, toEvidenceLine, type EvidenceHead, type EvidenceRecord } from '../../../../src/evidence/log/evidence-entry.ts';
import { renderLog, renderVerdict } from '../../../../src/evidence/log/render-log.ts';
import { LogVerifier, type LogVerdict } from '../../../../src/evidence/log/verify-log.ts';
import { MAX_EVIDENCE_IDS, MAX_EVIDENCE_LINE_BYTES } from '../../../../src/foundation/base/limits.ts';

const record: EvidenceRecord = {
  at: '2026-11-01T10:00:00.000Z',
  by: 'ann@desk',
  outcome: 'pushed',
  reference: 'harbor.example/team/app:1',
  imageId: `sha256:${'1'.repeat(64)}`,
  decision: 'block',
  provider: 'harbor',
  blocking: ['CVE-2024-1'],
  reason: 'hotfix',
};

function logOf(count: number): string[] {
  const lines: string[] = [];
  let head: EvidenceHead = EMPTY_LOG;
  for (let i = 0; i < count; i += 1) {
    const line = toEvidenceLine({ ...record, reference: `harbor.example/team/app:${i}` }, head);
    head = parseEvidenceLine(line) ?? assert.fail('a line is read as it was written');
    lines.push(line);
  }
  return lines;
}

function verify(lines: readonly string[], end?: EvidenceHead): LogVerdict {
  const verifier = new LogVerifier();
  for (const line of lines) verifier.add(line);
  return verifier.finish(end);
}

test('a log as it was written has no faults', () => {
  const lines = logOf(5);
  const verdict = verify(lines);
  assert.deepEqual([verdict.count, verdict.faults], [5, []]);
  assert.deepEqual(verify(lines, verdict.head).faults, []);
  assert.deepEqual(verify([]).faults, []);
});

test('whatever is changed in a line shows', () => {
  const lines = logOf(3);
  const target = lines[1] ?? '';
  fc.assert(
    fc.property(fc.nat(target.length - 1), fc.constantFrom('0', 'x', '"', ' ', '}'), (at, character) => {
      const changed = target.slice(0, at) + character + target.slice(at + 1);
      const { faults } = verify([lines[0] ?? '', changed, lines[2] ?? '']);
      assert.equal(faults.length > 0, changed !== target, changed);
    }),
  );
});

test('a line that is gone, moved, doubled or written anew with its own hash shows', () => {
  const [a = '', b = '', c = '', d = ''] = logOf(4);
  assert.match(verify([a, c, d]).faults[0]?.message ?? '', /line 2 follows on a gap: 1 entry is missing/);
  assert.match(verify([a, d]).faults[0]?.message ?? '', /2 entries are missing/);
  assert.match(verify([b, c]).faults[0]?.message ?? '', /line 1 follows on a gap/);
  assert.equal(verify([a, c, b, d]).faults.length, 3);
  assert.equal(verify([a, a, b]).faults.length, 1);
  const first = parseEvidenceLine(a) ?? assert.fail();
  const forged = toEvidenceLine({ ...record, by: 'somebody@else' }, first);
  assert.match(verify([a, forged, c]).faults[0]?.message ?? '', /line 3 does not follow the line before/);
});

test('lines cut off at the end show by what is remembered beside the log', () => {
  const lines = logOf(4);
  const { head } = verify(lines);
  assert.deepEqual(verify(lines.slice(0, 2)).faults, []);
  assert.match(verify(lines.slice(0, 2), head).faults[0]?.message ?? '', /the log once had 4 entries/);
  assert.match(verify([], head).faults[0]?.message ?? '', /the log once had 4 entries/);
  const second = parseEvidenceLine(lines[1] ?? '') ?? assert.fail();
  assert.deepEqual(verify(lines, second).faults, [], 'a crash may leave it a line behind');
});

test('a line has bounds, and no passwords of addresses', () => {
  const line = toEvidenceLine(
    {
      ...record,
      reason: 'x'.repeat(100_000),
      blocking: Array.from({ length: 20_000 }, (_, i) => `CVE-2024-${i}`),
      error: 'cannot reach https://ann:hunter2@proxy.example/x\nor so',
    },
    EMPTY_LOG,
  );
  assert.ok(Buffer.byteLength(line) < MAX_EVIDENCE_LINE_BYTES);
  assert.ok(!line.includes('hunter2') && !line.includes('\n'));
  const entry = parseEvidenceLine(line);
  assert.equal(entry?.blocking.length, MAX_EVIDENCE_IDS);
  assert.match(line, /"blockingCount":20000/);
});

test('what is shown says what was done and whether the log is whole', () => {
  const lines = logOf(2);
  const verifier = new LogVerifier();
  const entries = lines.flatMap((line) => verifier.add(line) ?? []);
  const verdict = verifier.finish(undefined);
  const table = renderLog('table', { file: '/x/evidence.jsonl', entries: entries.map((entry) => ({ ...entry, reason: 'a\u001b[2Jb' })), verdict });
  assert.match(table, /pushed {2}harbor\.example\/team\/app:1/);
  assert.match(table, /reason: a\\u\{1b\}\[2Jb/);
  assert.match(table, /INTACT/);
  const json = JSON.parse(renderLog('json', { file: '/x', entries, verdict })) as { entries: unknown[]; faults: unknown[] };
  assert.deepEqual([json.entries.length, json.faults], [2, []]);
  assert.match(renderVerdict('/x', verify(lines.slice(1))).join('\n'), /^BROKEN {2}\/x\n {2}! line 1 follows on a gap/);
});
