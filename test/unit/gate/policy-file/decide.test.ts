import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Finding } from '../../../../src/foundation/model/finding.ts';
import type { PolicyVulnerability } from '../../../../src/foundation/model/policy.ts';
import type { ScanReport } from '../../../../src/foundation/model/report.ts';
import { decideByPolicyFile, type RequiredSignature } from '../../../../src/gate/policy-file/decide.ts';
import type { PolicyFile } from '../../../../src/gate/policy-file/policy-file.ts';
import { sampleReport } from '../../../support/sample-report.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

describe('what blocks', () => {
  const high = vulnerability('CVE-1', { severity: 'high' });
  const unfixed = vulnerability('CVE-2', { severity: 'critical', fixed: false });
  for (const [what, policy, vulnerabilities, decision, blocking] of [
    ['nothing said, nothing found', {}, [], 'allow', []],
    ['no severity named', {}, [high], 'allow', []],
    ['at the severity', { severity: 'high' }, [high], 'block', ['CVE-1']],
    ['above it', { severity: 'medium' }, [high], 'block', ['CVE-1']],
    ['below it', { severity: 'critical' }, [high], 'allow', []],
    ['without a fix', { severity: 'high' }, [unfixed], 'block', ['CVE-2']],
    ['without a fix, which are let pass', { severity: 'high', unfixed: 'allow' }, [unfixed], 'allow', []],
    ['exploited, whatever its severity', {}, [vulnerability('CVE-3', { severity: 'low', kev: true })], 'block', ['CVE-3']],
    ['exploited, which is let pass', { knownExploited: 'allow' }, [vulnerability('CVE-3', { severity: 'low', kev: true })], 'allow', []],
    ['exempt', { severity: 'high', allowlist: [{ id: 'CVE-1', reason: 'not reachable' }] }, [high], 'allow', []],
    ['exempt to this day', { severity: 'high', allowlist: [{ id: 'CVE-1', reason: 'r', expires: '2026-03-01' }] }, [high], 'allow', []],
    ['exempt until yesterday', { severity: 'high', allowlist: [{ id: 'CVE-1', reason: 'r', expires: '2026-02-28' }] }, [high], 'block', ['CVE-1']],
    ['exempt in other letters', { severity: 'high', allowlist: [{ id: 'cve-1', reason: 'r' }] }, [high], 'block', ['CVE-1']],
  ] as const) {
    test(`${what}: ${decision}`, () => {
      const answer = decide(policy, { vulnerabilities });
      assert.deepEqual([answer.decision, answer.blocking], [decision, blocking]);
    });
  }

  test('malware and secrets, unless they are let pass or exempt', () => {
    const findings = [
      found('malware:eicar', 'malware'),
      found('secret:aws-access-key-id', 'sensitive-file'),
      found('sensitive:private-key-file', 'sensitive-file'),
    ];
    assert.deepEqual(decide({}, { findings }).blocking, ['malware:eicar', 'secret:aws-access-key-id']);
    assert.equal(decide({ malware: 'allow', secrets: 'allow' }, { findings }).decision, 'allow');
    assert.deepEqual(decide({ allowlist: [{ id: 'malware:eicar', reason: 'a test file' }] }, { findings }).blocking, ['secret:aws-access-key-id']);
  });

  test('denied packages, by name, by type and by the beginning of the name', () => {
    const [first] = sampleReport(3).packages;
    assert.ok(first !== undefined);
    for (const pattern of [first.name, `${first.type}:${first.name}`, `${first.name.slice(0, 3)}*`])
      assert.equal(decide({ deniedPackages: [pattern] }).decision, 'block', pattern);
    assert.equal(decide({ deniedPackages: [first.name.slice(0, 3), `npm:${first.name}x`] }).decision, 'allow');
  });

  test('base images that are not allowed; one that is not told is unknown', () => {
    const allowed = ['docker.io/library/debian', 'registry.example.com/base/', 'debian'];
    const on = (base?: string) =>
      decide({ baseImages: allowed }, { annotations: base === undefined ? {} : { 'org.opencontainers.image.base.name': base } }).decision;
    assert.deepEqual(
      [
        'docker.io/library/debian:12',
        'docker.io/library/debian',
        'registry.example.com/base/node:24',
        'docker.io/library/debian-evil:1',
        'debian:5000/evil:1',
        'example.com/x',
        undefined,
      ].map(on),
      ['allow', 'allow', 'allow', 'block', 'block', 'block', 'unknown'],
    );
  });

  test('advisories that are too old', () => {
    assert.equal(decide({ maximumAge: 7 }, { builtAt: '2026-02-25T00:00:00Z' }).decision, 'allow');
    assert.deepEqual(decide({ maximumAge: 3 }, { builtAt: '2026-02-25T00:00:00Z' }).blocking, ['scan-age']);
    assert.equal(decide({ maximumAge: 3 }, { builtAt: '' }).decision, 'unknown');
  });

  test('a signature that is required', () => {
    const answers = (['valid', 'invalid', 'untrusted', 'absent', 'unknown', undefined] as const).map(
      (valid) => decide({ signature: 'required' }, {}, signatureOf('image', valid)).decision,
    );
    assert.deepEqual(answers, ['allow', 'block', 'block', 'block', 'unknown', 'unknown']);
    assert.equal(decide({ signature: 'optional' }).decision, 'allow');
    // A valid base image does not make up for the image.
    assert.equal(decide({ signature: 'required' }, {}, signatureOf('base', 'valid')).decision, 'unknown');
    const { decision, blocking, reason } = decide({}, {}, signatureOf('base', 'absent'));
    assert.deepEqual([decision, blocking], ['block', ['base-signature']]);
    assert.match(reason, /its base image registry\.example\.com\/x:1 must have a valid signature: because\.$/);
  });
});

