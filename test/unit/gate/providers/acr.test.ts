import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, beforeEach, describe, test } from 'node:test';
import { createHttpClient } from '../../../../src/foundation/io/http-client.ts';
import type { PolicyDecision, PolicyVulnerability } from '../../../../src/foundation/model/policy.ts';
import type { Severity } from '../../../../src/foundation/model/severity.ts';
import { checkPolicy } from '../../../../src/gate/check.ts';
import { provider } from '../../../../src/gate/providers/acr.ts';
import type { CloudKey } from '../../../../src/foundation/model/cloud-key.ts';
import { signRpc, startAlibabaServer, type AlibabaServer } from '../../../support/alibaba-server.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const KEY: CloudKey = { kind: 'key-pair', id: 'LTAIexample', secret: 'secret-of-example' };

let alibaba: AlibabaServer;
before(async () => {
  alibaba = await startAlibabaServer(() => NOW.getTime());
});
after(() => alibaba.close());
beforeEach(() => {
  const { state } = alibaba;
  state.instances.length = 0;
  state.instances.push(
    { InstanceId: 'cri-2', InstanceName: 'harbour-b', RegionId: 'cn-hangzhou' },
    { InstanceId: 'cri-1', InstanceName: 'harbour', RegionId: 'cn-hangzhou' },
  );
  state.failures.clear();
  state.forbidden.clear();
  state.requests.length = 0;
  state.chains.clear();
  state.delayMs = 0;
  state.mostAtOnce = 0;
  setChain({ IssueLevel: 'HIGH', IssueCount: '2', Logic: 'OR', Action: 'BLOCK', IssueList: [] });
});

describe('reading', () => {
  test('instance and region are read off the host; the exact instance is asked', async () => {
    assert.equal((await check([high('CVE-1'), high('CVE-2')])).decision, 'block');
    assert.deepEqual(
      alibaba.state.requests.map(({ action, parameters }) => `${action} ${parameters.InstanceId ?? parameters.InstanceName ?? ''}`),
      ['ListInstance harbour', 'ListChain cri-1', 'GetChain cri-1'],
    );
  });

  test('settings that come as text are read', async () => {
    const chain = alibaba.state.chains.get('ch-1');
    alibaba.state.chains.set('ch-1', { ...chain, ChainConfig: JSON.stringify(chain?.ChainConfig) });
    assert.equal((await check([high('CVE-1'), high('CVE-2')])).decision, 'block');
  });

  test('many chains are asked for a few at a time', async () => {
    for (let i = 0; i < 40; i += 1)
      alibaba.state.chains.set(`chi-${i}`, {
        ChainId: `chi-${i}`,
        Name: `chain ${i}`,
        ChainConfig: { IsActive: false, Nodes: [] },
        ScopeExclude: [],
      });
    alibaba.state.delayMs = 5;
    assert.equal((await check([])).decision, 'allow');
    assert.equal(alibaba.state.requests.filter(({ action }) => action === 'GetChain').length, alibaba.state.chains.size);
    assert.ok(alibaba.state.mostAtOnce <= 8, String(alibaba.state.mostAtOnce));
  });

  test('the Personal Edition has no chains and is not asked', async () => {
    for (const host of ['registry.cn-hangzhou.aliyuncs.com', 'crpi-abc123.cn-hangzhou.personal.cr.aliyuncs.com'])
      assert.equal((await check([high('CVE-1')], { reference: `${host}/team/app:1` })).decision, 'allow');
    assert.equal(alibaba.state.requests.length, 0);
  });
});

