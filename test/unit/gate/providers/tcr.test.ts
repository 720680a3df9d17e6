import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, beforeEach, describe, test } from 'node:test';
import { createHttpClient } from '../../../../src/foundation/io/http-client.ts';
import type { PolicyDecision, PolicyVulnerability } from '../../../../src/foundation/model/policy.ts';
import type { Severity } from '../../../../src/foundation/model/severity.ts';
import { checkPolicy } from '../../../../src/gate/check.ts';
import { provider } from '../../../../src/gate/providers/tcr.ts';
import type { CloudKey } from '../../../../src/foundation/model/cloud-key.ts';
import { startTencentServer, type TencentServer } from '../../../support/tencent-server.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const KEY: CloudKey = { kind: 'key-pair', id: 'AKIDexample', secret: 'secret-of-example' };
const HOST = 'harbour.tencentcloudcr.com';

let tencent: TencentServer;
before(async () => {
  tencent = await startTencentServer(() => NOW.getTime());
});
after(() => tencent.close());
beforeEach(() => {
  const { state } = tencent;
  state.instances.length = 0;
  state.instances.push({
    RegistryId: 'tcr-1',
    RegistryName: 'harbour',
    RegistryType: 'premium',
    Status: 'Running',
    PublicDomain: 'Harbour.tencentcloudcr.com',
    RegionName: 'ap-shanghai',
  });
  state.namespaces.clear();
  state.customDomains.clear();
  state.failures.clear();
  state.permissions.clear();
  state.offsetCounts = 'pages';
  state.requests.length = 0;
  setNamespaces(namespace('team'));
});

describe('reading', () => {
  test('the instance is found by its public domain, the namespace in its region by its exact name', async () => {
    setNamespaces(namespace('team-b', { PreventVUL: false }), namespace('team'), namespace('my-team', { PreventVUL: false }));
    const answer = await check([high('CVE-1')]);
    assert.deepEqual([answer.provider, answer.decision, answer.policy.severity], ['tcr', 'block', 'high']);
    assert.deepEqual(
      tencent.state.requests.map(({ action, region }) => `${action} ${region}`),
      ['DescribeInstances ap-guangzhou', 'DescribeNamespaces ap-shanghai'],
    );
  });

  for (const offsetCounts of ['pages', 'records'] as const) {
    test(`a namespace behind more than a page of longer names is found, offsets counting ${offsetCounts}`, async () => {
      tencent.state.offsetCounts = offsetCounts;
      setNamespaces(...Array.from({ length: 150 }, (_, index) => namespace(`team-${index}`, { PreventVUL: false })), namespace('team'));
      const answer = await check([high('CVE-1')]);
      assert.equal(answer.decision, 'block');
    });
  }

  test('a custom domain that the configuration names is looked up in every instance', async () => {
    tencent.state.customDomains.set('tcr-1', ['images.example.com']);
    const answer = await check([high('CVE-1')], { reference: 'images.example.com/team/app:1', providerOf: { 'images.example.com': 'tcr' } });
    assert.deepEqual([answer.provider, answer.decision], ['tcr', 'block']);
  });

  test('the Personal Edition has no policy and is not asked', async () => {
    for (const host of ['ccr.ccs.tencentyun.com', 'hkccr.ccs.tencentyun.com']) {
      const answer = await check([high('CVE-1')], { reference: `${host}/team/app:1` });
      assert.equal(answer.decision, 'allow');
      assert.match(answer.reason, /Personal Edition/);
    }
    assert.equal(tencent.state.requests.length, 0);
  });

  test('hosts of others are not recognised', async () => {
    for (const host of ['tencentcloudcr.com', 'xtencentcloudcr.com', 'ccr.ccs.tencentyun.com.example.com', 'harbor.example.com'])
      assert.equal(await provider.recognises(host, undefined as never), false, host);
  });
});

