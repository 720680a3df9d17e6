import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { createHttpClient } from '../../../../src/foundation/io/http-client.ts';
import type { PolicyDecision, PolicyVulnerability } from '../../../../src/foundation/model/policy.ts';
import type { Severity } from '../../../../src/foundation/model/severity.ts';
import { checkPolicy } from '../../../../src/gate/check.ts';
import { provider } from '../../../../src/gate/providers/xray.ts';
import type { CloudKey } from '../../../../src/foundation/model/cloud-key.ts';
import { JFROG_TOKEN, startJfrogServer, type JfrogServer } from '../../../support/jfrog-server.ts';
import { startJsonServer } from '../../../support/json-server.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
let jfrog: JfrogServer;
before(async () => {
  jfrog = await startJfrogServer();
});
after(() => jfrog.close());
beforeEach(() => {
  const { state } = jfrog;
  state.repositories.clear();
  state.repositories.set('docker-local', { key: 'docker-local', rclass: 'local', packageType: 'docker', xrayIndex: true });
  state.ignoreRules.length = 0;
  state.settings = undefined;
  state.failures.clear();
  state.requests.length = 0;
  watch({});
  rule({ min_severity: 'High' });
});

describe('reading', () => {
  test('recognised by its ping, without credentials', async () => {
    assert.equal((await check([vulnerability('CVE-1', 'high')])).provider, 'xray');
    const [first] = jfrog.state.requests;
    assert.deepEqual(first, { path: '/artifactory/api/system/ping', authorization: undefined });
  });

  test('who asks to be left alone may be one all the same', async () => {
    const busy = await startJsonServer(() => ({ status: 429, body: {} }));
    try {
      const nothing = () => Promise.resolve(undefined);
      const context = { http: createHttpClient(), now: new Date(), credential: nothing, cloudKey: nothing, endpoint: () => undefined };
      await assert.rejects(provider.recognises(busy.host, context), /answered 429/);
    } finally {
      await busy.close();
    }
  });

  test('of a virtual repository, the one that pushes go to counts', async () => {
    jfrog.state.repositories.set('docker', { key: 'docker', rclass: 'virtual', defaultDeploymentRepo: 'docker-local' });
    assert.equal((await check([vulnerability('CVE-1', 'high')], { repository: 'docker' })).decision, 'block');
  });

  test("a project's own watches and policies are read too", async () => {
    jfrog.state.repositories.set('docker-local', { key: 'docker-local', rclass: 'local', xrayIndex: true, projectKey: 'harbour' });
    watch({ project_key: 'harbour' });
    rule({ min_severity: 'High' }, undefined, { project_key: 'harbour' });
    assert.equal((await check([vulnerability('CVE-1', 'high')])).decision, 'block');
  });

  test('the token of the environment goes to the platform that it is for, and nowhere else', async () => {
    const token = (url: string | undefined): CloudKey => ({ kind: 'token', token: JFROG_TOKEN, ...(url === undefined ? {} : { url }) });
    const authorizations = async (key: CloudKey) => {
      jfrog.state.requests.length = 0;
      await check([], { key });
      return new Set(jfrog.state.requests.map(({ authorization }) => authorization?.split(' ')[0]));
    };
    assert.deepEqual(await authorizations(token(`http://${jfrog.host}/`)), new Set([undefined, 'Bearer']));
    assert.deepEqual(await authorizations(token('https://other.example.com')), new Set([undefined, 'Basic']));
    assert.deepEqual(await authorizations(token(undefined)), new Set([undefined, 'Basic']));
  });
});

