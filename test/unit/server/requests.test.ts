import assert from 'node:assert/strict';
import test from 'node:test';
import { CancellationToken, CancellationTokenSource, ErrorCodes, LSPErrorCodes, ResponseError, WorkDoneProgress } from 'vscode-languageserver/node';
import type { WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport } from 'vscode-languageserver/node';
import type { ImageInput, ScanOptions } from '../../../src/engine/engine.ts';
import type { Finding } from '../../../src/foundation/model/finding.ts';
import type { PolicyDecision } from '../../../src/foundation/model/policy.ts';
import type { ScanReport } from '../../../src/foundation/model/report.ts';
import { FAILURE_CODE, isFailureData, serverRequests } from '../../../src/protocol/server.ts';
import type { ServerMethod, ServerRequests } from '../../../src/protocol/server.ts';
import { fakeServices, Session } from './harness.ts';

const report: ScanReport = {
  schemaVersion: 1,
  image: {
    reference: 'registry.example:5000/team/app:1.0',
    platform: { os: 'linux', architecture: 'amd64' },
    config: { env: [], entrypoint: [], cmd: [], exposedPorts: [], volumes: [], labels: {}, history: [{ createdBy: 'RUN x', emptyLayer: false }] },
    layers: [],
  },
  packages: [],
  findings: [
    {
      id: 'CVE-2024-0001',
      category: 'os-vulnerability',
      severity: 'high',
      title: 'a flaw',
      references: [],
      location: { layer: 0 },
      remediation: [{ kind: 'command', text: 'apt-get install x=2' }],
      compliance: [],
    },
  ],
  advisories: { source: 'starter set', builtAt: '2026-01-01T00:00:00Z', full: false },
  problems: [],
  status: 'complete',
  timings: {},
};

/** The error class of a part of the engine: a closed code and a message for the user. */
class WorldError extends Error {
  readonly code = 'no-engine';
}

async function ask<M extends ServerMethod>(
  session: Session,
  method: M,
  params: ServerRequests[M]['params'],
  token: CancellationToken = CancellationToken.None,
): Promise<ServerRequests[M]['result']> {
  const result: unknown = await session.client.sendRequest(method, params, token);
  assert.ok(serverRequests[method].isResult(result), `${method} answers what its guard accepts`);
  return result;
}

async function failureOf(answer: Promise<unknown>): Promise<ResponseError<unknown>> {
  try {
    await answer;
  } catch (error) {
    assert.ok(error instanceof ResponseError);
    return error;
  }
  return assert.fail('the request was to fail');
}

test('a scan reports its progress and answers with the report', async () => {
  const seen: unknown[] = [];
  const services = fakeServices({
    scanImage: (input: ImageInput, options: ScanOptions, { onProgress }) => {
      seen.push(input, options);
      onProgress?.({ message: 'Opening' });
      onProgress?.({ fraction: 0.251, message: 'Layer 1 of 4' });
      onProgress?.({ fraction: 0.252, message: 'Layer 1 of 4' });
      return Promise.resolve(report);
    },
  });
  await using session = await Session.start({ services });
  const progress: (WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd)[] = [];
  session.client.onProgress(WorkDoneProgress.type, 'token-1', (value) => {
    progress.push(value);
  });
  await session.open('file:///project/Dockerfile', 'FROM a:1\n');
  const answer = await ask(session, 'plimsoll/scanImage', {
    input: { kind: 'engine', reference: 'app:1.0' },
    dockerfileUri: 'file:///project/Dockerfile',
    workDoneToken: 'token-1',
  });
  assert.deepEqual(answer, report);
  assert.deepEqual(seen, [
    { kind: 'engine', reference: 'app:1.0' },
    { dockerfile: 'FROM a:1\n', exceptions: await services.readExceptions('') },
  ]);
  assert.deepEqual(
    progress.map((value) => [value.kind, 'message' in value ? value.message : undefined, 'percentage' in value ? value.percentage : undefined]),
    [
      ['begin', undefined, undefined],
      ['report', 'Opening', undefined],
      ['report', 'Layer 1 of 4', 25],
      ['end', undefined, undefined],
    ],
  );
});