test('a partial scan that found nothing proves nothing; what it found still blocks', () => {
  assert.equal(decide({ severity: 'high' }, { complete: false }).decision, 'unknown');
  assert.equal(decide({ severity: 'high' }, { complete: false, vulnerabilities: [vulnerability('CVE-1', { severity: 'high' })] }).decision, 'block');
});

test('advisories from the future have no age', () => {
  const inDays = (days: number): string => new Date(NOW.getTime() + days * 86_400_000).toISOString();
  assert.equal(decide({ maximumAge: 7 }, { builtAt: inDays(30) }).decision, 'unknown');
  assert.equal(decide({ maximumAge: 7 }, { builtAt: inDays(0.5) }).decision, 'allow');
});

test('near misses and expired entries are told', () => {
  const answer = decide(
    {
      severity: 'high',
      allowlist: [
        { id: 'cve-1', reason: 'r' },
        { id: 'CVE-2', reason: 'r', expires: '2020-01-01' },
      ],
    },
    { vulnerabilities: [vulnerability('CVE-1', { severity: 'high' }), vulnerability('CVE-2', { severity: 'high' })] },
  );
  assert.deepEqual(answer.nearMisses, [{ entry: 'cve-1', id: 'CVE-1' }]);
  assert.deepEqual(
    answer.problems.map(({ code }) => code),
    ['configuration', 'expired'],
  );
});

interface Situation {
  readonly vulnerabilities?: readonly PolicyVulnerability[];
  readonly findings?: readonly Finding[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly builtAt?: string;
  readonly complete?: boolean;
}

function signatureOf(of: RequiredSignature['of'], valid: RequiredSignature['valid'] | undefined): readonly RequiredSignature[] {
  return valid === undefined ? [] : [{ of, name: 'registry.example.com/x:1', valid, reason: 'Because.' }];
}

function decide(policy: PolicyFile, situation: Situation = {}, signatures: readonly RequiredSignature[] = []) {
  const sample = sampleReport(3);
  const { vulnerabilities = [], findings = [], annotations = {}, builtAt = NOW.toISOString(), complete = true } = situation;
  const report: ScanReport = {
    ...sample,
    findings,
    image: { ...sample.image, annotations, config: { ...sample.image.config, labels: {} } },
    advisories: { ...sample.advisories, builtAt },
  };
  const image = { platform: report.image.platform, vulnerabilities, complete };
  return decideByPolicyFile({ policy, report, now: NOW, signatures }, image);
}

function vulnerability(
  id: string,
  { severity, fixed = true, kev }: { readonly severity: Finding['severity']; readonly fixed?: boolean; readonly kev?: boolean },
): PolicyVulnerability {
  const [installed] = sampleReport(3).packages;
  assert.ok(installed !== undefined);
  return {
    id,
    severity,
    remediation: [],
    package: {
      purl: installed.purl,
      name: installed.name,
      installedVersion: '1',
      status: fixed ? 'fixed' : 'affected',
      ...(fixed && { fixedVersion: '2' }),
    },
    ...(kev === undefined ? {} : { kev }),
  };
}

function found(id: string, category: Finding['category']): Finding {
  return { id, category, severity: 'high', title: id, references: [], location: {}, remediation: [], compliance: [] };
}
