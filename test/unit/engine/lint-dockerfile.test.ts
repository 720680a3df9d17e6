import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixDockerfile, lintDockerfile, type LintSettings } from '../../../src/engine/lint-dockerfile.ts';

const ids = (text: string, settings: LintSettings): readonly string[] => lintDockerfile(text, settings).diagnostics.map(({ ruleId }) => ruleId);

test('the policy reaches the rules that ask for it', () => {
  const text = 'FROM quay.io/a/b:1\nRUN apt-get install -y telnetd=1\n';
  const policy = { trustedRegistries: ['registry.example'], deniedPackages: ['telnetd'] };
  const asked = (settings: LintSettings): readonly string[] => ids(text, settings).filter((id) => id === 'PL1004' || id === 'PL1009');
  assert.deepEqual(asked({}), []);
  assert.deepEqual(asked({ policy }), ['PL1004', 'PL1009']);
  assert.deepEqual(asked({ policy, rules: { PL1004: 'off' } }), ['PL1009']);
});

test('a release ends on the day that is asked about', () => {
  const on = (today: string): boolean => ids('FROM debian:12\n', { today }).includes('PL1005');
  assert.deepEqual([on('2028-06-30'), on('2028-07-01')], [false, true]);
  assert.ok(ids('FROM debian:8\n', {}).includes('PL1005'), 'today, when no day is given');
});

test('safe fixes go by the settings', () => {
  const text = 'FROM a:1\nRUN curl -k https://example.com/a -o /a\n';
  assert.match(fixDockerfile(text), /curl https/);
  assert.match(fixDockerfile(text, { rules: { 'curl-insecure': 'off' } }), /curl -k https/);
});