describe('what cannot be read is unknown, never allow', () => {
  for (const [what, path, status, body, reason] of [
    ['watches without the role', '/xray/api/v2/watches', 403, '{"error":"Forbidden"}', /Manage Watches/],
    ['policies without the role', '/xray/api/v2/policies', 403, '{}', /Manage Policies/],
    ['no Xray there', '/xray/api/v2/watches', 404, '', /no Xray answers/],
    ['a list that is none', '/xray/api/v2/watches', 200, '{}', /does not answer with its watches/],
    ['text instead of JSON', '/xray/api/v2/policies', 200, '<html>', /does not answer with its policies/],
    ['a policy without rules', '/xray/api/v2/policies', 200, '[{"name":"no-risk","type":"security"}]', /rules of the policy 'no-risk'/],
    ['a server that is down', '/xray/api/v2/policies', 503, '', /503/],
  ] as const) {
    test(what, async () => {
      jfrog.state.failures.set(path, { status, body });
      const answer = await check([]);
      assert.equal(answer.decision, 'unknown');
      assert.match(answer.reason, reason);
      assert.doesNotMatch(JSON.stringify(answer), /password-of-example/);
    });
  }

  test('a wrong password', async () => {
    const answer = await check([], { password: 'wrong' });
    assert.equal(answer.decision, 'unknown');
    assert.match(answer.reason, /docker login/);
  });

  test('a repository that this user may not see, and no watch over its name', async () => {
    jfrog.state.failures.set('/artifactory/api/repositories/docker-local', { status: 403, body: '{}' });
    watch({ project_resources: { resources: [{ type: 'repository', name: 'behind-it' }] } });
    assert.equal((await check([])).decision, 'unknown');
  });

  test('a virtual repository that does not say, or does not show, what is behind it', async () => {
    watch({ project_resources: { resources: [{ type: 'repository', name: 'behind-it' }] } });
    jfrog.state.repositories.set('docker', { key: 'docker', rclass: 'virtual' });
    assert.equal((await check([], { repository: 'docker' })).decision, 'unknown');
    jfrog.state.repositories.set('docker', { key: 'docker', rclass: 'virtual', defaultDeploymentRepo: 'hidden' });
    jfrog.state.failures.set('/artifactory/api/repositories/hidden', { status: 403, body: '{}' });
    assert.equal((await check([], { repository: 'docker' })).decision, 'unknown');
  });

  test('a repository that is not there', async () => {
    const answer = await check([], { repository: 'nowhere' });
    assert.equal(answer.decision, 'unknown');
    assert.match(answer.reason, /nowhere/);
  });

  test('a policy of the watch that this user may not read', async () => {
    jfrog.state.policies.length = 0;
    assert.equal((await check([])).decision, 'unknown');
  });
});

