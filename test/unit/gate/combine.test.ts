import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PolicyDecision, PolicyDecisionKind } from '../../../src/foundation/model/policy.ts';
import { combineDecisions, combinePlatforms } from '../../../src/gate/combine.ts';

const kinds: readonly PolicyDecisionKind[] = ['block', 'block-until-scanned', 'unknown', 'allow'];

test('the strictest counts, whoever says it, and both are parts', () => {
  for (const [a, registry] of kinds.entries()) {
    for (const [b, own] of kinds.entries()) {
      const answer = combineDecisions(decision('harbor', registry), decision('policy-file', own));
      assert.equal(answer.decision, kinds[Math.min(a, b)]);
      assert.equal(answer.provider, 'harbor');
      assert.deepEqual(
        answer.parts?.map((part) => [part.provider, part.decision]),
        [
          ['harbor', registry],
          ['policy-file', own],
        ],
      );
    }
  }
});

test('a registry of no known kind decides nothing', () => {
  const answer = combineDecisions(decision('none', 'unknown'), decision('policy-file', 'allow'));
  assert.deepEqual([answer.provider, answer.decision, answer.parts], ['policy-file', 'allow', undefined]);
  assert.match(answer.reason, /policy-file says allow.*none says unknown/);
});

test('a registry that could not be asked is no allowance', () => {
  const registry = { ...decision('none', 'unknown'), problems: [{ code: 'network' as const, message: 'cannot be reached' }] };
  assert.equal(combineDecisions(registry, decision('policy-file', 'allow')).decision, 'unknown');
  assert.equal(combineDecisions(registry, decision('policy-file', 'block')).decision, 'block');
});

test('ids and steps are united, each once', () => {
  const step = { package: 'curl', from: '1', to: '2', removes: ['CVE-1'], command: 'apt-get install curl' };
  const a = { ...decision('harbor', 'block'), blocking: ['CVE-1', 'CVE-2'], minimalFix: [step] };
  const b = { ...decision('policy-file', 'block'), blocking: ['CVE-1', 'malware:x'], minimalFix: [step] };
  const answer = combineDecisions(a, b);
  assert.deepEqual([answer.blocking, answer.minimalFix], [['CVE-1', 'CVE-2', 'malware:x'], [step]]);
});

function decision(provider: string, kind: PolicyDecisionKind): PolicyDecision {
  return {
    schemaVersion: 1,
    reference: 'r/n/a:1',
    provider,
    policy: { enabled: true, severity: '', allowlist: [], raw: {} },
    decision: kind,
    reason: `${provider} says ${kind}.`,
    blocking: [],
    allowlisted: [],
    minimalFix: [],
    problems: [],
  };
}

test('platforms: any that is refused refuses the image, and each says why', () => {
  const arm: PolicyDecision = { ...decision('harbor', 'block'), blocking: ['CVE-2'], problems: [{ code: 'other', message: 'same' }] };
  const amd: PolicyDecision = { ...decision('harbor', 'allow'), allowlisted: ['CVE-1'], problems: [{ code: 'other', message: 'same' }] };
  const answer = combinePlatforms([
    { platform: { os: 'linux', architecture: 'amd64' }, decision: amd },
    { platform: { os: 'linux', architecture: 'arm', variant: 'v7' }, decision: arm },
  ]);
  assert.deepEqual([answer.decision, answer.blocking, answer.allowlisted, answer.problems.length], ['block', ['CVE-2'], ['CVE-1'], 1]);
  assert.equal(answer.reason, 'linux/arm/v7: Harbor says block.');
  assert.deepEqual(
    answer.platforms?.map(({ decision: kind }) => kind),
    ['allow', 'block'],
  );
  for (const [a, first] of kinds.entries()) {
    for (const [b, second] of kinds.entries()) {
      const both = combinePlatforms(
        [first, second].map((kind) => ({ platform: { os: 'linux', architecture: kind }, decision: decision('harbor', kind) })),
      );
      assert.equal(both.decision, kinds[Math.min(a, b)]);
    }
  }
});
