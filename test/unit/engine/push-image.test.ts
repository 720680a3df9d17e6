import assert from 'node:assert/strict';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { checkPush } from '../../../src/engine/check-push.ts';
import { readEvidence } from '../../../src/engine/evidence-log.ts';
import { isPushTarget, pushImage, type PushHooks, type PushOrder } from '../../../src/engine/push-image.ts';
import type { EvidenceEntry } from '../../../src/evidence/log/evidence-entry.ts';
import { renderPush } from '../../../src/evidence/push-report.ts';
import type { PushResult } from '../../../src/foundation/model/push.ts';
import { PushError } from '../../../src/gate/push/push-error.ts';
import { PUSHED_DIGEST, startEngineServer, type EngineState, type FakeImage } from '../../support/engine-server.ts';
import { startHarborServer, type HarborServer } from '../../support/harbor-server.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { waitFor } from '../../support/wait.ts';
import { sampleReport } from '../evidence/sample-report.ts';

const layers = sampleReport.image.layers.map(({ diffId }) => diffId);
const image: FakeImage = { id: `sha256:${'1'.repeat(64)}`, layers };
const other: FakeImage = { id: `sha256:${'2'.repeat(64)}`, layers: [...layers, `sha256:${'c'.repeat(64)}`] };
const clean = { ...sampleReport, findings: [] };

interface Stage {
  readonly state: EngineState;
  readonly registry: string;
  readonly harbor: HarborServer;
  readonly push: (order?: Partial<PushOrder>, hooks?: PushHooks) => Promise<PushResult>;
  readonly log: () => Promise<readonly EvidenceEntry[]>;
  readonly logFile: string;
}

/** A Harbor whose project blocks from high on, and an engine with one image for it. */
async function setStage(t: TestContext): Promise<Stage> {
  const metadata = { public: 'true', prevent_vul: 'true', severity: 'high', auto_scan: 'true', reuse_sys_cve_allowlist: 'false' };
  const harbor = await startHarborServer({ projects: { team: { metadata } } });
  t.after(() => harbor.close());
  const reference = `${harbor.host}/team/app:1`;
  const { host, state } = await startEngineServer(t, { [reference]: image, 'other:1': other });
  const logFile = path.join(temporaryDirectory(t), 'evidence.jsonl');
  return {
    state,
    registry: harbor.host,
    harbor,
    logFile,
    push: (order = {}, hooks = {}) => pushImage({ report: clean, source: { reference, host }, ...order }, { logFile, ...hooks }),
    log: async () => (await readEvidence(logFile)).entries,
  };
}

const pushes = ({ requests }: EngineState): number => requests.filter(({ path: asked }) => asked.includes('/push')).length;

test('what is allowed is pushed, and a line says so', async (t) => {
  const { push, state, log, registry } = await setStage(t);
  const seen: string[] = [];
  state.push = [{ status: 'Pushed', id: 'abc' }, { aux: { Digest: PUSHED_DIGEST } }];
  const result = await push({}, { onProgress: ({ message }) => seen.push(message), onDecision: ({ decision }) => seen.push(decision) });
  assert.deepEqual([result.outcome, result.digest, result.decision.decision, result.problems], ['pushed', PUSHED_DIGEST, 'allow', []]);
  assert.ok(seen.indexOf('allow') < seen.findIndex((text) => text.includes('abc: pushed')));
  const asked = state.requests.find(({ path: text }) => text.includes('/push'));
  assert.equal(asked?.path, `/v1.48/images/${encodeURIComponent(registry)}/team/app/push?tag=1`);
  assert.equal(asked.auth, 'e30=');
  const [entry, ...more] = await log();
  assert.deepEqual([entry?.outcome, entry?.digest, entry?.provider, more], ['pushed', PUSHED_DIGEST, 'harbor', []]);
});

test('what is blocked stays here, unless a reason is given, which is kept before and after', async (t) => {
  const { push, state, log } = await setStage(t);
  assert.equal((await push({ report: sampleReport, reason: '\u200b\u2060' })).outcome, 'not-pushed');
  const refused = await push({ report: sampleReport, reason: '  \n' });
  assert.deepEqual([refused.outcome, refused.decision.decision, pushes(state)], ['not-pushed', 'block', 0]);
  assert.match(renderPush('table', refused), /BLOCKED[\s\S]*Nothing was pushed\.[\s\S]*--reason/);

  let before = -1;
  state.onPush = () => {
    void log().then(({ length }) => (before = length));
  };
  const forced = await push({ report: sampleReport, reason: ' the fix is not released yet ' });
  assert.equal(forced.outcome, 'pushed');
  assert.equal(forced.override?.reason, 'the fix is not released yet');
  await waitFor('the log to be read', () => before >= 0);
  assert.ok(before >= 3, 'the reason was kept before anything was pushed');
  const entries = await log();
  assert.deepEqual(
    entries.map(({ outcome, reason }) => [outcome, reason]),
    [
      ['not-pushed', undefined],
      ['not-pushed', undefined],
      ['started', 'the fix is not released yet'],
      ['pushed', 'the fix is not released yet'],
    ],
  );
  assert.deepEqual(entries[3]?.blocking, refused.decision.blocking);
  assert.ok(refused.decision.blocking.length > 0);
});