test('a cancelled request is answered at once, and the work is told', async () => {
  const { promise: aborted, resolve: tellAborted } = Promise.withResolvers<true>();
  const { promise: started, resolve: tellStarted } = Promise.withResolvers<true>();
  const services = fakeServices({
    scanImage: (_input, _options, { signal }) => {
      signal?.addEventListener('abort', () => {
        tellAborted(true);
      });
      tellStarted(true);
      return new Promise<never>(() => undefined);
    },
  });
  await using session = await Session.start({ services });
  const source = new CancellationTokenSource();
  const answer = failureOf(ask(session, 'plimsoll/scanImage', { input: { kind: 'path', path: '/images/app.tar' } }, source.token));
  await started;
  source.cancel();
  assert.equal((await answer).code, LSPErrorCodes.RequestCancelled);
  assert.ok(await aborted);
  assert.deepEqual(
    session.log.filter((line) => line.includes('failed')),
    [],
  );
});

test('shutdown ends what still runs', async () => {
  const { promise: started, resolve: tellStarted } = Promise.withResolvers<AbortSignal>();
  const services = fakeServices({
    scanImage: (_input, _options, { signal }) => {
      assert.ok(signal);
      tellStarted(signal);
      return new Promise<never>(() => undefined);
    },
  });
  let signal: AbortSignal;
  let answer: Promise<ResponseError<unknown>>;
  {
    await using session = await Session.start({ services });
    answer = failureOf(ask(session, 'plimsoll/scanImage', { input: { kind: 'path', path: '/images/app.tar' } }));
    signal = await started;
  }
  assert.equal(signal.aborted, true);
  await answer;
});

test('a failure of the world crosses with its own words and code, and is logged without a stack', async () => {
  const services = fakeServices({ scanImage: () => Promise.reject(new WorldError('no container engine answers; start one or choose a file')) });
  await using session = await Session.start({ services });
  const error = await failureOf(ask(session, 'plimsoll/scanImage', { input: { kind: 'engine', reference: 'app' } }));
  assert.equal(error.code, FAILURE_CODE);
  assert.equal(error.message, 'no container engine answers; start one or choose a file');
  assert.ok(isFailureData(error.data) && error.data.code === 'no-engine');
  const logged = await session.until(() => session.log.find((line) => line.includes('scanImage failed')));
  assert.doesNotMatch(logged, /\n/);
});

test('a bug is said to be one, and its stack is in the log only', async () => {
  const services = fakeServices({
    scanImage: () => {
      throw new TypeError('x is undefined');
    },
  });
  await using session = await Session.start({ services });
  const error = await failureOf(ask(session, 'plimsoll/scanImage', { input: { kind: 'engine', reference: 'app' } }));
  assert.equal(error.code, ErrorCodes.InternalError);
  assert.doesNotMatch(error.message, /\n|requests\.test/);
  assert.match(await session.until(() => session.log.find((line) => line.includes('x is undefined'))), /requests\.test/);
});

test('malformed parameters are refused before any work', async () => {
  await using session = await Session.start({ services: fakeServices({ scanImage: () => assert.fail('must not run') }) });
  for (const params of [
    undefined,
    {},
    { input: { kind: 'engine' } },
    { input: { kind: 'registry', reference: 'a' } },
    { input: { kind: 'path', path: 7 } },
  ]) {
    const error = await failureOf(session.client.sendRequest('plimsoll/scanImage', params));
    assert.equal(error.code, ErrorCodes.InvalidParams);
  }
  const noFindings = { ...report, findings: undefined };
  assert.equal(
    (await failureOf(session.client.sendRequest('plimsoll/checkPush', { report: noFindings, reference: 'a' }))).code,
    ErrorCodes.InvalidParams,
  );
});

