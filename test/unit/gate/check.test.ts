import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { createHttpClient } from '../../../src/foundation/io/http-client.ts';
import type { HttpClient } from '../../../src/foundation/io/http.ts';
import type { MinimalFix, PolicyDecision, PolicyVulnerability } from '../../../src/foundation/model/policy.ts';
import type { Severity } from '../../../src/foundation/model/severity.ts';
import { checkPolicy, showPolicy, wasPolicyRead } from '../../../src/gate/check.ts';
import type { PolicyProvider } from '../../../src/gate/provider.ts';
import { CredentialError, type Credential } from '../../../src/registry/credentials.ts';
import { startHarborServer, type HarborServer } from '../../support/harbor-server.ts';

const NOW = new Date('2024-06-01T00:00:00Z');
const seconds = (iso: string): number => Date.parse(iso) / 1000;
const signedIn: Credential = { kind: 'basic', username: 'ann', password: 'secret' };
const blockHigh = { public: 'false', prevent_vul: 'true', severity: 'high', auto_scan: 'true', reuse_sys_cve_allowlist: 'false' };

let harbor: HarborServer;
before(async () => {
  harbor = await startHarborServer({ users: { ann: 'secret', 'robot$team+ci': 'robot-secret' } });
});
after(() => harbor.close());
beforeEach(() => {
  const { state } = harbor;
  state.version = 'v2.9.0-1b2c3d4e';
  state.oidc = false;
  state.systemAllowlist = { items: [] };
  state.failures.clear();
  state.blocked.clear();
  state.requests.length = 0;
  state.projects.clear();
  state.projects.set('team', { id: 1, metadata: { ...blockHigh }, allowlist: { items: [] } });
});

