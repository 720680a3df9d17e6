import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PolicyVulnerability } from '../../../../src/foundation/model/policy.ts';
import type { Severity } from '../../../../src/foundation/model/severity.ts';
import type { GatedImage, NamespacePolicy } from '../../../../src/gate/provider.ts';
import { provider } from '../../../../src/gate/providers/harbor.ts';

/** The rows of the table that was observed on Harbor 2.5.6 and 2.9.0: threshold, then per column whether a pull was allowed. */
const columns: readonly (Severity | 'clean')[] = ['clean', 'unknown', 'negligible', 'low', 'medium', 'high', 'critical'];
const rows: readonly (readonly [thresholds: readonly string[], answers: string])[] = [
  [['none', 'unknown', '', 'negligible', 'Moderate', ' high'], 'abbbbbb'],
  [['low', 'Low'], 'aaabbbb'],
  [['medium'], 'aaaabbb'],
  [['high', 'High'], 'aaaaabb'],
  [['critical'], 'aaaaaab'],
];

describe('decision table', () => {
  for (const [thresholds, answers] of rows) {
    for (const threshold of thresholds) {
      for (const [index, column] of columns.entries()) {
        const expected = answers[index] === 'a' ? 'allow' : 'block';
        for (const registryVersion of ['v2.5.6-aaaaaaaa', 'v2.9.0-bbbbbbbb', undefined]) {
          test(`threshold '${threshold}', worst ${column}, ${registryVersion ?? 'version not told'}: ${expected}`, () => {
            const image = imageWith(...(column === 'clean' ? [] : [vulnerability('CVE-2020-0001', column)]));
            const answer = provider.decide(policyWith({ severity: threshold, registryVersion }), image);
            assert.equal(answer.decision, expected);
            assert.deepEqual(answer.blocking, expected === 'block' ? ['CVE-2020-0001'] : []);
          });
        }
      }
      test(`threshold '${threshold}', never scanned: refused whatever is in it`, () => {
        const answer = provider.decide(policyWith({ severity: threshold, scansOnPush: false }), imageWith());
        assert.equal(answer.decision, 'block-until-scanned');
      });
    }
  }
});

describe('what turns the decision', () => {
  test('prevention off allows anything, scanned or not', () => {
    const answer = provider.decide(policyWith({ enabled: false, scansOnPush: false }), {
      ...imageWith(vulnerability('CVE-1', 'critical')),
      complete: false,
    });
    assert.equal(answer.decision, 'allow');
    assert.deepEqual(answer.blocking, []);
  });

  test('a partial scan that found nothing proves nothing; one that found enough does', () => {
    const partial = { ...imageWith(), complete: false };
    assert.equal(provider.decide(policyWith({}), partial).decision, 'unknown');
    assert.equal(provider.decide(policyWith({ scansOnPush: false }), partial).decision, 'unknown');
    assert.equal(provider.decide(policyWith({}), { ...imageWith(vulnerability('CVE-1', 'critical')), complete: false }).decision, 'block');
  });

  test('what blocks, blocks also where nobody scans; the reason says both', () => {
    const answer = provider.decide(policyWith({ scansOnPush: false }), imageWith(vulnerability('CVE-1', 'critical')));
    assert.equal(answer.decision, 'block');
    assert.match(answer.reason, /auto_scan is off/);
  });

  test('a demanded signature leaves an image that passes unknown, and one that does not blocked', () => {
    const policy = policyWith({ signatures: ['cosign'] });
    assert.equal(provider.decide(policy, imageWith()).decision, 'unknown');
    assert.match(provider.decide(policy, imageWith()).reason, /signature by cosign/);
    assert.equal(provider.decide(policy, imageWith(vulnerability('CVE-1', 'critical'))).decision, 'block');
    assert.equal(provider.decide(policyWith({ enabled: false, signatures: ['cosign'] }), imageWith()).decision, 'unknown');
  });

  test('ids that block are sorted and named once, however many packages have them', () => {
    const image = imageWith(
      vulnerability('CVE-2', 'high', 'b'),
      vulnerability('CVE-1', 'critical'),
      vulnerability('CVE-2', 'high', 'a'),
      vulnerability('CVE-3', 'low'),
    );
    assert.deepEqual(provider.decide(policyWith({}), image).blocking, ['CVE-1', 'CVE-2']);
  });

  test('one id with two severities counts by the worse', () => {
    const image = imageWith(vulnerability('CVE-1', 'low', 'a'), vulnerability('CVE-1', 'critical', 'b'));
    assert.equal(provider.decide(policyWith({ severity: 'critical' }), image).decision, 'block');
  });
});

