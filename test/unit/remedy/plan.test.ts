import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Purl } from '../../../src/foundation/model/brand.ts';
import type { Finding } from '../../../src/foundation/model/finding.ts';
import type { Severity } from '../../../src/foundation/model/severity.ts';
import { planFixes } from '../../../src/remedy/plan.ts';

function finding(
  id: string,
  type: string,
  name: string,
  fixedVersion: string | undefined,
  severity: Severity = 'high',
  command = `${type} upgrade ${name} ${fixedVersion ?? ''}`,
): Finding {
  return {
    id,
    category: 'os-vulnerability',
    severity,
    title: id,
    references: [],
    package: {
      purl: `pkg:${type}/${name}@1.0` as Purl,
      name,
      installedVersion: '1.0',
      status: 'fixed',
      ...(fixedVersion === undefined ? {} : { fixedVersion }),
    },
    location: {},
    remediation: fixedVersion === undefined ? [{ kind: 'manual', text: 'wait' }] : [{ kind: 'command', text: command }],
    compliance: [],
  };
}

test('one step a package, to the highest fixed version in that package manager’s own order', () => {
  assert.deepEqual(
    planFixes([
      finding('CVE-1', 'deb', 'a', '1.9-1'),
      finding('CVE-2', 'deb', 'a', '1.10-1'),
      finding('CVE-3', 'deb', 'a', '1.10~rc1-1'),
      finding('CVE-2', 'deb', 'a', '1.2-1'),
    ]),
    [{ package: 'a', from: '1.0', to: '1.10-1', removes: ['CVE-1', 'CVE-2', 'CVE-3'], command: 'deb upgrade a 1.10-1' }],
  );
});

test('the worst first, then the most, then by name; what has no fix or no command is not in it', () => {
  const plan = planFixes([
    finding('CVE-1', 'apk', 'low', '2', 'low'),
    finding('CVE-2', 'apk', 'b', '2', 'high'),
    finding('CVE-3', 'apk', 'most', '2', 'high'),
    finding('CVE-4', 'apk', 'most', '2', 'low'),
    finding('CVE-5', 'apk', 'worst', '2', 'critical'),
    finding('CVE-6', 'apk', 'a', '2', 'high'),
    finding('CVE-7', 'apk', 'none', undefined, 'critical'),
    { ...finding('CVE-8', 'apk', 'hand', '2', 'critical'), remediation: [{ kind: 'manual', text: 'by hand' }] },
  ]);
  assert.deepEqual(
    plan.map((step) => step.package),
    ['worst', 'most', 'a', 'b', 'low'],
  );
});

test('packages that the same command upgrades are one step', () => {
  assert.deepEqual(
    planFixes([
      finding('CVE-1', 'npm', 'tar', '6.1.2', 'high', 'npm install -g npm@latest'),
      finding('CVE-2', 'npm', 'glob', '9.0.0', 'low', 'npm install -g npm@latest'),
    ]),
    [{ package: 'glob, tar', from: '1.0, 1.0', to: '9.0.0, 6.1.2', removes: ['CVE-1', 'CVE-2'], command: 'npm install -g npm@latest' }],
  );
});

test('law: the plan does not depend on the order of the findings, and removes each fixable id', () => {
  const one = fc.record({
    id: fc.constantFrom('A', 'B', 'C', 'D'),
    name: fc.constantFrom('x', 'y', 'z'),
    version: fc.constantFrom('1.2', '1.10', '2', undefined),
    severity: fc.constantFrom<Severity>('critical', 'low', 'unknown'),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), (items) => {
      const findings = items.map(({ id, name, version, severity }) => finding(id, 'deb', name, version, severity));
      const plan = planFixes(findings);
      assert.deepEqual(planFixes(findings.toReversed()), plan);
      assert.deepEqual(
        [...new Set(plan.flatMap(({ removes }) => removes))].sort(),
        [...new Set(findings.filter((item) => item.package?.fixedVersion !== undefined).map(({ id }) => id))].sort(),
      );
    }),
  );
});