describe('deciding', () => {
  const high = vulnerability('CVE-1', 'high', { score: 8.1 });
  for (const [what, criteria, found, decision] of [
    ['at the severity', { min_severity: 'High' }, [high], 'block'],
    ['below it', { min_severity: 'Critical' }, [high], 'allow'],
    ['any severity', { min_severity: 'All Severities' }, [vulnerability('CVE-1', 'unknown')], 'block'],
    ['a severity that Xray has no word for', { min_severity: 'Low' }, [vulnerability('CVE-1', 'negligible')], 'unknown'],
    ['negligible is below medium', { min_severity: 'Medium' }, [vulnerability('CVE-1', 'negligible')], 'allow'],
    ['no severity here', { min_severity: 'High' }, [vulnerability('CVE-1', 'unknown')], 'unknown'],
    ['a severity of a later version', { min_severity: 'Apocalyptic' }, [high], 'unknown'],
    ['within the scores', { cvss_range: { from: 7, to: 10 } }, [high], 'block'],
    ['above the scores', { cvss_range: { from: 1, to: 7 } }, [high], 'allow'],
    ['no score here', { cvss_range: { from: 7, to: 10 } }, [vulnerability('CVE-1', 'high')], 'unknown'],
    ['one of the ids', { vulnerability_ids: ['CVE-1'] }, [high], 'block'],
    ['another name of one of the ids', { vulnerability_ids: ['GHSA-1'] }, [{ ...high, aliases: ['GHSA-1'] }], 'unknown'],
    ['none of the ids', { vulnerability_ids: ['CVE-10'] }, [high], 'allow'],
    ['without a fix', { min_severity: 'High', fix_version_dependant: true }, [high], 'allow'],
    ['with a fix', { min_severity: 'High', fix_version_dependant: true }, [vulnerability('CVE-1', 'high', { fixedVersion: '2' })], 'block'],
    ['malicious packages alone', { malicious_package: true }, [high], 'allow'],
    ['criteria of a later version', { min_severity: 'High', applicable_cves_only: true }, [high], 'unknown'],
    ['criteria of a later version that another rules out', { min_severity: 'Critical', applicable_cves_only: true }, [high], 'allow'],
    ['criteria that are not set', { min_severity: 'High', exposures: null, applicable_cves_only: false, package_name: '' }, [high], 'block'],
  ] as const) {
    test(`${what}: ${decision}`, async () => {
      rule(criteria);
      assert.equal((await check(found)).decision, decision);
    });
  }

  test('the first rule that is met acts alone', async () => {
    jfrog.state.policies.splice(0, 1, {
      name: 'no-risk',
      type: 'security',
      rules: [
        { name: 'all', priority: 2, criteria: { min_severity: 'High' }, actions: { block_download: { active: true } } },
        { name: 'known', priority: 1, criteria: { vulnerability_ids: ['CVE-1'] }, actions: { block_download: { active: false } } },
      ],
    });
    assert.equal((await check([high])).decision, 'allow');
    assert.deepEqual((await check([high, vulnerability('CVE-2', 'high')])).blocking, ['CVE-2']);
  });

  test('a rule whose criteria cannot be read does not act before the others', async () => {
    for (const criteria of [{}, { cvss_range: { from: '9', to: '10' } }, { min_severity: 4 }, { vulnerability_ids: 'CVE-1' }]) {
      rule(
        criteria,
        {},
        {
          rules: [
            { name: 'first', priority: 1, criteria, actions: {} },
            { name: 'second', priority: 2, criteria: { min_severity: 'High' }, actions: { block_download: { active: true } } },
          ],
        },
      );
      assert.equal((await check([high])).decision, 'unknown', JSON.stringify(criteria));
    }
  });

  test('an action that is neither on nor off is not taken for off', async () => {
    rule({ min_severity: 'High' }, undefined, { rules: [{ name: 'rule', criteria: { min_severity: 'High' } }] });
    assert.equal((await check([high])).decision, 'unknown');
    rule({ min_severity: 'High' }, { block_download: { active: 'true' } });
    assert.equal((await check([high])).decision, 'unknown');
  });

  test('a rule that only fails builds refuses no download', async () => {
    rule({ min_severity: 'High' }, { block_download: { active: false }, fail_build: true });
    assert.equal((await check([high])).decision, 'allow');
  });

  for (const [what, changes, decision] of [
    ['another repository', { project_resources: { resources: [{ type: 'repository', name: 'npm-local' }] } }, 'allow'],
    ['a watch that is off', { general_data: { name: 'all', active: false } }, 'allow'],
    ['builds', { project_resources: { resources: [{ type: 'all-builds' }] } }, 'allow'],
    ['all repositories', { project_resources: { resources: [{ type: 'all-repos', filters: [{ type: 'regex', value: '.*' }] }] } }, 'block'],
    [
      'other package types',
      { project_resources: { resources: [{ type: 'all-repos', filters: [{ type: 'package-type', value: 'Npm' }] }] } },
      'allow',
    ],
    [
      'its package type',
      { project_resources: { resources: [{ type: 'all-repos', filters: [{ type: 'package-type', value: 'Docker' }] }] } },
      'block',
    ],
    ['a pattern', { project_resources: { resources: [{ type: 'all-repos', filters: [{ type: 'regex', value: '(a+)+$' }] }] } }, 'unknown'],
    ['a project', { project_resources: { resources: [{ type: 'project', name: 'harbour' }] } }, 'unknown'],
    ['a kind of resource of a later version', { project_resources: { resources: [{ type: 'all-artifacts' }] } }, 'unknown'],
    ['a repository without a name', { project_resources: { resources: [{ type: 'repository' }] } }, 'unknown'],
    ['resources that are no list', { project_resources: { resources: {} } }, 'unknown'],
    ['policies that are no list', { assigned_policies: 'no-risk' }, 'unknown'],
  ] as const) {
    test(`a watch over ${what}: ${decision}`, async () => {
      watch(changes);
      assert.equal((await check([high])).decision, decision);
    });
  }

  test('ignore rules exempt, until they end; narrow ones leave it open', async () => {
    const ignore = (filters: object, more: object = {}) => {
      jfrog.state.ignoreRules.splice(0, 1, { id: '1', ignore_filters: filters, ...more });
    };
    ignore({ cves: ['CVE-1'] });
    const exempt = await check([high]);
    assert.deepEqual([exempt.decision, exempt.allowlisted], ['allow', ['CVE-1']]);
    ignore({ cves: ['CVE-1'] }, { expires_at: '2026-02-01T00:00:00Z' });
    const expired = await check([high]);
    assert.deepEqual([expired.decision, expired.expiredAllowlist], ['block', [{ id: 'CVE-1', expires: '2026-02-01T00:00:00Z' }]]);
    ignore({ cves: ['CVE-1'], components: [{ name: 'zlib' }] });
    assert.equal((await check([high])).decision, 'unknown');
    ignore({ cves: ['CVE-1'], watches: ['another'] });
    assert.equal((await check([high])).decision, 'block');
    ignore({ cves: ['cve-1'] });
    assert.deepEqual((await check([high])).nearMisses, [{ entry: 'cve-1', id: 'CVE-1' }]);
  });

  test('ignore rules that may not be read leave it open', async () => {
    jfrog.state.failures.set('/xray/api/v1/ignore_rules', { status: 403, body: '{}' });
    assert.equal((await check([high])).decision, 'unknown');
    assert.equal((await check([])).decision, 'allow');
  });

  test('more than one page of ignore rules', async () => {
    for (let i = 0; i < 250; i++) jfrog.state.ignoreRules.push({ id: `r${i}`, ignore_filters: { cves: [`CVE-${i}`] } });
    assert.deepEqual((await check([vulnerability('CVE-249', 'high')])).allowlisted, ['CVE-249']);
  });

  test('what is not scanned is refused until it is: nobody scans where nothing is indexed', async () => {
    rule({ min_severity: 'High' }, { block_download: { active: true, unscanned: true } });
    const indexed = await check([]);
    assert.equal(indexed.decision, 'allow');
    assert.match(indexed.reason, /Until its scan ends/);
    jfrog.state.repositories.set('docker-local', { key: 'docker-local', rclass: 'local', xrayIndex: false });
    assert.equal((await check([])).decision, 'block-until-scanned');
  });

  test('licence policies that refuse downloads are not judged, and not passed over', async () => {
    watch({ assigned_policies: [{ name: 'licences', type: 'license' }] });
    jfrog.state.policies.push({
      name: 'licences',
      type: 'license',
      rules: [{ name: 'r', criteria: {}, actions: { block_download: { active: true } } }],
    });
    const answer = await check([]);
    assert.equal(answer.decision, 'unknown');
    assert.match(answer.reason, /licence/);
  });

  test("the administrator's settings overrule", async () => {
    jfrog.state.settings = { xrayEnabled: true, xrayAllowBlocked: true };
    assert.equal((await check([high])).decision, 'allow');
    jfrog.state.settings = { xrayEnabled: true, xrayAllowBlocked: false };
    assert.equal((await check([high])).decision, 'block');
  });

  test('a partial scan that found nothing proves nothing', async () => {
    assert.equal((await check([], { complete: false })).decision, 'unknown');
  });
});