describe('what cannot be read is unknown, never allow', () => {
  const expectUnknown = (answer: PolicyDecision, reason: RegExp): void => {
    assert.equal(answer.decision, 'unknown');
    assert.match(answer.reason, reason);
    assert.doesNotMatch(JSON.stringify(answer), /secret-of-example/);
  };

  test('no key: says which permission would do', async () => {
    expectUnknown(await check([], { key: null }), /TENCENTCLOUD_SECRET_ID.*tcr:DescribeInstances and tcr:DescribeNamespaces/);
  });
  test('a wrong secret is refused by the signature', async () => {
    expectUnknown(await check([], { key: { ...KEY, secret: 'wrong' } }), /SignatureFailure.*not accepted/);
  });
  test('an unknown id', async () => {
    expectUnknown(await check([], { key: { ...KEY, id: 'AKIDnobody' } }), /SecretIdNotFound/);
  });
  test('a clock that is wrong', async () => {
    expectUnknown(await check([], { now: new Date(NOW.getTime() + 600_000) }), /clock/);
  });
  test('a key without the permission', async () => {
    tencent.state.permissions.set('AKIDexample', ['DescribeInstances']);
    expectUnknown(await check([]), /tcr:DescribeNamespaces/);
  });
  test('a missing permission dressed as an internal error', async () => {
    tencent.state.failures.set('DescribeNamespaces', [{ Code: 'InternalError.ErrUnauthorized', Message: 'x' }]);
    const answer = await check([]);
    expectUnknown(answer, /CAM policy/);
    assert.equal(answer.problems[0]?.code, 'permission');
  });
  test('an instance of another account', async () => {
    tencent.state.instances.length = 0;
    expectUnknown(await check([]), /another account/);
  });
  test('a namespace that is not there', async () => {
    setNamespaces(namespace('other'));
    expectUnknown(await check([]), /no namespace 'team'/);
  });
  test('an answer without the list, or without the switch', async () => {
    tencent.state.namespaces.set('tcr-1', [{ Name: 'team' }]);
    expectUnknown(await check([]), /PreventVUL/);
  });
  test('an allowlist that makes no sense leaves a block unknown', async () => {
    setNamespaces(namespace('team', { CVEWhitelistItems: [{ CVEID: 7 }] }));
    expectUnknown(await check([high('CVE-1')]), /allowlist could not be read/);
  });
  test('words of theirs are shown on one line', async () => {
    tencent.state.failures.set('DescribeInstances', [{ Code: 'Odd\nCode', Message: '\u001b[31mred\u0007' }]);
    const answer = await check([]);
    assert.equal(answer.decision, 'unknown');

    assert.doesNotMatch(answer.reason, /[\u0000-\u001f]/);
  });
});

test('what passes by itself is asked again', async () => {
  tencent.state.failures.set('DescribeInstances', [{ Code: 'RequestLimitExceeded', Message: 'slow down' }]);
  assert.equal((await check([])).decision, 'allow');
  tencent.state.failures.set(
    'DescribeInstances',
    Array.from({ length: 9 }, () => ({ Code: 'InternalError.DbError', Message: '' })),
  );
  assert.equal((await check([])).decision, 'unknown');
});

