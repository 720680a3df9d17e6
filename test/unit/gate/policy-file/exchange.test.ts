import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PolicyDecision } from '../../../../src/foundation/model/policy.ts';
import { severities } from '../../../../src/foundation/model/severity.ts';
import { fromRegistry, toRegistry } from '../../../../src/gate/policy-file/exchange.ts';
import type { PolicyFile } from '../../../../src/gate/policy-file/policy-file.ts';

const QUIET: PolicyFile = { knownExploited: 'allow', malware: 'allow', secrets: 'allow' };

test('no severity becomes laxer on the way, but where it is said', () => {
  const harbor = { critical: 'critical', high: 'high', medium: 'medium', low: 'low', negligible: 'none', unknown: 'none' };
  const tencent = { critical: 'high', high: 'high', medium: 'medium', low: 'low', negligible: 'low', unknown: 'low' };
  for (const severity of severities) {
    const toHarbor = toRegistry({ ...QUIET, severity }, 'harbor');
    assert.equal((toHarbor.policy as { metadata: { severity: string } }).metadata.severity, harbor[severity]);
    assert.equal(toHarbor.lost.length, severity === 'negligible' ? 1 : 0);
    const toTencent = toRegistry({ ...QUIET, severity }, 'tcr');
    assert.equal((toTencent.policy as { Severity: string }).Severity, tencent[severity]);
    assert.equal(toTencent.lost.length, ['critical', 'negligible', 'unknown'].includes(severity) ? 1 : 0);
  }
  assert.equal((toRegistry(QUIET, 'harbor').policy as { metadata: { prevent_vul: string } }).metadata.prevent_vul, 'false');
  assert.equal((toRegistry(QUIET, 'tcr').policy as { IsPreventVUL: boolean }).IsPreventVUL, false);
});

test('entries that end: the earliest end for all of Harbor, none of them for TCR', () => {
  const allowlist = [
    { id: 'CVE-1', reason: 'r', expires: '2027-03-01' },
    { id: 'CVE-2', reason: 'r' },
    { id: 'CVE-3', reason: 'r', expires: '2027-01-01' },
  ];
  const harbor = toRegistry({ ...QUIET, severity: 'high', allowlist }, 'swr');
  assert.deepEqual((harbor.policy as { cve_allowlist: unknown }).cve_allowlist, {
    items: [{ cve_id: 'CVE-1' }, { cve_id: 'CVE-2' }, { cve_id: 'CVE-3' }],
    expires_at: Date.parse('2027-01-01T23:59:59Z') / 1000,
  });
  assert.match(harbor.lost.join(), /2027-01-01/);
  const tencent = toRegistry({ ...QUIET, severity: 'high', allowlist }, 'tcr');
  assert.deepEqual((tencent.policy as { CVEWhitelistItems: unknown }).CVEWhitelistItems, [{ CVEID: 'CVE-2' }]);
  assert.match(tencent.lost.join(), /CVE-1, CVE-3/);
});

test('what no registry has words for is named', () => {
  const policy: PolicyFile = {
    severity: 'high',
    unfixed: 'allow',
    deniedPackages: ['telnetd'],
    baseImages: ['debian'],
    maximumAge: 3,
    signature: 'required',
  };
  const [sentence = ''] = toRegistry(policy, 'tcr').lost;
  for (const word of ['no fix', 'known exploited', 'malware', 'secrets', 'denied packages', 'base images', 'age', 'signatures'])
    assert.ok(sentence.includes(word), word);
});

test('a kind with other words is not imported; a level that is not known is left out, and said', () => {
  assert.equal(fromRegistry(decision('acr', 'HIGH')), undefined);
  assert.equal(fromRegistry(decision('xray', 'High')), undefined);
  assert.deepEqual(fromRegistry(decision('tcr', 'High'))?.policy, { severity: 'high' });
  assert.deepEqual(fromRegistry(decision('harbor', 'none'))?.policy, { severity: 'unknown' });
  const odd = fromRegistry(decision('harbor', 'dreadful'));
  assert.deepEqual([odd?.policy, odd?.lost.length], [{}, 1]);
});

function decision(provider: string, severity: string): PolicyDecision {
  return {
    schemaVersion: 1,
    reference: 'r/n',
    provider,
    policy: { enabled: true, severity, allowlist: [], raw: {} },
    decision: 'unknown',
    reason: '',
    blocking: [],
    allowlisted: [],
    minimalFix: [],
    problems: [],
  };
}
