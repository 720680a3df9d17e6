import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckHooks } from '../../../src/engine/check-push.ts';
import type { Cloud, CloudKey } from '../../../src/foundation/model/cloud-key.ts';
import type { PolicyDecision } from '../../../src/foundation/model/policy.ts';
import { fakeServices, Session } from './harness.ts';
import { sampleReport } from '../../support/sample-report.ts';

const KEY: CloudKey = { kind: 'key-pair', id: 'AKIDexample', secret: 'kept-by-the-client' };
const decision: PolicyDecision = {
  schemaVersion: 1,
  reference: 'r/n/a:1',
  provider: 'tcr',
  policy: { enabled: false, severity: '', allowlist: [], raw: {} },
  decision: 'allow',
  reason: '',
  blocking: [],
  allowlisted: [],
  minimalFix: [],
  problems: [],
};

/** Returns which key a policy check finds, where the client answers `answer`. */
async function keyFound(answer: unknown, keepsCloudKeys = true): Promise<CloudKey | undefined> {
  let found: CloudKey | undefined;
  const services = fakeServices({
    checkPush: async (_report, _reference, { cloudKeyFor }) => {
      found = await cloudKeyFor?.('tencent');
      return decision;
    },
  });
  await using session = await Session.start({ services, initializationOptions: { keepsCloudKeys } });
  const asked: Cloud[] = [];
  session.client.onRequest('plimsoll/cloudKey', ({ cloud }: { cloud: Cloud }) => {
    asked.push(cloud);
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const result = await session.client.sendRequest('plimsoll/checkPush', { report: sampleReport(1), reference: 'r/n/a:1' });
  assert.deepEqual(asked, keepsCloudKeys ? ['tencent'] : []);
  assert.doesNotMatch(JSON.stringify([result, session.log]), /kept-by-the-client/);
  return found;
}

test('a key that the client keeps is asked for, by the cloud that needs it', async () => {
  assert.deepEqual(await keyFound(KEY), KEY);
  assert.deepEqual(await keyFound({ kind: 'token', token: 't', url: 'https://example.jfrog.io' }), {
    kind: 'token',
    token: 't',
    url: 'https://example.jfrog.io',
  });
});

test('a client that keeps none, does not say that it does, fails or answers nonsense has none', async () => {
  assert.equal(await keyFound(null), undefined);
  assert.equal(await keyFound(KEY, false), undefined);
  assert.equal(await keyFound(new Error('locked')), undefined);
  assert.equal(await keyFound({ kind: 'key-pair', id: 'AKIDexample' }), undefined);
});

test('a push goes by what the check before it was told, and every check asks anew', async () => {
  const memories: CheckHooks['memory'][] = [];
  let reads = 0;
  const recall = async (memory: CheckHooks['memory']) => {
    memories.push(memory);
    const read = () => {
      reads += 1;
      return Promise.resolve({ unread: decision });
    };
    await memory?.recall('key', new Date(0), read, () => true);
  };
  const services = fakeServices({
    checkPush: async (_report, _reference, { memory }) => {
      await recall(memory);
      return decision;
    },
    pushImage: async (_input, hooks) => {
      await recall(hooks?.memory);
      throw new Error('not part of this test');
    },
  });
  await using session = await Session.start({ services });
  const report = sampleReport(1);
  const check = () => session.client.sendRequest('plimsoll/checkPush', { report, reference: 'r/n/a:1' });
  const push = () =>
    session.client
      .sendRequest('plimsoll/pushImage', { report, source: { kind: 'engine', reference: 'a:1' }, reference: 'r/n/a:1' })
      .catch(() => undefined);
  await check();
  await push();
  assert.equal(reads, 1);
  await check();
  assert.equal(reads, 2);
  await session.client.sendNotification('plimsoll/cloudKeysChanged', {});
  await push();
  assert.equal(reads, 3);
  assert.equal(new Set(memories).size, 1);
});
