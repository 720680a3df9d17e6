import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readConfigurationText } from '../../../src/engine/configuration-text.ts';

test('everything a policy may say is read', () => {
  const { policy, providerOf, issues } = readConfigurationText(`policy:
  severity: high
  unfixed: allow
  knownExploited: block
  malware: allow
  secrets: block
  allowlist:
    - id: CVE-2024-1
      reason: not reachable
      expires: 2027-01-31
  deniedPackages: [telnetd, 'npm:event-stream']
  baseImages: [docker.io/library/debian]
  maximumAge: 7
  signature: required
policyProviders:
  images.example.com: tcr
`);
  assert.deepEqual(issues, []);
  assert.deepEqual(policy, {
    severity: 'high',
    unfixed: 'allow',
    knownExploited: 'block',
    malware: 'allow',
    secrets: 'block',
    allowlist: [{ id: 'CVE-2024-1', reason: 'not reachable', expires: '2027-01-31' }],
    deniedPackages: ['telnetd', 'npm:event-stream'],
    baseImages: ['docker.io/library/debian'],
    maximumAge: 7,
    signature: 'required',
  });
  assert.deepEqual(providerOf, { 'images.example.com': 'tcr' });
});

for (const [what, text, message] of [
  ['a severity that is none', 'policy:\n  severity: severe', /policy\.severity: a severity/],
  ['a switch that is none', 'policy:\n  malware: ignore', /block or allow/],
  ['a misspelt key', 'policy:\n  severty: high', /did you mean 'severity'/],
  ['an allowlist entry without a reason', 'policy:\n  allowlist:\n    - id: CVE-1', /allowlist\[0\]: 'reason' is missing/],
  ['an allowlist entry that is text', 'policy:\n  allowlist: [CVE-1]', /a map with 'id' and 'reason'/],
  ['a day that is none', 'policy:\n  allowlist:\n    - {id: CVE-1, reason: r, expires: 2026-02-30}', /YYYY-MM-DD/],
  ['days below none', 'policy:\n  maximumAge: -1', /whole number of days/],
  ['a policy that is a list', 'policy: [high]', /is a map/],
  ['a kind of registry that there is none of', 'policyProviders:\n  x.example.com: harbour', /did you mean 'harbor'/],
] as const) {
  test(`${what} is told with its line, and the rest counts`, () => {
    const { issues, policy } = readConfigurationText(text);
    assert.match(issues[0]?.message ?? '', message);
    assert.deepEqual(policy?.allowlist ?? [], []);
  });
}

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      readConfigurationText(`policy:\n  allowlist: ${value}\n  severity: ${value}`);
    }),
  );
});