describe('deciding', () => {
  for (const [what, changes, found, decision] of [
    ['prevention off', { PreventVUL: false }, [high('CVE-1')], 'allow'],
    ['one at the level', {}, [high('CVE-1')], 'block'],
    ['all at the level exempt', { CVEWhitelistItems: [{ CVEID: 'CVE-1' }] }, [high('CVE-1')], 'allow'],
    ['only above the level', {}, [finding('CVE-1', 'critical')], 'block'],
    ['only below the level', {}, [finding('CVE-1', 'medium'), finding('CVE-2', 'negligible')], 'allow'],
    ['no level, a finding', { Severity: '' }, [finding('CVE-1', 'low')], 'unknown'],
    ['no level, no finding', { Severity: '' }, [], 'allow'],
    ['a level nobody knows', { Severity: 'severe' }, [finding('CVE-1', 'low')], 'unknown'],
    ['never scanned', { AutoScan: false }, [], 'block-until-scanned'],
    ['never scanned, no level', { AutoScan: false, Severity: '' }, [], 'block-until-scanned'],
    ['level low, a low one', { Severity: 'low' }, [finding('CVE-1', 'low')], 'block'],
    ['level low, an unrated one', { Severity: 'low' }, [finding('CVE-1', 'unknown')], 'allow'],
  ] as const) {
    test(`${what}: ${decision}`, async () => {
      setNamespaces(namespace('team', changes));
      assert.equal((await check(found)).decision, decision);
    });
  }

  test('what the documents leave open is said where it counts', async () => {
    assert.match((await check([finding('CVE-1', 'critical')])).reason, /documents of TCR do not say so/);
    assert.doesNotMatch((await check([high('CVE-1')])).reason, /documents of TCR do not say so/);
  });

  test('an entry of other case is a near miss', async () => {
    setNamespaces(namespace('team', { CVEWhitelistItems: [{ CVEID: 'cve-2024-1 ' }] }));
    const answer = await check([high('CVE-2024-1')]);
    assert.equal(answer.decision, 'block');
    assert.deepEqual(answer.nearMisses, [{ entry: 'cve-2024-1 ', id: 'CVE-2024-1' }]);
  });

  test('findings one step from the level are named: another scanner may see them otherwise', async () => {
    assert.deepEqual((await check([finding('CVE-2', 'medium'), finding('CVE-3', 'low'), finding('CVE-1', 'unknown')])).nearThreshold, [
      'CVE-1',
      'CVE-2',
    ]);
  });

  test('a partial scan that found nothing proves nothing', async () => {
    assert.equal((await check([], { complete: false })).decision, 'unknown');
  });
});

test("the official SDK's client is answered, and refused with a wrong key", async () => {
  const require = createRequire(import.meta.url);
  // Its types name packages that it does not bring along.
  const { CommonClient } = require('tencentcloud-sdk-nodejs-common') as {
    CommonClient: new (
      endpoint: string,
      version: string,
      options: object,
    ) => { request(action: string, parameters: object): Promise<Record<string, unknown>> };
  };
  const clock = tencent.state.now;
  tencent.state.now = Date.now;
  try {
    const clientWith = (secretKey: string) =>
      new CommonClient(tencent.host, '2019-09-24', {
        credential: { secretId: 'AKIDexample', secretKey },
        region: 'ap-shanghai',
        profile: { httpProfile: { protocol: 'http://', endpoint: tencent.host } },
      });
    const answer = await clientWith('secret-of-example').request('DescribeNamespaces', { RegistryId: 'tcr-1' });
    assert.equal(answer.TotalCount, 1);
    await assert.rejects(clientWith('wrong').request('DescribeNamespaces', { RegistryId: 'tcr-1' }), /validated/);
  } finally {
    tencent.state.now = clock;
  }
});

interface Options {
  readonly reference?: string;
  readonly key?: CloudKey | null;
  readonly now?: Date;
  readonly complete?: boolean;
  readonly providerOf?: Readonly<Record<string, string>>;
}

function check(vulnerabilities: readonly PolicyVulnerability[], options: Options = {}): Promise<PolicyDecision> {
  const { key = KEY } = options;
  return checkPolicy({
    reference: options.reference ?? `${HOST}/team/app:1`,
    image: { platform: { os: 'linux', architecture: 'amd64' }, vulnerabilities, complete: options.complete ?? true },
    fixes: [],
    http: createHttpClient(),
    credentialFor: () => assert.fail("the registry's own sign-in is not needed"),
    cloudKeyFor: () => Promise.resolve(key ?? undefined),
    endpoints: { tencent: tencent.host },
    now: options.now ?? NOW,
    providers: [provider],
    ...(options.providerOf === undefined ? {} : { providerOf: options.providerOf }),
  });
}

function namespace(name: string, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    Name: name,
    NamespaceId: name.length,
    Public: false,
    AutoScan: true,
    PreventVUL: true,
    Severity: 'high',
    CVEWhitelistItems: [],
    Metadata: [],
    ...changes,
  };
}

function setNamespaces(...namespaces: Record<string, unknown>[]): void {
  tencent.state.namespaces.set('tcr-1', namespaces);
}

function finding(id: string, severity: Severity): PolicyVulnerability {
  return { id, severity, remediation: [] };
}

function high(id: string): PolicyVulnerability {
  return finding(id, 'high');
}
