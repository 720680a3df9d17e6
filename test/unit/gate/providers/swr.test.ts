import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { createHttpClient } from '../../../../src/foundation/io/http-client.ts';
import type { PolicyDecision, PolicyVulnerability } from '../../../../src/foundation/model/policy.ts';
import type { Severity } from '../../../../src/foundation/model/severity.ts';
import { checkPolicy } from '../../../../src/gate/check.ts';
import { provider } from '../../../../src/gate/providers/swr.ts';
import type { CloudKey } from '../../../../src/foundation/model/cloud-key.ts';
import { startHuaweiServer, type HuaweiServer } from '../../../support/huawei-server.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const KEY: CloudKey = { kind: 'key-pair', id: 'AKexample', secret: 'secret-of-example', project: 'p1', region: 'cn-north-4' };
const HOST = 'harbour-a1b2c3.swr-pro.myhuaweicloud.com';

let huawei: HuaweiServer;
before(async () => {
  huawei = await startHuaweiServer();
});
after(() => huawei.close());
beforeEach(() => {
  const { state } = huawei;
  state.failure = undefined;
  state.instances.length = 0;
  state.instances.push(
    { id: 'i-2', name: 'other', access_address: `other-x.swr-pro.myhuaweicloud.com` },
    { id: 'i-1', name: 'harbour', access_address: HOST },
  );
  state.namespaces.clear();
  setNamespace({});
});

describe('reading', () => {
  test('with a key, and with a token', async () => {
    assert.equal((await check([high('CVE-1')])).decision, 'block');
    assert.equal((await check([high('CVE-1')], { key: { kind: 'token', token: 'tok-example', project: 'p1' } })).decision, 'block');
  });
  test('an instance without an address goes by its name, if only one does', async () => {
    huawei.state.instances.splice(0, 2, { id: 'i-1', name: 'harbour' }, { id: 'i-2', name: 'harb' });
    assert.equal((await check([high('CVE-1')])).decision, 'block');
    huawei.state.instances.push({ id: 'i-3', name: 'harbour' });
    assert.equal((await check([high('CVE-1')])).decision, 'unknown');
  });
  test('the shared service has no policy and is not asked', async () => {
    assert.equal((await check([high('CVE-1')], { reference: 'swr.cn-north-4.myhuaweicloud.com/team/app:1', key: null })).decision, 'allow');
  });
});

describe('what cannot be read is unknown, never allow', () => {
  for (const [what, options, reason] of [
    ['no key', { key: null }, /HUAWEICLOUD_SDK_AK/],
    ['a wrong secret', { key: { ...KEY, secret: 'wrong' } }, /401/],
    ['a wrong token', { key: { kind: 'token', token: 'x', project: 'p1' } }, /401/],
    ['another namespace', { reference: `${HOST}/nowhere/app:1` }, /404/],
    ['another instance', { reference: 'elsewhere-1.swr-pro.myhuaweicloud.com/team/app:1' }, /no single registry instance/],
  ] as const) {
    test(what, async () => {
      const answer = await check([], options);
      assert.equal(answer.decision, 'unknown');
      assert.match(answer.reason, reason);
      assert.doesNotMatch(JSON.stringify(answer), /secret-of-example|tok-example/);
    });
  }
  for (const status of [403, 429, 500, 302]) {
    test(`status ${status}`, async () => {
      huawei.state.failure = status;
      assert.equal((await check([])).decision, 'unknown');
    });
  }
  test('a namespace without settings', async () => {
    huawei.state.namespaces.set('i-1/team', { name: 'team' });
    assert.equal((await check([])).decision, 'unknown');
  });
  test('a namespace that does not say whether it blocks', async () => {
    for (const prevent_vul of [undefined, null, 1, 'perhaps']) {
      setNamespace({ prevent_vul });
      assert.equal((await check([])).decision, 'unknown');
    }
  });
  test("an instance with another's address, though its name is what the host begins with", async () => {
    huawei.state.instances.splice(0, 2, { id: 'i-1', name: 'harbour', access_address: 'harbour-other.swr-pro.myhuaweicloud.com' });
    assert.equal((await check([])).decision, 'unknown');
  });
});

describe('deciding, as Harbor does', () => {
  for (const [what, metadata, found, decision] of [
    ['prevention off', { prevent_vul: 'false' }, [high('CVE-1')], 'allow'],
    ['at the level', {}, [high('CVE-1')], 'block'],
    ['above the level', {}, [finding('CVE-1', 'critical')], 'block'],
    ['below the level', {}, [finding('CVE-1', 'medium')], 'allow'],
    ['level none, anything', { severity: 'none' }, [finding('CVE-1', 'negligible')], 'block'],
    ['never scanned', { auto_scan: 'false' }, [], 'block-until-scanned'],
  ] as const) {
    test(`${what}: ${decision}`, async () => {
      setNamespace(metadata);
      assert.equal((await check(found)).decision, decision);
    });
  }

  test('the allowlist exempts until it expires', async () => {
    const items = [{ cve_id: 'CVE-1' }];
    setNamespace({}, { items, expires_at: NOW.getTime() / 1000 + 60 });
    assert.equal((await check([high('CVE-1')])).decision, 'allow');
    setNamespace({}, { items, expires_at: NOW.getTime() / 1000 - 60 });
    const expired = await check([high('CVE-1')]);
    // Whether an expired list still counts is documented for Harbor's versions alone.
    assert.equal(expired.decision, 'unknown');
    assert.deepEqual(
      expired.expiredAllowlist?.map(({ id }) => id),
      ['CVE-1'],
    );
  });

  test('the reason names SWR', async () => {
    assert.match((await check([high('CVE-1')])).reason, /SWR's namespace 'team'/);
  });
});

interface Options {
  readonly reference?: string;
  readonly key?: CloudKey | null;
}

function check(
  vulnerabilities: readonly PolicyVulnerability[],
  { reference = `${HOST}/team/app:1`, key = KEY }: Options = {},
): Promise<PolicyDecision> {
  return checkPolicy({
    reference,
    image: { platform: { os: 'linux', architecture: 'amd64' }, vulnerabilities, complete: true },
    fixes: [],
    http: createHttpClient(),
    credentialFor: () => assert.fail("the registry's own sign-in is not needed"),
    cloudKeyFor: () => Promise.resolve(key ?? undefined),
    endpoints: { huawei: huawei.host },
    now: NOW,
    providers: [provider],
  });
}

function setNamespace(metadata: Readonly<Record<string, unknown>>, allowlist: object = { items: [] }): void {
  huawei.state.namespaces.set('i-1/team', {
    name: 'team',
    metadata: { public: 'false', auto_scan: 'true', prevent_vul: 'true', severity: 'high', ...metadata },
    cve_allowlist: allowlist,
  });
}

function finding(id: string, severity: Severity): PolicyVulnerability {
  return { id, severity, remediation: [] };
}

function high(id: string): PolicyVulnerability {
  return finding(id, 'high');
}