test('a decision that is not known is no allowance', async (t) => {
  const { push, state } = await setStage(t);
  const { host } = await startEngineServer(t, { '127.0.0.1:1/team/app:1': image });
  const result = await push({ source: { reference: '127.0.0.1:1/team/app:1', host } });
  assert.deepEqual([result.outcome, result.decision.decision, pushes(state)], ['not-pushed', 'unknown', 0]);
});

test('what is to be said before a push is said, to whom asks for it', async (t) => {
  const { push, state, log, registry, harbor } = await setStage(t);
  harbor.state.blocked.add('team/app:1');
  const held = await push({ heedProblems: true });
  assert.deepEqual([held.outcome, held.decision.decision, pushes(state), await log()], ['not-pushed', 'allow', 0, []]);
  assert.match(held.decision.problems[0]?.message ?? '', new RegExp(`${registry}/team/app:1 is blocked on the registry as it is there now`));
  assert.equal((await push()).outcome, 'pushed');
  harbor.state.blocked.clear();
  assert.equal((await push({ heedProblems: true })).outcome, 'pushed');
});

test('a dry run decides and leaves nothing behind', async (t) => {
  const { push, state, log } = await setStage(t);
  const result = await push({ dryRun: true });
  assert.deepEqual([result.outcome, result.decision.decision, pushes(state), await log()], ['dry-run', 'allow', 0, []]);
});

test('only the image that was scanned is pushed', async (t) => {
  const { push, state, registry, log } = await setStage(t);
  const name = `${registry}/team/app:1`;
  const isMoved = (error: unknown): boolean => error instanceof PushError && error.code === 'moved';

  state.images.set(name, other);
  await assert.rejects(push(), isMoved);
  state.images.set(name, { ...image, created: '2026-02-02T00:00:00Z' });
  const created = { ...clean, image: { ...clean.image, config: { ...clean.image.config, created: '2026-01-01T00:00:00Z' } } };
  await assert.rejects(push({ report: created }), isMoved);
  assert.equal(pushes(state), 0);

  // Somebody is quicker while the registry is asked: their image is not pushed, and keeps the name.
  state.images.set(name, image);
  await assert.rejects(push({}, { onDecision: () => state.images.set(name, other) }), isMoved);
  assert.deepEqual([pushes(state), state.images.get(name)], [0, other]);

  state.images.set(name, image);
  state.onPush = () => state.images.set(name, other);
  const result = await push();
  assert.match(result.problems[0]?.message ?? '', /was given to another image while it was pushed/);
  assert.equal((await log()).at(-1)?.outcome, 'pushed');
});

test('an engine that does not tell what is in an image is not believed to have the one that was scanned', async (t) => {
  const { push, state, registry } = await setStage(t);
  state.images.set(`${registry}/team/app:1`, { ...image, layers: [] });
  await assert.rejects(push(), (error) => error instanceof PushError && error.code === 'moved');
  assert.equal(pushes(state), 0);
});

test('an engine that cannot say for how many platforms an image is pushes nothing', async (t) => {
  const { push, state } = await setStage(t);
  state.failsManifests = true;
  await assert.rejects(push(), (error) => error instanceof PushError && error.code === 'broken');
  assert.equal(pushes(state), 0);
});

test('another name is given by the engine first', async (t) => {
  const { push, state, registry } = await setStage(t);
  const result = await push({ target: `${registry}/team/web` });
  assert.equal(result.reference, `${registry}/team/web:latest`);
  assert.equal(state.images.get(`${registry}/team/web:latest`), image);
  for (const target of ['registry.example/Upper/case', `${registry}/team/web@${PUSHED_DIGEST}`, '']) {
    assert.equal(isPushTarget(target), false);
    await assert.rejects(push({ target }), (error) => error instanceof PushError && error.code === 'not-a-reference');
  }
});

test('an id says nothing of where to push', async (t) => {
  const { push, state, registry } = await setStage(t);
  const { host } = await startEngineServer(t, { [`${registry}/team/app:1`]: image });
  await assert.rejects(
    push({ source: { reference: image.id, host } }),
    (error) => error instanceof PushError && error.code === 'not-a-reference' && /--as/.test(error.message),
  );
  assert.equal(pushes(state), 0);
});