describe('reading a project', () => {
  test('absent keys mean what Harbor takes them for: no policy, the system list', async () => {
    setProject('team', { metadata: { public: 'false' } });
    const answer = await check([high('CVE-1')]);
    assert.deepEqual([answer.provider, answer.decision, answer.policy.enabled, answer.policy.severity], ['harbor', 'allow', false, '']);
  });

  test('a registry that asks to be left alone is not one without a policy', async () => {
    for (const path of ['/api/v2.0/systeminfo', '/api/v2.0/ping', '/v2/']) harbor.state.failures.set(path, { status: 429 });
    const answer = await check([]);
    assert.deepEqual([answer.decision, answer.problems.map(({ code }) => code)], ['unknown', ['network']]);
    assert.match(answer.reason, /429/);
  });

  test('no auto_scan is no scan: block-until-scanned', async () => {
    setProject('team', { metadata: { public: 'false', prevent_vul: 'true', severity: 'high' } });
    assert.equal((await check([])).decision, 'block-until-scanned');
    assert.equal((await check([high('CVE-1')])).decision, 'block');
  });

  for (const [stored, own, system, exempt] of [
    [undefined, [], ['CVE-1'], true],
    [undefined, ['CVE-1'], [], false],
    ['true', ['CVE-1'], [], false],
    ['true', [], ['CVE-1'], true],
    ['false', ['CVE-1'], [], true],
    ['false', [], ['CVE-1'], false],
  ] as const) {
    test(`reuse_sys_cve_allowlist ${stored ?? 'absent'}, own [${own.join()}], system [${system.join()}]: ${exempt ? 'exempt' : 'not exempt'}`, async () => {
      setProject('team', {
        metadata: { ...withoutKey(blockHigh, 'reuse_sys_cve_allowlist'), ...(stored === undefined ? {} : { reuse_sys_cve_allowlist: stored }) },
        allowlist: listOf(...own),
      });
      harbor.state.systemAllowlist = listOf(...system);
      const answer = await check([high('CVE-1')]);
      assert.deepEqual([answer.decision, answer.allowlisted], exempt ? ['allow', ['CVE-1']] : ['block', []]);
    });
  }

  for (const [version, expiresAt, exempt] of [
    ['v2.5.6-a', seconds('2024-05-01T00:00:00Z'), true],
    ['v2.7.4-a', seconds('2024-05-01T00:00:00Z'), true],
    ['v2.8.0-a', seconds('2024-05-01T00:00:00Z'), false],
    ['v2.9.0-a', seconds('2024-05-01T00:00:00Z'), false],
    ['v2.9.0-a', seconds('2024-06-01T00:00:00Z'), false],
    ['v2.9.0-a', seconds('2024-06-01T00:00:01Z'), true],
    ['v2.5.6-a', 0, true],
    ['v2.9.0-a', 0, false],
    ['v2.5.6-a', null, true],
    ['v2.9.0-a', null, true],
    ['v2.9.0-a', undefined, true],
    ['v2.9.0-a', 1e300, true],
  ] as const) {
    test(`Harbor ${version}, expires_at ${expiresAt ?? String(expiresAt)}: ${exempt ? 'exempt' : 'not exempt'}`, async () => {
      harbor.state.version = version;
      setProject('team', { allowlist: { ...listOf('CVE-1'), ...(expiresAt === undefined ? {} : { expires_at: expiresAt }) } });
      const answer = await check([high('CVE-1')]);
      assert.equal(answer.decision, exempt ? 'allow' : 'block');
      assert.equal(answer.policy.allowlist.length, exempt ? 1 : 0);
    });
  }

  test('a name of digits alone is asked for as a name', async () => {
    harbor.state.projects.set('2024', { id: 7, metadata: { ...blockHigh }, allowlist: { items: [] } });
    assert.equal((await check([high('CVE-1')], { reference: `${harbor.host}/2024/app:1` })).decision, 'block');
  });

  test('a public project is read by anyone; a system list that is not told leaves a block unknown', async () => {
    setProject('team', { metadata: { ...blockHigh, public: 'true', reuse_sys_cve_allowlist: 'true' } });
    const blocked = await check([high('CVE-1')], { credential: undefined });
    assert.deepEqual([blocked.decision, blocked.problems.map(({ code }) => code)], ['unknown', ['permission']]);
    assert.equal((await check([], { credential: undefined })).decision, 'allow');
  });

  test('where OIDC closes the project, the listing is read, and only the exact name counts', async () => {
    harbor.state.oidc = true;
    for (let i = 0; i < 120; i += 1)
      harbor.state.projects.set(`a-team-${i}`, { id: 100 + i, metadata: { public: 'false' }, allowlist: { items: [] } });
    harbor.state.projects.delete('team');
    harbor.state.projects.set('team', { id: 1, metadata: { ...blockHigh }, allowlist: { items: [] } });
    assert.equal((await check([high('CVE-1')])).decision, 'block');
    harbor.state.projects.delete('team');
    assert.equal((await check([])).decision, 'unknown');
  });

  test('a proxy cache and a tag that is blocked now are told', async () => {
    setProject('team', { registryId: 3 });
    harbor.state.blocked.add('team/app:1.0');
    const { decision, problems } = await check([]);
    assert.equal(decision, 'allow');
    assert.match(problems.map(({ message }) => message).join('\n'), /proxy cache[\s\S]*BuildKit/);
  });

  test('content trust leaves an image that passes unknown', async () => {
    setProject('team', { metadata: { ...blockHigh, enable_content_trust_cosign: 'true' } });
    assert.equal((await check([])).decision, 'unknown');
  });
});

