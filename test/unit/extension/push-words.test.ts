import assert from 'node:assert/strict';
import test from 'node:test';
import { linesOfComparison, wordsOfRefusal } from '../../../src/extension/push-words.ts';
import type { PolicyDecision } from '../../../src/foundation/model/policy.ts';

const blocked: PolicyDecision = {
  schemaVersion: 1,
  reference: 'harbor.example/team/app:1',
  provider: 'harbor',
  policy: { enabled: true, severity: 'high', allowlist: [], raw: {} },
  decision: 'block',
  reason: "Harbor's project 'team' refuses images with vulnerabilities of severity high or worse.",
  blocking: ['CVE-1', 'CVE-2'],
  allowlisted: [],
  minimalFix: [{ package: 'libssl3', from: '3.0.1', to: '3.0.2', removes: ['CVE-1', 'CVE-2'], command: 'apt-get install -y libssl3=3.0.2' }],
  problems: [],
};

test('a blocked push names what blocks it and the smallest fix', () => {
  const { message, detail } = wordsOfRefusal(blocked);
  assert.equal(message, 'harbor.example/team/app:1 was not pushed: CVE-1, CVE-2 would block it.');
  assert.equal(
    detail,
    [blocked.reason, '', 'Smallest fix that passes:', '• libssl3 3.0.1 → 3.0.2 removes CVE-1, CVE-2\n   apt-get install -y libssl3=3.0.2'].join('\n'),
  );
});

test('long lists are cut and say so', () => {
  const ids = Array.from({ length: 9 }, (_, i) => `CVE-${i}`);
  const step = blocked.minimalFix[0] ?? assert.fail();
  const { message, detail } = wordsOfRefusal({ ...blocked, blocking: ids, minimalFix: Array.from({ length: 6 }, () => step) });
  assert.match(message, /CVE-0, CVE-1, CVE-2, CVE-3, CVE-4 and 4 more would block it/);
  assert.equal(detail.split('•').length - 1, 4);
  assert.match(detail, /and 2 more, in the report$/);
});

test('what is not known says what is missing', () => {
  const problem = { code: 'permission' as const, message: 'A robot account needs the permission project:read.' };
  const { message, detail } = wordsOfRefusal({
    ...blocked,
    decision: 'unknown',
    reason: 'It cannot be read (403).',
    blocking: [],
    minimalFix: [],
    problems: [problem],
  });
  assert.match(message, /whether it would be blocked is not known/);
  assert.equal(detail, `It cannot be read (403).\n\n${problem.message}`);
  const unread = { code: 'permission' as const, message: 'the project is told to its members only' };
  assert.equal(
    wordsOfRefusal({ ...blocked, decision: 'unknown', reason: unread.message, minimalFix: [], problems: [unread] }).detail,
    'The project is told to its members only.',
    'once, and as a sentence',
  );
  assert.match(wordsOfRefusal({ ...blocked, decision: 'block-until-scanned' }).message, /hold it back until/);
  assert.match(wordsOfRefusal({ ...blocked, blocking: [] }).message, /it would be blocked\.$/);
});

test('differences are a line each', () => {
  const lines = linesOfComparison({
    schemaVersion: 1,
    reference: 'a',
    status: 'done',
    message: '',
    agreed: 0,
    onlyTheirs: [{ id: 'CVE-1', severity: 'High', packages: ['curl', 'libcurl4'] }],
    onlyOurs: [{ id: 'CVE-2', severity: 'low', packages: ['zlib'] }],
    otherSeverity: [{ id: 'CVE-3', ours: 'medium', theirs: 'Critical' }],
  });
  assert.deepEqual(lines, [
    'only there: CVE-1 (High) curl, libcurl4',
    'only here: CVE-2 (low) zlib',
    'other severity: CVE-3 is medium here and Critical there',
  ]);
});