test('of an image for several platforms only the one that was scanned', async (t) => {
  const { push, state, registry } = await setStage(t);
  state.images.set(`${registry}/team/app:1`, { ...image, platforms: ['linux/amd64', 'linux/arm64'] });
  await assert.rejects(push(), (error) => error instanceof PushError && error.code === 'several-platforms' && error.message.includes('linux/arm64'));
  await push({ platform: { os: 'linux', architecture: 'amd64' } });
  const asked = new URL(state.requests.findLast(({ path: text }) => text.includes('/push'))?.path ?? '', 'http://x');
  assert.deepEqual(JSON.parse(asked.searchParams.get('platform') ?? ''), { os: 'linux', architecture: 'amd64' });

  // One that is too old to tell is known by what it exported.
  state.apiVersion = '1.45';
  const one = { ...clean, image: { ...clean.image, otherPlatforms: [{ os: 'linux', architecture: 'arm64' }] } };
  await assert.rejects(push({ report: one }), (error) => error instanceof PushError && error.code === 'several-platforms');

  // An old engine keeps one platform, and cannot be told which.
  state.apiVersion = '1.41';
  state.images.set(`${registry}/team/app:1`, image);
  await assert.rejects(
    push({ platform: { os: 'linux', architecture: 'arm64' } }),
    (error) => error instanceof PushError && error.code === 'several-platforms',
  );
  await push({ platform: { os: 'linux', architecture: 'amd64' } });
  assert.ok(!(state.requests.findLast(({ path: text }) => text.includes('/push'))?.path ?? '').includes('platform'));
});

test('what engine and registry refuse is told with the next step, and is in the log', async (t) => {
  const { push, state, log } = await setStage(t);
  const cases: readonly (readonly [EngineState['push'], PushError['code'], RegExp])[] = [
    [[{ errorDetail: { message: 'unauthorized: authentication required' } }], 'unauthenticated', /docker login/],
    [[{ errorDetail: { message: 'denied: requested access to the resource is denied' } }], 'unauthenticated', /docker login/],
    [[{ error: 'unknown: current image with 3 vulnerabilities cannot be pulled due to configured policy' }], 'blocked', /new tag/],
    [[{ error: 'An image does not exist locally with the tag: x' }], 'not-found', /Build or tag/],
    [{ status: 404, body: { cause: 'image not known', message: 'failed to find image x', response: 404 } }, 'refused', /failed to find image/],
    [{ status: 400, body: { message: 'client version 1.99 is too new. Maximum supported API version is 1.41' } }, 'refused', /too new/],
    [{ status: 500, body: 'nonsense' }, 'refused', /HTTP status 500/],
    [[{ error: 'Get "https://r.example/v2/": dial tcp 10.0.0.1:443: connect: connection refused' }], 'broken', /can reach/],
    [[{ error: 'Get "https://r.example/v2/": x509: certificate signed by unknown authority' }], 'refused', /certs\.d/],
    [[{ error: 'Get "https://r.example/v2/": EOF' }], 'broken', /can reach/],
    [[{ status: 'Pushed', id: 'a' }], 'broken', /without saying/],
    [[{ status: 'Pushing', id: 'a' }, 'cut'], 'broken', /in the middle/],
  ];
  for (const [answer, code, words] of cases) {
    state.push = answer;
    await assert.rejects(push(), (error) => {
      assert.ok(error instanceof PushError);
      assert.equal(error.code, code, error.message);
      assert.match(error.message, words);
      return true;
    });
    const last = (await log()).at(-1);
    assert.equal(last?.outcome, 'failed');
    assert.match(last.error ?? '', words);
  }
});

test('a cancelled push lets go of the engine, and is in the log', async (t) => {
  const { push, state, log } = await setStage(t);
  const controller = new AbortController();
  state.push = [{ status: 'Pushing', id: 'a' }, 'hang'];
  state.onPush = () => {
    setTimeout(() => {
      controller.abort();
    }, 20);
  };
  await assert.rejects(push({}, { signal: controller.signal }), { name: 'AbortError' });
  assert.equal((await log()).at(-1)?.outcome, 'cancelled');
  await waitFor('the engine to be left', () => state.closed === 1);
});

test('what is in the registry is a push, whatever happens after it', async (t) => {
  const { push, state, log } = await setStage(t);
  state.onPush = () => {
    state.images.clear();
  };
  const result = await push();
  assert.equal(result.outcome, 'pushed');
  assert.match(result.problems[0]?.message ?? '', /another image while it was pushed/);
  assert.equal((await log()).at(-1)?.outcome, 'pushed');
});

test('without a log nothing that is forbidden is pushed; what is allowed is, and that is told', async (t) => {
  const { push, state, logFile } = await setStage(t);
  const broken = path.join(logFile, 'not', 'a', 'folder');
  await push();
  await assert.rejects(
    push({ report: sampleReport, reason: 'now' }, { logFile: broken }),
    (error) => error instanceof PushError && error.code === 'log',
  );
  assert.equal(pushes(state), 1);
  const result = await push({}, { logFile: broken });
  assert.equal(result.outcome, 'pushed');
  assert.match(result.problems[0]?.message ?? '', /evidence log could not be written/);
});

test('the decision of a push is that of a check', async (t) => {
  const { push, registry } = await setStage(t);
  const { decision } = await push({ report: sampleReport, dryRun: true });
  assert.deepEqual(decision, await checkPush(sampleReport, `${registry}/team/app:1`));
});