function watch(changes: object): void {
  jfrog.state.watches.splice(0, jfrog.state.watches.length, {
    general_data: { name: 'all', active: true },
    project_resources: { resources: [{ type: 'repository', name: 'docker-local' }] },
    assigned_policies: [{ name: 'no-risk', type: 'security' }],
    ...changes,
  });
}

function rule(criteria: object, actions: object = { block_download: { active: true, unscanned: false } }, changes: object = {}): void {
  const rules = [{ name: 'rule', priority: 1, criteria, actions }];
  jfrog.state.policies.splice(0, jfrog.state.policies.length, { name: 'no-risk', type: 'security', rules, ...changes });
}

function vulnerability(id: string, severity: Severity, more: { score?: number; fixedVersion?: string } = {}): PolicyVulnerability {
  return {
    id,
    severity,
    remediation: [],
    ...(more.score === undefined ? {} : { rating: { source: 'nvd', score: more.score } }),
    ...(more.fixedVersion === undefined
      ? {}
      : {
          package: {
            purl: 'pkg:deb/debian/zlib1g@1' as NonNullable<PolicyVulnerability['package']>['purl'],
            name: 'zlib1g',
            installedVersion: '1',
            fixedVersion: more.fixedVersion,
            status: 'fixed',
          },
        }),
  };
}

interface CheckChanges {
  readonly repository?: string;
  readonly complete?: boolean;
  readonly key?: CloudKey;
  readonly password?: string;
}

function check(
  vulnerabilities: readonly PolicyVulnerability[],
  { repository = 'docker-local', complete = true, key, password = 'password-of-example' }: CheckChanges = {},
): Promise<PolicyDecision> {
  return checkPolicy({
    http: createHttpClient(),
    credentialFor: () => Promise.resolve({ kind: 'basic', username: 'dev', password }),
    cloudKeyFor: () => Promise.resolve(key),
    now: NOW,
    providers: [provider],
    reference: `${jfrog.host}/${repository}/app:1`,
    image: { platform: { os: 'linux', architecture: 'amd64' }, vulnerabilities, complete },
    fixes: [],
  });
}