describe('allowlist', () => {
  test('one entry exempts an id in every package; what it alone lets through is told, what it need not is not', () => {
    const image = imageWith(vulnerability('CVE-1', 'high', 'a'), vulnerability('CVE-1', 'high', 'b'), vulnerability('CVE-2', 'low'));
    const answer = provider.decide(policyWith({ allowlist: ['CVE-1', 'CVE-2', 'CVE-9'] }), image);
    assert.deepEqual([answer.decision, answer.blocking, answer.allowlisted], ['allow', [], ['CVE-1']]);
  });

  test('the worst that is left decides after exemption', () => {
    const image = imageWith(vulnerability('CVE-1', 'high'), vulnerability('CVE-2', 'low'));
    const answer = provider.decide(policyWith({ severity: 'low', allowlist: ['CVE-1'] }), image);
    assert.deepEqual([answer.decision, answer.blocking, answer.allowlisted], ['block', ['CVE-2'], ['CVE-1']]);
  });

  test('any id can be exempt, letter by letter', () => {
    const image = imageWith(vulnerability('GHSA-aaaa-bbbb-cccc', 'high'));
    assert.equal(provider.decide(policyWith({ allowlist: ['GHSA-aaaa-bbbb-cccc'] }), image).decision, 'allow');
  });

  for (const entry of ['cve-2020-0005', ' CVE-2020-0005', 'CVE-2020-0005\n']) {
    test(`the entry ${JSON.stringify(entry)} does not exempt CVE-2020-0005, and that is said`, () => {
      const answer = provider.decide(policyWith({ allowlist: [entry] }), imageWith(vulnerability('CVE-2020-0005', 'high')));
      assert.equal(answer.decision, 'block');
      assert.match(answer.problems[0]?.message ?? '', /does not exempt CVE-2020-0005/);
    });
  }

  test('an expired list whose fate hangs on a version that is not told leaves it unknown, unless nothing hangs on it', () => {
    const expired = policyWith({ expired: ['CVE-1'], registryVersion: undefined });
    assert.equal(provider.decide(expired, imageWith(vulnerability('CVE-1', 'high'))).decision, 'unknown');
    assert.match(provider.decide(expired, imageWith(vulnerability('CVE-1', 'high'))).reason, /expired allowlist/);
    assert.equal(provider.decide(expired, imageWith(vulnerability('CVE-1', 'high'), vulnerability('CVE-2', 'high'))).decision, 'block');
    assert.equal(provider.decide(expired, imageWith(vulnerability('CVE-1', 'low'))).decision, 'allow');
    const told = policyWith({ expired: ['CVE-1'] });
    assert.equal(provider.decide(told, imageWith(vulnerability('CVE-1', 'high'))).decision, 'block');
    assert.match(provider.decide(told, imageWith(vulnerability('CVE-1', 'high'))).problems[0]?.message ?? '', /expired/);
  });

  test('a list that could not be read leaves a block unknown and an allowance certain', () => {
    const policy = policyWith({ allowlistRead: false });
    assert.equal(provider.decide(policy, imageWith(vulnerability('CVE-1', 'high'))).decision, 'unknown');
    assert.equal(provider.decide(policy, imageWith(vulnerability('CVE-1', 'medium'))).decision, 'allow');
  });
});

describe('severity in capitals', () => {
  const image = imageWith(vulnerability('CVE-1', 'low'));
  for (const [registryVersion, expected] of [
    ['v2.5.6-a', 'block'],
    ['v2.6.0-a', 'allow'],
    ['v2.9.0-a', 'allow'],
    [undefined, 'unknown'],
  ] as const) {
    test(`'HIGH' with ${registryVersion ?? 'the version not told'} and a low finding: ${expected}`, () => {
      assert.equal(provider.decide(policyWith({ severity: 'HIGH', registryVersion }), image).decision, expected);
    });
  }
});

interface PolicyOptions {
  readonly enabled?: boolean;
  readonly severity?: string;
  readonly allowlist?: readonly string[];
  readonly expired?: readonly string[];
  readonly registryVersion?: string | undefined;
  readonly scansOnPush?: boolean;
  readonly signatures?: readonly string[];
  readonly allowlistRead?: boolean;
}

function policyWith(options: PolicyOptions): NamespacePolicy {
  const registryVersion = 'registryVersion' in options ? options.registryVersion : 'v2.9.0-aaaaaaaa';
  return {
    policy: {
      enabled: options.enabled ?? true,
      severity: options.severity ?? 'high',
      allowlist: (options.allowlist ?? []).map((id) => ({ id })),
      raw: {},
    },
    expiredAllowlist: (options.expired ?? []).map((id) => ({ id, expires: '2020-01-01T00:00:00.000Z' })),
    problems: [],
    ...(registryVersion === undefined ? {} : { registryVersion }),
    scansOnPush: options.scansOnPush ?? true,
    extra: { project: 'team', allowlistRead: options.allowlistRead ?? true, signatures: options.signatures ?? [] },
  };
}

function imageWith(...vulnerabilities: readonly PolicyVulnerability[]): GatedImage {
  return { platform: { os: 'linux', architecture: 'amd64' }, vulnerabilities, complete: true };
}

function vulnerability(id: string, severity: Severity, name = 'zlib'): PolicyVulnerability {
  const purl = `pkg:deb/debian/${name}@1` as NonNullable<PolicyVulnerability['package']>['purl'];
  return { id, severity, package: { purl, name, installedVersion: '1', fixedVersion: '2', status: 'fixed' }, remediation: [] };
}
