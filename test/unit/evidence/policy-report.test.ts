import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { renderPolicy } from '../../../src/evidence/policy-report.ts';
import type { PolicyDecision } from '../../../src/foundation/model/policy.ts';

const decision: PolicyDecision = {
  schemaVersion: 1,
  reference: 'harbor.example.com/shop/web:1.4',
  provider: 'harbor',
  policy: { enabled: true, severity: 'high', allowlist: [{ id: 'CVE-2020-1', expires: '2027-01-01T00:00:00Z' }], raw: { prevent_vul: 'true' } },
  decision: 'block',
  reason: '2 vulnerabilities are at or above the threshold high.',
  blocking: ['CVE-2023-0286', 'CVE-2024-5535'],
  allowlisted: ['CVE-2020-1'],
  minimalFix: [
    {
      package: 'libssl3',
      from: '3.0.11',
      to: '3.0.15',
      removes: ['CVE-2023-0286', 'CVE-2024-5535'],
      command: 'apt-get install -y --only-upgrade libssl3',
    },
  ],
  problems: [{ code: 'permission', message: 'The allowlist of the system could not be read.' }],
};
const validate = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../../../media/schemas/policy.json'), 'utf8')) as object,
);

test('json is the decision itself, and fits the published schema', () => {
  const parsed = JSON.parse(renderPolicy('json', decision)) as unknown;
  assert.deepEqual(parsed, structuredClone(decision));
  assert.ok(validate(parsed), JSON.stringify(validate.errors));
});

test('the table says what, why, and the way out', () => {
  const text = renderPolicy('table', decision);
  for (const part of [
    'BLOCKED  harbor.example.com/shop/web:1.4',
    'on, threshold high',
    'CVE-2020-1 until 2027-01-01',
    'Blocking (2)',
    'libssl3 3.0.11 → 3.0.15',
    'fix: apt-get install',
    '! The allowlist of the system',
  ])
    assert.ok(text.includes(part), part);
});

test('unknown is said to be unknown', () => {
  const text = renderPolicy('table', {
    ...decision,
    decision: 'unknown',
    policy: { enabled: false, severity: '', allowlist: [], raw: undefined },
    blocking: [],
    allowlisted: [],
    minimalFix: [],
  });
  assert.match(text, /^NOT KNOWN/);
  assert.match(text, /blocking {7}not known/);
  assert.ok(!/MAY LEAVE|off/.test(text));
});

test('a hostile registry reaches the terminal as text', () => {
  const nasty = '\u001b]0;x\u0007\u202e\n';
  const text = renderPolicy('table', {
    ...decision,
    reason: nasty,
    reference: nasty,
    provider: nasty,
    blocking: [nasty],
    policy: { ...decision.policy, severity: nasty },
    minimalFix: [{ removes: [nasty], command: nasty, package: nasty }],
    problems: [{ code: 'other', message: nasty }],
  });
  assert.ok(!/[\u001b\u0007\u202e]/.test(text));
});

test('a policy that was asked for by itself is not headed as a decision about an image', () => {
  const shown = renderPolicy(
    'table',
    { ...decision, decision: 'unknown', reason: 'No image was given.', blocking: [], minimalFix: [] },
    { policyOnly: true },
  );
  assert.match(shown, /^POLICY {2}harbor\.example\.com.*\n {2}registry kind {2}harbor\n {2}blocking {7}on, threshold high\n/);
  assert.doesNotMatch(shown, /NOT KNOWN|No image was given/);
  const open = renderPolicy('table', { ...decision, decision: 'allow', reason: 'It blocks nothing.' }, { policyOnly: true });
  assert.match(open, /^POLICY .*\nIt blocks nothing\.\n/);
});
