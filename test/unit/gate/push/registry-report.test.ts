import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { createHttpClient } from '../../../../src/foundation/io/http-client.ts';
import type { ScanComparison } from '../../../../src/foundation/model/push.ts';
import { compareWithRegistryReport } from '../../../../src/gate/push/registry-report.ts';
import { parseReference } from '../../../../src/registry/reference.ts';
import { startHarborServer, type HarborScan, type HarborServer } from '../../../support/harbor-server.ts';

const DIGEST = `sha256:${'c0'.repeat(32)}`;
/** A slash in the repository, and a project of digits alone: both need care. */
const REPOSITORY = 'web/front-end';

async function startWith(t: TestContext, scans: HarborScan[], project = 'team'): Promise<HarborServer> {
  const harbor = await startHarborServer({ users: { ann: 'secret' }, projects: { [project]: {} } });
  t.after(() => harbor.close());
  harbor.state.scans.set(`${project}/${REPOSITORY}@${DIGEST}`, scans);
  return harbor;
}

function compare(
  harbor: HarborServer,
  waitMs = 0,
  more: { readonly signal?: AbortSignal; readonly project?: string; readonly onWait?: () => void } = {},
): Promise<ScanComparison> {
  const reference = parseReference(`${harbor.host}/${more.project ?? 'team'}/${REPOSITORY}:1@${DIGEST}`);
  assert.ok(reference !== undefined);
  return compareWithRegistryReport({
    reference,
    ours: [{ id: 'CVE-2024-1', severity: 'high' }],
    waitMs,
    http: createHttpClient(),
    credentialFor: () => Promise.resolve({ kind: 'basic', username: 'ann', password: 'secret' }),
    now: new Date(),
    ...(more.signal === undefined ? {} : { signal: more.signal }),
    ...(more.onWait === undefined ? {} : { onWait: more.onWait }),
  });
}

const found = [
  { id: 'CVE-2024-1', package: 'zlib1g', version: '1.2', severity: 'Medium' },
  { id: 'CVE-2024-2', package: 'curl', version: '7', severity: 'Critical' },
];

test('a report is compared, in either of the kinds that Harbor has', async (t) => {
  for (const old of [false, true]) {
    const harbor = await startWith(t, [{ status: 'Success', vulnerabilities: found, old }], '123');
    const comparison = await compare(harbor, 0, { project: '123' });
    assert.equal(comparison.status, 'done', comparison.message);
    assert.deepEqual(comparison.scanner, { name: 'Trivy', version: 'v0.44.0' });
    assert.deepEqual(comparison.otherSeverity, [{ id: 'CVE-2024-1', ours: 'high', theirs: 'Medium' }]);
    assert.deepEqual(
      comparison.onlyTheirs.map(({ id }) => id),
      ['CVE-2024-2'],
    );
    assert.match(comparison.message, /1 more and 0 fewer than the scan here, and sees 1 in another severity/);
    assert.ok(harbor.state.requests.some(({ path }) => path.includes('/repositories/web%252Ffront-end/')));
  }
});

test('a clean report has null for its list', async (t) => {
  const harbor = await startWith(t, [{ status: 'Success', vulnerabilities: null }]);
  const { status, onlyOurs } = await compare(harbor);
  assert.deepEqual([status, onlyOurs.map(({ id }) => id)], ['done', ['CVE-2024-1']]);
});

test('a scan that is not done is waited for, one that nobody started and one that failed are told', async (t) => {
  const running = await startWith(t, [{}, { status: 'Running' }, { status: 'Success', vulnerabilities: found }]);
  let waits = 0;
  const comparison = await compare(running, 60_000, { onWait: () => (waits += 1) });
  assert.deepEqual([comparison.status, waits], ['done', 2]);
  assert.equal((await compare(await startWith(t, [{ status: 'Running' }]))).status, 'pending');
  assert.equal((await compare(await startWith(t, [{}]))).status, 'none');
  assert.equal((await compare(await startWith(t, [{ status: 'Error' }]), 60_000)).status, 'failed');
});

test('a registry that asks to come again later than we wait is not asked again', async (t) => {
  const harbor = await startWith(t, [{ status: 'Success', vulnerabilities: found }]);
  harbor.state.failures.set(`/api/v2.0/projects/team/repositories/web%252Ffront-end/artifacts/${encodeURIComponent(DIGEST)}`, {
    status: 429,
    headers: { 'retry-after': '120' },
  });
  assert.equal((await compare(harbor, 2000)).status, 'pending');
});

test('an error is unavailable with its reason, a cancellation is thrown', async (t) => {
  const harbor = await startWith(t, [{ status: 'Running' }]);
  const path = `/api/v2.0/projects/team/repositories/web%252Ffront-end/artifacts/${encodeURIComponent(DIGEST)}`;
  for (const [status, words] of [
    [401, /signed in/],
    [404, /does not know/],
    [500, /answered 500/],
  ] as const) {
    harbor.state.failures.set(path, { status });
    const comparison = await compare(harbor);
    assert.equal(comparison.status, 'unavailable');
    assert.match(comparison.message, words);
  }
  harbor.state.failures.set(path, { status: 200, body: '[' });
  assert.equal((await compare(harbor)).status, 'unavailable');
  harbor.state.failures.set(path, { status: 403 });
  harbor.state.failures.set(`${path}/additions/vulnerabilities`, { status: 403 });
  assert.match((await compare(harbor)).message, /artifact-addition:read/);
  for (const body of ['[', '[]', '{"a":1}', '{"a":{"vulnerabilities":1}}']) {
    harbor.state.failures.set(`${path}/additions/vulnerabilities`, { status: 200, body });
    assert.equal((await compare(harbor)).status, 'unavailable', body);
  }
  harbor.state.failures.clear();
  const controller = new AbortController();
  await assert.rejects(
    compare(harbor, 60_000, {
      signal: controller.signal,
      onWait: () => {
        controller.abort();
      },
    }),
    { name: 'AbortError' },
  );
});