describe('what cannot be read is unknown, never allow', () => {
  const expectUnknown = (answer: PolicyDecision, reason: RegExp): void => {
    assert.equal(answer.decision, 'unknown');
    assert.match(answer.reason, reason);
    assert.doesNotMatch(JSON.stringify(answer), /secret-of-example/);
  };
  test('no key', async () => {
    expectUnknown(await check([], { key: null }), /cr:ListInstance, cr:ListChain and cr:GetChain/);
  });
  test('a wrong secret', async () => {
    expectUnknown(await check([], { key: { ...KEY, secret: 'wrong' } }), /SignatureDoesNotMatch/);
  });
  test('a clock that is wrong', async () => {
    expectUnknown(await check([], { now: new Date(NOW.getTime() + 3_600_000) }), /clock/);
  });
  test('a key without the permission', async () => {
    alibaba.state.forbidden.add('ListChain');
    expectUnknown(await check([]), /RAM policy/);
  });
  test('200 with IsSuccess false', async () => {
    alibaba.state.failures.set('GetChain', [{ status: 200, body: { IsSuccess: false, Code: 'CHAIN_NOT_EXIST' } }]);
    expectUnknown(await check([]), /CHAIN_NOT_EXIST/);
  });
  test('an answer without its list, or no JSON', async () => {
    alibaba.state.failures.set('ListChain', [{ status: 200, body: { IsSuccess: true } }]);
    expectUnknown(await check([]), /no Chains/);
    alibaba.state.failures.set('ListChain', [{ status: 502, body: 'Bad Gateway' }]);
    expectUnknown(await check([]), /502/);
  });
  test('a chain without a number, without nodes, or with a rule that is none', async () => {
    alibaba.state.failures.set('ListChain', [{ status: 200, body: { Chains: [{ Name: 'gate' }], TotalCount: 1 } }]);
    expectUnknown(await check([]), /ChainId/);
    setChain({}, {}, { Nodes: undefined });
    expectUnknown(await check([]), /Nodes/);
    setChain({}, {}, { Nodes: [{}] });
    expectUnknown(await check([]), /Nodes/);
    setChain({}, {}, { Nodes: [{ NodeName: 'VULNERABILITY_SCANNING', Enable: true, NodeConfig: { DenyPolicy: 'HIGH' } }] });
    expectUnknown(await check([]), /DenyPolicy/);
  });
  test('a list that ends before what it counts', async () => {
    alibaba.state.failures.set('ListChain', [{ status: 200, body: { Chains: [], TotalCount: 3 } }]);
    expectUnknown(await check([]), /ListChain/);
  });
  test('throttled for good', async () => {
    alibaba.state.failures.set(
      'ListInstance',
      Array.from({ length: 9 }, () => ({ status: 400, body: { Code: 'Throttling.User' } })),
    );
    expectUnknown(await check([]), /too many requests/);
  });
});

describe('deciding', () => {
  const rule = { IssueLevel: 'HIGH', IssueCount: '2', Logic: 'OR', Action: 'BLOCK', IssueList: [] as string[] };
  for (const [what, deny, found, decision] of [
    ['an empty rule', {}, [high('CVE-1')], 'allow'],
    ['fewer than the count', rule, [high('CVE-1')], 'allow'],
    ['the count, critical counted as high', rule, [high('CVE-1'), finding('CVE-2', 'critical')], 'block'],
    ['the count only with what is above the level', { ...rule, IssueLevel: 'MEDIUM' }, [finding('CVE-1', 'medium'), high('CVE-2')], 'unknown'],
    ['the count at exactly the level', { ...rule, IssueLevel: 'MEDIUM' }, [finding('CVE-1', 'medium'), finding('CVE-2', 'medium')], 'block'],
    ['an id on the list, OR', { ...rule, IssueList: ['CVE-9'] }, [finding('CVE-9', 'low')], 'block'],
    ['an id on the list, AND, count not reached', { ...rule, Logic: 'AND', IssueList: ['CVE-9'] }, [finding('CVE-9', 'low')], 'allow'],
    ['an id on the list alone', { Action: 'BLOCK', IssueList: ['CVE-9'] }, [finding('CVE-9', 'low')], 'block'],
    [
      'another name of what is on the list',
      { Action: 'BLOCK', IssueList: ['GHSA-9'] },
      [{ ...finding('CVE-9', 'low'), aliases: ['GHSA-9'] }],
      'unknown',
    ],
    ['an id on the list in another case', { Action: 'BLOCK', IssueList: [' cve-9'] }, [finding('CVE-9', 'low')], 'unknown'],
    ['two conditions that differ, no logic', { ...rule, Logic: '', IssueList: ['CVE-9'] }, [finding('CVE-9', 'low')], 'unknown'],
    ['the count, AND, no list', { ...rule, Logic: 'AND' }, [high('CVE-1'), high('CVE-2')], 'block'],
    ['the count not reached, AND, no list', { ...rule, Logic: 'AND' }, [high('CVE-1')], 'allow'],
    ['an id on the list, AND, nothing counted', { Logic: 'AND', Action: 'BLOCK', IssueList: ['CVE-9'] }, [finding('CVE-9', 'low')], 'block'],
    ['the count, AND, baselines', { ...rule, Logic: 'AND', BaselineList: ['x'] }, [high('CVE-1'), high('CVE-2')], 'unknown'],
    ['the count, OR, baselines', { ...rule, BaselineList: ['x'] }, [high('CVE-1'), high('CVE-2')], 'block'],
    ['baselines, which only they can see', { ...rule, BaselineList: ['x'] }, [], 'unknown'],
    ['a count of nothing found', { ...rule, IssueCount: '0' }, [], 'allow'],
    ['a level that ACR does not have', { ...rule, IssueLevel: 'CRITICAL' }, [high('CVE-1'), high('CVE-2')], 'unknown'],
    ['a count that is none', { ...rule, IssueCount: 'many' }, [high('CVE-1'), high('CVE-2')], 'unknown'],
    ['a level without a count', { IssueLevel: 'HIGH', Action: 'BLOCK' }, [high('CVE-1')], 'unknown'],
    ['a condition of a later version', { Action: 'BLOCK', MaximumScore: '7' }, [high('CVE-1')], 'unknown'],
    ['a list that is none', { Action: 'BLOCK', IssueList: 'CVE-9' }, [finding('CVE-9', 'low')], 'unknown'],
  ] as const) {
    test(`${what}: ${decision}`, async () => {
      setChain(deny);
      assert.equal((await check(found)).decision, decision);
    });
  }

  for (const [what, changes, config] of [
    ['a chain that is off', {}, { IsActive: false }],
    ['a repository left out', { ScopeExclude: ['app'] }, {}],
    ['a scanning node that is off', {}, { Nodes: [{ NodeName: 'VULNERABILITY_SCANNING', Enable: false, NodeConfig: { DenyPolicy: rule } }] }],
    ['no scanning node', {}, { Nodes: [{ NodeName: 'DOCKER_IMAGE_PUSH', Enable: true }] }],
  ] as const) {
    test(`${what} gates nothing`, async () => {
      setChain(rule, changes, config);
      assert.equal((await check([high('CVE-1'), high('CVE-2')])).decision, 'allow');
    });
  }

  test('what is taken for granted of AND with one condition is said', async () => {
    setChain({ ...rule, Logic: 'AND' });
    assert.match((await check([high('CVE-1'), high('CVE-2')])).reason, /AND.*one condition/);
    // Not reached, it stops by no reading.
    assert.doesNotMatch((await check([high('CVE-1')])).reason, /one condition/);
    setChain({ ...rule, Logic: 'AND', IssueList: ['CVE-1'] });
    assert.doesNotMatch((await check([high('CVE-1'), high('CVE-2')])).reason, /one condition/);
  });

  test('that pulls go on is said in every answer of a chain', async () => {
    for (const found of [[], [high('CVE-1'), high('CVE-2')]]) assert.match((await check(found)).reason, /Pulls are not refused/);
  });

  test('a partial scan that found nothing proves nothing', async () => {
    assert.equal((await check([], { complete: false })).decision, 'unknown');
  });
});

