import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { cloudAskingForKey } from '../../../src/extension/cloud-of-decision.ts';
import type { PolicyDecision } from '../../../src/foundation/model/policy.ts';

const unread: PolicyDecision = {
  schemaVersion: 1,
  reference: 'harbour.tencentcloudcr.com/team/app:1',
  provider: 'tcr',
  policy: { enabled: false, severity: '', allowlist: [], raw: null },
  decision: 'unknown',
  reason: 'a key is needed',
  blocking: [],
  allowlisted: [],
  minimalFix: [],
  problems: [{ code: 'permission', message: 'a key is needed' }],
};

test('a key is offered where it is what is missing', () => {
  assert.equal(cloudAskingForKey(unread), 'tencent');
  assert.equal(cloudAskingForKey({ ...unread, provider: 'harbor' }), undefined, 'docker signs in there');
  assert.equal(cloudAskingForKey({ ...unread, problems: [{ code: 'network', message: 'no route' }] }), undefined);
  assert.equal(cloudAskingForKey({ ...unread, decision: 'block' }), undefined);
});

test('every provider but those that are asked with what docker is signed in with has its cloud', () => {
  const providers = globSync('*.ts', { cwd: path.join(import.meta.dirname, '../../../src/gate/providers') }).map((file) =>
    path.basename(file, '.ts'),
  );
  const without = providers.filter((provider) => cloudAskingForKey({ ...unread, provider }) === undefined);
  assert.deepEqual(without, ['harbor']);
});
