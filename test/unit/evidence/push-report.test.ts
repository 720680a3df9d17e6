import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { EMPTY_LOG, parseEvidenceLine, toEvidenceLine } from '../../../src/evidence/log/evidence-entry.ts';
import { renderLog } from '../../../src/evidence/log/render-log.ts';
import { LogVerifier } from '../../../src/evidence/log/verify-log.ts';
import { renderPush } from '../../../src/evidence/push-report.ts';
import type { Digest } from '../../../src/foundation/model/brand.ts';
import type { PushReport, ScanComparison } from '../../../src/foundation/model/push.ts';

const comparison: ScanComparison = {
  schemaVersion: 1,
  reference: 'harbor.example.com/shop/web:1.4',
  status: 'done',
  message: 'Trivy of harbor.example.com found 30 more and 0 fewer than the scan here, and sees 1 in another severity.',
  scanner: { name: 'Trivy', version: 'v0.44.0' },
  scannedAt: '2026-11-01T10:00:00.000Z',
  agreed: 4,
  onlyTheirs: Array.from({ length: 30 }, (_, i) => ({ id: `CVE-2024-${i}`, severity: i === 0 ? '' : 'High', packages: ['curl'] })),
  onlyOurs: [],
  otherSeverity: [{ id: 'CVE-2023-1', ours: 'medium', theirs: 'Critical' }],
};
const pushed: PushReport = {
  schemaVersion: 1,
  outcome: 'pushed',
  reference: 'harbor.example.com/shop/web:1.4',
  imageId: `sha256:${'1'.repeat(64)}`,
  digest: `sha256:${'d'.repeat(64)}` as Digest,
  decision: {
    schemaVersion: 1,
    reference: 'harbor.example.com/shop/web:1.4',
    provider: 'harbor',
    policy: { enabled: true, severity: 'high', allowlist: [], raw: {} },
    decision: 'block',
    reason: 'It refuses images with CVE-2023-1.',
    blocking: ['CVE-2023-1'],
    allowlisted: [],
    minimalFix: [{ package: 'curl', from: '1', to: '2', removes: ['CVE-2023-1'], command: 'apk add curl=2' }],
    problems: [],
  },
  override: { reason: 'a hot\u001b[2Jfix', by: 'ann@desk', at: '2026-11-01T09:00:00.000Z' },
  registryScan: comparison,
  problems: [{ code: 'other', message: 'The evidence log could not be written: the disk is full.' }],
};

function validatorOf(schema: string): (value: unknown) => string {
  const file = path.join(import.meta.dirname, '../../../media/schemas', schema);
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(file, 'utf8')) as object);
  return (value) => (validate(value) ? '' : JSON.stringify(validate.errors));
}

test('json is all of it, and fits the published schema', () => {
  const parsed = JSON.parse(renderPush('json', pushed)) as unknown;
  assert.deepEqual(parsed, structuredClone(pushed));
  assert.equal(validatorOf('push.json')(parsed), '');
});

test('the table says what was pushed and why, and where the registry differs', () => {
  const text = renderPush('table', pushed);
  for (const part of [
    'PUSHED  harbor.example.com/shop/web:1.4',
    `digest    sha256:${'d'.repeat(64)}`,
    String.raw`reason    a hot\u{1b}[2Jfix (ann@desk; kept in the evidence log)`,
    '! The evidence log could not be written',
    'Only there (30)',
    'CVE-2024-0 (no severity) in curl',
    'and 10 more; --format json has them all',
    'CVE-2023-1: medium here, Critical there',
  ])
    assert.ok(text.includes(part), `${part}\n${text}`);
});

test('what was not pushed says the way out', () => {
  const { override, registryScan, digest, ...rest } = pushed;
  assert.ok(override !== undefined && registryScan !== undefined && digest !== undefined);
  const text = renderPush('table', { ...rest, outcome: 'not-pushed', problems: [] });
  assert.match(text, /^BLOCKED[\s\S]*Nothing was pushed\. Make the fix above and build again, or say why/);
  assert.match(renderPush('table', { ...rest, outcome: 'dry-run', problems: [] }), /this was a dry run/);
  const unknown = { ...rest.decision, decision: 'unknown', provider: 'none', minimalFix: [] } as const;
  assert.match(renderPush('table', { ...rest, decision: unknown, outcome: 'not-pushed', problems: [] }), /Write a policy of your own/);
  // That a registry of no known kind tells no scans is no news.
  const silent = { ...comparison, status: 'unavailable', message: 'not known' } as const;
  assert.ok(!renderPush('table', { ...pushed, decision: unknown, registryScan: silent }).includes('not known:'));
});

test('the log fits its published schema', () => {
  const record = { at: '2026-11-01T09:00:00.000Z', by: 'ann@desk', reference: 'a/b:1', imageId: 'sha256:1', decision: 'block', provider: 'harbor' };
  const line = toEvidenceLine({ ...record, outcome: 'pushed', blocking: ['CVE-1'], reason: 'now', digest: 'sha256:2' }, EMPTY_LOG);
  const verifier = new LogVerifier();
  verifier.add(line);
  const entry = parseEvidenceLine(line) ?? assert.fail();
  const text = renderLog('json', { file: '/x', entries: [entry], verdict: verifier.finish(undefined) });
  assert.equal(validatorOf('evidence.json')(JSON.parse(text)), '');
});