describe('what cannot be read is unknown, and says the next step', () => {
  const project = '/api/v2.0/projects/team';
  test('signed out', async () => {
    expectUnknown(await check([], { credential: undefined }), /docker login/);
  });
  test('wrong password', async () => {
    expectUnknown(await check([], { credential: { ...signedIn, password: 'wrong' } }), /does not accept the stored sign-in/);
  });
  test('a robot without the permission', async () => {
    setProject('team', { readers: ['ann'] });
    expectUnknown(await check([], { credential: { kind: 'basic', username: 'robot$team+ci', password: 'robot-secret' } }), /project:read/);
  });
  test('a project that does not exist, Harbor 2.9', async () => {
    expectUnknown(await check([], { reference: `${harbor.host}/gone/app:1` }), /knows no project 'gone'/);
  });
  test('a project that does not exist, Harbor 2.5: not said to be missing', async () => {
    harbor.state.version = 'v2.5.6-a';
    expectUnknown(await check([], { reference: `${harbor.host}/gone/app:1` }), /or has no such project/);
  });
  test('a token where a password is needed', async () => {
    const answer = await check([], { credential: { kind: 'identity-token', token: 'tok-secret' } });
    expectUnknown(answer, /docker login/);
    assert.ok(!JSON.stringify(answer).includes('tok-secret'));
  });
  test('a repository outside any project', async () => {
    expectUnknown(await check([], { reference: `${harbor.host}/app:1` }), /names no Harbor project/);
  });
  for (const [name, body] of [
    ['text', 'hello'],
    ['an empty object', '{}'],
    ['another project', '{"name":"other","metadata":{}}'],
    ['no metadata', '{"name":"team","metadata":null}'],
    ['metadata of the wrong type', '{"name":"team","metadata":{"prevent_vul":{"a":1}}}'],
    ['a list', '[]'],
    ['deep nesting', `{"name":"team","metadata":{},"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ] as const) {
    test(`a project answered with ${name}`, async () => {
      harbor.state.failures.set(project, { status: 200, body });
      const answer = await check([]);
      assert.equal(answer.decision, 'unknown');
      assert.equal(wasPolicyRead(answer), false);
    });
  }
  for (const status of [500, 503]) {
    test(`a project answered with ${status}`, async () => {
      harbor.state.failures.set(project, { status });
      expectUnknown(await check([]), /try again later/);
    });
  }
  for (const allowlist of [{ items: 'x' }, { items: [{}] }, { items: [{ cve_id: 5 }] }, { items: [], expires_at: 'soon' }]) {
    test(`an allowlist ${JSON.stringify(allowlist)}: a block is unknown`, async () => {
      setProject('team', { allowlist: allowlist as unknown as { items: [] } });
      assert.equal((await check([high('CVE-1')])).decision, 'unknown');
    });
  }
  test('every answer fails', async () => {
    harbor.state.failures.set('*', { status: 500 });
    const answer = await check([]);
    assert.equal(answer.provider, 'none');
    expectUnknown(answer, /answered 500/);
  });
  test('every answer is a web page', async () => {
    harbor.state.failures.set('*', { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } });
    const answer = await check([]);
    assert.deepEqual([answer.provider, answer.decision], ['none', 'unknown']);
  });
  test('it never answers', async () => {
    harbor.state.failures.set('*', 'hang');
    expectUnknown(await check([], { http: hasty(50) }), /did not answer in time/);
    harbor.state.failures.clear();
    harbor.state.failures.set(project, 'hang');
    expectUnknown(await check([], { http: hasty(50) }), /did not answer in time/);
  });
  test('nothing listens', async () => {
    expectUnknown(await check([], { reference: '127.0.0.1:1/team/app:1' }), /connection refused/);
  });
  test('a redirect to another server gets no credentials', async () => {
    const other = await startHarborServer();
    try {
      harbor.state.failures.set(project, { status: 307, headers: { location: `${other.url}/api/v2.0/projects/team` } });
      harbor.state.failures.set('/api/v2.0/projects', { status: 404 });
      assert.equal((await check([])).decision, 'unknown');
      assert.deepEqual(new Set(other.state.requests.map(({ authorization }) => authorization)), new Set([undefined]));
      assert.ok(other.state.requests.length > 0);
    } finally {
      await other.close();
    }
  });
  test('a credential helper that fails: the public is still read', async () => {
    setProject('team', { metadata: { ...blockHigh, public: 'true' } });
    const answer = await checkPolicy({
      ...question(),
      reference: `${harbor.host}/team/app:1`,
      image: imageOf([]),
      fixes: [],
      credentialFor: () => Promise.reject(new CredentialError('helper-failed', 'docker-credential-x failed')),
    });
    assert.equal(answer.decision, 'allow');
    assert.match(answer.problems[0]?.message ?? '', /docker-credential-x failed/);
  });
  for (const reference of ['', 'Team/App', 'host/', 'a'.repeat(5000), '../..', 'a\u001b[31m/b']) {
    test(`the reference ${JSON.stringify(reference.slice(0, 20))}`, async () => {
      const answer = await check([], { reference });
      assert.equal(answer.decision, 'unknown');
      assert.ok(!answer.reason.includes('\u001b'));
    });
  }
  test('a provider that throws something else', async () => {
    const broken: PolicyProvider = {
      id: 'broken',
      displayName: 'Broken',
      recognises: () => Promise.resolve(true),
      readPolicy: () => Promise.reject(new TypeError('oops')),
      decide: () => assert.fail(),
    };
    expectUnknown(await checkPolicy({ ...question(), reference: 'example.com/a/b', image: imageOf([]), fixes: [], providers: [broken] }), /oops/);
  });
  test('a cancellation is thrown, not answered', async () => {
    harbor.state.failures.set('*', 'hang');
    const controller = new AbortController();
    const pending = checkPolicy({ ...question(), reference: `${harbor.host}/team/app:1`, image: imageOf([]), fixes: [], signal: controller.signal });
    controller.abort();
    await assert.rejects(pending, { name: 'AbortError' });
  });
});

test('credentials go to a registry only once it was recognised', async () => {
  await check([high('CVE-1')]);
  const probes = harbor.state.requests.findIndex(({ authorization }) => authorization !== undefined);
  assert.ok(probes > 0);
  assert.equal(harbor.state.requests[0]?.path, '/api/v2.0/systeminfo');
  harbor.state.requests.length = 0;
  harbor.state.failures.set('/api/v2.0/systeminfo', { status: 404 });
  harbor.state.failures.set('/api/v2.0/ping', { status: 404 });
  harbor.state.failures.set('/v2/', { status: 200, body: '{}' });
  assert.equal((await check([])).provider, 'none');
  assert.ok(harbor.state.requests.every(({ authorization }) => authorization === undefined));
});

describe('the smallest fix', () => {
  const zlib: MinimalFix = { package: 'zlib', from: '1', to: '2', removes: ['CVE-1', 'CVE-5'], command: 'apt-get install zlib=2' };
  const curl: MinimalFix = { package: 'curl', from: '1', to: '2', removes: ['CVE-2'], command: 'apt-get install curl=2' };
  const low: MinimalFix = { package: 'sed', from: '1', to: '2', removes: ['CVE-3'], command: 'apt-get install sed=2' };

  test('takes the steps that remove what blocks, and no other', async () => {
    const answer = await check([high('CVE-1', 'zlib'), high('CVE-2', 'curl'), finding('CVE-3', 'low', 'sed')], { fixes: [low, zlib, curl] });
    assert.deepEqual(answer.minimalFix, [zlib, curl]);
  });
  test('names what has no step, without a command', async () => {
    const answer = await check([high('CVE-1', 'zlib'), high('CVE-8', 'bash'), high('CVE-7', 'bash')], { fixes: [zlib] });
    assert.deepEqual(answer.minimalFix, [zlib, { package: 'bash', from: '1', removes: ['CVE-7', 'CVE-8'] }]);
  });
  test('the same flaw in a package without a step remains', async () => {
    const answer = await check([high('CVE-1', 'zlib'), high('CVE-1', 'rsync')], { fixes: [zlib] });
    assert.deepEqual(answer.minimalFix, [zlib, { package: 'rsync', from: '1', removes: ['CVE-1'] }]);
  });
  test('one command for several packages removes in each', async () => {
    const both: MinimalFix = { package: 'libssl3, openssl', from: '1, 1', to: '2, 2', removes: ['CVE-1'], command: 'apk upgrade' };
    assert.deepEqual((await check([high('CVE-1', 'openssl'), high('CVE-1', 'libssl3')], { fixes: [both] })).minimalFix, [both]);
  });
  test('leaves out what the allowlist lets through', async () => {
    setProject('team', { allowlist: listOf('CVE-1') });
    assert.deepEqual((await check([high('CVE-1', 'zlib'), high('CVE-2', 'curl')], { fixes: [zlib, curl] })).minimalFix, [curl]);
  });
  test('is there even when a scan must still come, and absent when nothing blocks', async () => {
    setProject('team', { metadata: { ...blockHigh, auto_scan: 'false' } });
    assert.deepEqual((await check([high('CVE-2', 'curl')], { fixes: [curl] })).minimalFix, [curl]);
    assert.deepEqual((await check([finding('CVE-3', 'low', 'sed')], { fixes: [low] })).minimalFix, []);
  });
});

describe('showing a policy', () => {
  const show = (namespace: string): Promise<PolicyDecision> => showPolicy({ ...question(), namespace });

  test('tells it as the registry states it', async () => {
    setProject('team', { allowlist: { ...listOf('CVE-1'), expires_at: seconds('2030-01-01T00:00:00Z') } });
    const shown = await show(`${harbor.host}/team/`);
    assert.deepEqual([shown.reference, shown.provider, shown.decision], [`${harbor.host}/team`, 'harbor', 'unknown']);
    assert.deepEqual(shown.policy, {
      enabled: true,
      severity: 'high',
      allowlist: [{ id: 'CVE-1', expires: '2030-01-01T00:00:00.000Z' }],
      raw: {
        project: {
          project_id: 1,
          owner_id: 1,
          owner_name: 'admin',
          name: 'team',
          registry_id: 0,
          repo_count: 0,
          metadata: blockHigh,
          cve_allowlist: { id: 1, project_id: 1, items: [{ cve_id: 'CVE-1' }], expires_at: 1893456000 },
        },
      },
    });
    assert.equal(wasPolicyRead(shown), true);
    assert.deepEqual(shown.problems, []);
  });
  test('a namespace within a project is its project', async () => {
    assert.equal((await show(`${harbor.host}/team/backend`)).policy.severity, 'high');
  });
  test('no policy is allow', async () => {
    setProject('team', { metadata: { public: 'false' } });
    assert.equal((await show(`http://${harbor.host}/team`)).decision, 'allow');
  });
  test('a host alone is no namespace', async () => {
    assert.equal((await show('harbor.example.com')).decision, 'unknown');
  });
});

interface CheckOptions {
  readonly reference?: string;
  readonly credential?: Credential | undefined;
  readonly fixes?: readonly MinimalFix[];
  readonly http?: HttpClient;
}

function check(vulnerabilities: readonly PolicyVulnerability[], options: CheckOptions = {}): Promise<PolicyDecision> {
  const credential = 'credential' in options ? options.credential : signedIn;
  return checkPolicy({
    ...question(),
    ...(options.http === undefined ? {} : { http: options.http }),
    reference: options.reference ?? `${harbor.host}/team/app:1.0`,
    image: imageOf(vulnerabilities),
    fixes: options.fixes ?? [],
    credentialFor: () => Promise.resolve(credential),
  });
}

function question() {
  return { http: createHttpClient({ proxyEnvironment: {} }), credentialFor: () => Promise.resolve(signedIn), now: NOW };
}

/** The product's client, with no patience. */
function hasty(timeoutMs: number): HttpClient {
  const client = createHttpClient({ proxyEnvironment: {} });
  return { request: (request) => client.request({ ...request, timeoutMs }) };
}

function expectUnknown(answer: PolicyDecision, reason: RegExp): void {
  assert.equal(answer.decision, 'unknown');
  assert.match(answer.reason, reason);
  assert.deepEqual([answer.blocking, answer.allowlisted, answer.minimalFix], [[], [], []]);
  assert.equal(wasPolicyRead(answer), false);
}

function setProject(name: string, changes: Partial<Parameters<typeof harbor.state.projects.set>[1]>): void {
  const project = harbor.state.projects.get(name);
  assert.ok(project !== undefined);
  harbor.state.projects.set(name, { ...project, ...changes });
}

function withoutKey(record: Readonly<Record<string, string>>, key: string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

function listOf(...ids: readonly string[]): { items: { cve_id: string }[] } {
  return { items: ids.map((cve_id) => ({ cve_id })) };
}

function imageOf(vulnerabilities: readonly PolicyVulnerability[]) {
  return { platform: { os: 'linux', architecture: 'amd64' }, vulnerabilities, complete: true };
}

function high(id: string, name = 'zlib'): PolicyVulnerability {
  return finding(id, 'high', name);
}

function finding(id: string, severity: Severity, name: string): PolicyVulnerability {
  const purl = `pkg:deb/debian/${name}@1` as NonNullable<PolicyVulnerability['package']>['purl'];
  return { id, severity, package: { purl, name, installedVersion: '1', status: 'affected' }, remediation: [] };
}
