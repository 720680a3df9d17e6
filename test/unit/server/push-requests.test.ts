import assert from 'node:assert/strict';
import test from 'node:test';
import { CancellationToken, CancellationTokenSource, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { PushOrder } from '../../../src/engine/push-image.ts';
import type { Digest } from '../../../src/foundation/model/brand.ts';
import type { PolicyDecision } from '../../../src/foundation/model/policy.ts';
import type { PushResult, ScanComparison } from '../../../src/foundation/model/push.ts';
import { PushError } from '../../../src/gate/push/push-error.ts';
import { FAILURE_CODE, isFailureData, serverRequests } from '../../../src/protocol/server.ts';
import { sampleReport as report } from '../evidence/sample-report.ts';
import { fakeServices, Session } from './harness.ts';

const digest = `sha256:${'d'.repeat(64)}` as Digest;
const reference = 'harbor.example/team/app:1';
const decision: PolicyDecision = {
  schemaVersion: 1,
  reference,
  provider: 'harbor',
  policy: { enabled: true, severity: 'high', allowlist: [], raw: {} },
  decision: 'block',
  reason: 'it blocks',
  blocking: ['CVE-2024-1'],
  allowlisted: [],
  minimalFix: [],
  problems: [],
};
const result: PushResult = {
  schemaVersion: 1,
  outcome: 'pushed',
  reference,
  imageId: `sha256:${'1'.repeat(64)}`,
  decision,
  digest,
  override: { reason: 'now', by: 'ann@desk', at: '2026-11-01T10:00:00.000Z' },
  problems: [{ code: 'other', message: 'the log' }],
};
const comparison: ScanComparison = {
  schemaVersion: 1,
  reference,
  status: 'done',
  message: 'they differ',
  scanner: { name: 'Trivy' },
  agreed: 3,
  onlyTheirs: [{ id: 'CVE-2024-2', severity: 'High', packages: ['curl'] }],
  onlyOurs: [],
  otherSeverity: [{ id: 'CVE-2024-3', ours: 'low', theirs: 'High' }],
};

test('a push is handed on with its reason and the configuration of the project', async () => {
  const orders: PushOrder[] = [];
  const services = fakeServices({
    readConfiguration: () => Promise.resolve({ settings: {}, ignores: [], providerOf: { 'x.example': 'harbor' }, problems: [] }),
    pushImage: (order, hooks) => {
      orders.push(order);
      hooks?.onProgress?.({ fraction: 0.5, message: 'a layer' });
      assert.equal(hooks?.configuration?.providerOf['x.example'], 'harbor');
      return Promise.resolve(result);
    },
  });
  await using session = await Session.start({ services });
  const source = { reference: 'app:1', host: 'unix:///run/docker.sock' };
  const answer: unknown = await session.client.sendRequest('plimsoll/pushImage', {
    report,
    source,
    reference,
    reason: 'now',
    folderUri: 'file:///project',
  });
  assert.ok(serverRequests['plimsoll/pushImage'].isResult(answer));
  assert.deepEqual(answer, result);
  assert.deepEqual(orders, [{ report, source, target: reference, reason: 'now' }]);
});

test("a comparison waits as long as it is told, and is the registry's", async () => {
  const services = fakeServices({
    compareWithRegistry: (_, named, under, hooks) => {
      assert.deepEqual([named, under, hooks?.waitMs], [reference, digest, 5000]);
      return Promise.resolve(comparison);
    },
  });
  await using session = await Session.start({ services });
  const answer: unknown = await session.client.sendRequest('plimsoll/compareScans', { report, reference, digest, waitMs: 5000 });
  assert.ok(serverRequests['plimsoll/compareScans'].isResult(answer));
  assert.deepEqual(answer, comparison);
});

test('parameters that make no sense are refused, failures keep their words and code', async () => {
  const services = fakeServices({ pushImage: () => Promise.reject(new PushError('moved', 'it is another image')) });
  await using session = await Session.start({ services });
  const failureOf = async (method: string, params: unknown): Promise<ResponseError<unknown>> => {
    try {
      await session.client.sendRequest(method, params);
    } catch (error) {
      assert.ok(error instanceof ResponseError);
      return error;
    }
    return assert.fail('it was to fail');
  };
  const source = { reference: 'app:1' };
  for (const params of [
    { report, reference },
    { report, source: {}, reference },
    { report, source, reference, reason: 1 },
    { source, reference },
  ])
    assert.equal((await failureOf('plimsoll/pushImage', params)).code, ErrorCodes.InvalidParams);
  for (const params of [
    { report, reference, digest: 'sha256:1', waitMs: 0 },
    { report, reference, digest, waitMs: -1 },
  ])
    assert.equal((await failureOf('plimsoll/compareScans', params)).code, ErrorCodes.InvalidParams);
  const failed = await failureOf('plimsoll/pushImage', { report, source, reference });
  assert.deepEqual([failed.code, failed.message], [FAILURE_CODE, 'it is another image']);
  assert.ok(isFailureData(failed.data) && failed.data.code === 'moved');
});

test('who cancels a push is answered at once', async () => {
  const cancellation = new CancellationTokenSource();
  let signal: AbortSignal | undefined;
  const services = fakeServices({
    pushImage: (_, hooks) => {
      signal = hooks?.signal;
      cancellation.cancel();
      return new Promise(() => undefined);
    },
  });
  await using session = await Session.start({ services });
  const asked = session.client.sendRequest('plimsoll/pushImage', { report, source: { reference: 'app:1' }, reference }, cancellation.token);
  await assert.rejects(asked, (error) => error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled);
  assert.equal(signal?.aborted, true);
  assert.notEqual(cancellation.token, CancellationToken.None);
});