test('policy check, image list, advisories and export pass through', async () => {
  const decision: PolicyDecision = {
    schemaVersion: 1,
    reference: 'registry.example:5000/team/app:1.0',
    provider: 'harbor',
    policy: { enabled: true, severity: 'high', allowlist: [{ id: 'CVE-2024-0002' }], raw: { prevent_vul: 'true' } },
    decision: 'block',
    reason: 'one vulnerability at or above high',
    blocking: ['CVE-2024-0001'],
    allowlisted: [],
    minimalFix: [{ removes: ['CVE-2024-0001'] }],
    problems: [],
  };
  const status = { source: 'starter set', builtAt: '2026-01-01T00:00:00Z', full: false, file: '/x/advisories.db', ageDays: 3 };
  const images = {
    images: [{ reference: 'app:1.0', id: 'sha256:1', sizeBytes: 5, host: 'unix:///var/run/docker.sock' }],
    tried: [{ address: 'unix:///run/podman.sock', error: 'no such file' }],
  };
  await using session = await Session.start({
    services: fakeServices({
      checkPush: (given, reference) => Promise.resolve({ ...decision, reference, reason: `${given.findings.length} finding` }),
      listLocalImages: () => Promise.resolve(images),
      advisoriesStatus: () => Promise.resolve(status),
      updateAdvisories: () => Promise.resolve({ ...status, full: true, changed: true, problems: [] }),
      renderReport: (given, format) => Promise.resolve(`${format} ${given.findings.length}`),
    }),
  });
  assert.deepEqual(await ask(session, 'plimsoll/checkPush', { report, reference: 'registry.example:5000/team/app:2' }), {
    ...decision,
    reference: 'registry.example:5000/team/app:2',
    reason: '1 finding',
  });
  assert.deepEqual(await ask(session, 'plimsoll/listImages', {}), images);
  assert.deepEqual(await ask(session, 'plimsoll/advisoriesStatus', {}), status);
  assert.equal((await ask(session, 'plimsoll/updateAdvisories', {})).full, true);
  assert.deepEqual(await ask(session, 'plimsoll/exportReport', { report, format: 'sarif' }), { text: 'sarif 1' });
});

test('a suppression is made for the document as it is now, or not at all', async () => {
  await using session = await Session.start();
  const uri = 'untitled:Dockerfile';
  await session.open(uri, 'FROM a:1\nRUN curl --insecure https://a.example\n');
  const range = { start: { line: 1, character: 8 }, end: { line: 1, character: 19 } };
  const target = { uri, ruleId: 'PL9001', range, reason: 'test server' };
  const { edit } = await ask(session, 'plimsoll/suppress', target);
  assert.equal(edit?.newText, '# plimsoll ignore=PL9001 test server\n');
  await session.change(uri, 2, { text: 'FROM a:1\n' });
  assert.deepEqual(await ask(session, 'plimsoll/suppress', target), { edit: null });
  assert.deepEqual(await ask(session, 'plimsoll/suppress', { ...target, uri: 'untitled:Other' }), { edit: null });
});

test('what a scan found is shown on the instruction that brought it in, moves with it, and goes when it changes', async () => {
  const uri = 'file:///project/Dockerfile';
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 10 } };
  const [finding] = report.findings;
  assert.ok(finding);
  const findings = ['low', 'critical'].map(
    (severity, i) => ({ ...finding, id: `CVE-2024-000${i}`, severity, location: { dockerfileRange: range } }) as Finding,
  );
  await using session = await Session.start({
    services: fakeServices({ scanImage: () => Promise.resolve({ ...report, findings: [finding, ...findings] }) }),
  });
  await session.open(uri, 'FROM a:1\nRUN make a\nRUN make b\n');
  await session.diagnostics(uri);
  await ask(session, 'plimsoll/scanImage', { input: { kind: 'engine', reference: 'app' }, dockerfileUri: uri });
  const { diagnostics } = await session.diagnostics(uri, (published) => published.diagnostics.length > 0);
  assert.deepEqual(diagnostics, [
    {
      source: 'plimsoll scan',
      severity: 3,
      message: '2 findings of registry.example:5000/team/app:1.0 came in here, critical the worst: CVE-2024-0001, CVE-2024-0000',
      range,
    },
  ]);
  await session.change(uri, 2, { text: 'FROM a:1\n\nRUN make a\n' });
  const moved = await session.diagnostics(uri, ({ version }) => version === 2);
  assert.equal(moved.diagnostics[0]?.range.start.line, 2);
  await session.change(uri, 3, { text: 'FROM a:1\n\nRUN make A\n' });
  assert.deepEqual((await session.diagnostics(uri, ({ version }) => version === 3)).diagnostics, []);
  await session.change(uri, 4, { text: 'FROM a:1\nRUN make a\nRUN make a\n' });
  assert.deepEqual((await session.diagnostics(uri, ({ version }) => version === 4)).diagnostics, []);
});