test('the published vector of the older signature', () => {
  const parameters = {
    Timestamp: '2016-02-23T12:46:24Z',
    Format: 'XML',
    AccessKeyId: 'testid',
    Action: 'DescribeRegions',
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: '3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf',
    Version: '2014-05-26',
    SignatureVersion: '1.0',
  };
  assert.equal(signRpc('GET', parameters, 'testsecret'), 'OLeaidS1JvxuMvnyHOwuJ+uX5qY=');
});

test("the official SDK's client is answered, and refused with a wrong key", async () => {
  const require = createRequire(import.meta.url);
  const { RPCClient } = require('@alicloud/pop-core') as {
    RPCClient: new (options: object) => { request(action: string, parameters: object, options: object): Promise<Record<string, unknown>> };
  };
  const clientWith = (accessKeySecret: string) =>
    new RPCClient({ accessKeyId: 'LTAIexample', accessKeySecret, endpoint: `http://${alibaba.host}`, apiVersion: '2018-12-01' });
  const answer = await clientWith('secret-of-example').request('ListInstance', { PageNo: 1, PageSize: 30 }, { method: 'POST' });
  assert.equal(answer.TotalCount, 2);
  await assert.rejects(clientWith('wrong').request('ListInstance', {}, { method: 'POST' }), /SignatureDoesNotMatch/);
});

interface Options {
  readonly reference?: string;
  readonly key?: CloudKey | null;
  readonly now?: Date;
  readonly complete?: boolean;
}

function check(vulnerabilities: readonly PolicyVulnerability[], options: Options = {}): Promise<PolicyDecision> {
  const { key = KEY } = options;
  return checkPolicy({
    reference: options.reference ?? 'harbour-registry.cn-hangzhou.cr.aliyuncs.com/team/app:1',
    image: { platform: { os: 'linux', architecture: 'amd64' }, vulnerabilities, complete: options.complete ?? true },
    fixes: [],
    http: createHttpClient(),
    credentialFor: () => assert.fail("the registry's own sign-in is not needed"),
    cloudKeyFor: () => Promise.resolve(key ?? undefined),
    endpoints: { alibaba: alibaba.host },
    now: options.now ?? NOW,
    providers: [provider],
  });
}

function setChain(deny: object, changes: object = {}, config: object = {}): void {
  alibaba.state.chains.clear();
  alibaba.state.chains.set('ch-1', {
    ChainId: 'ch-1',
    Name: 'deliver',
    ScopeType: 'REPOSITORY',
    ...changes,
    ChainConfig: {
      IsActive: true,
      Nodes: [
        { NodeName: 'DOCKER_IMAGE_PUSH', Enable: true, NodeConfig: { DenyPolicy: {} } },
        { NodeName: 'VULNERABILITY_SCANNING', Enable: true, NodeConfig: { ScanEngine: 'ACR_SCAN_SERVICE', DenyPolicy: deny } },
      ],
      ...config,
    },
  });
}

function finding(id: string, severity: Severity): PolicyVulnerability {
  return { id, severity, remediation: [] };
}

function high(id: string): PolicyVulnerability {
  return finding(id, 'high');
}
