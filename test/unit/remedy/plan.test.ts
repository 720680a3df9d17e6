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

test('the highest fixed version is the highest to the package’s own manager', () => {
  const highest: Readonly<Record<string, readonly [highest: string, other: string]>> = {
    rpm: ['1.10-1.el9', '1.10~rc1-1.el9'],
    alpm: ['1.10-1', '1.10rc1-1'],
    maven: ['1.10.Final', '1.10-rc-1'],
    golang: ['v1.10.0', 'v1.10.0-0.20240101000000-abcdefabcdef'],
    gem: ['1.10', '1.10.rc1'],
    composer: ['1.10.0-p1', '1.10.0'],
    nuget: ['1.10.0.1', '1.10.0'],
    cargo: ['1.10.0', '1.9.0'],
    pypi: ['1.10.post1', '1.10'],
    conan: ['1.1.1t', '1.1.1g'],
    cpan: ['1.9', '1.10'],
    'wordpress-plugin': ['1.10', '1.9'],
  };
  for (const [type, [expected, other]] of Object.entries(highest)) {
    const findings = [other, expected].map((version, index) => finding(`CVE-${index}`, type, 'a', version));
    for (const order of [findings, findings.toReversed()]) assert.equal(planFixes(order)[0]?.to, expected, type);
  }
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

test('what upgrades everything is one step, and a package in several places is named once', () => {
  const pacman = 'pacman -Syu --noconfirm';
  const get = 'go get golang.org/x/net@v0.23.0 && go mod tidy';
  const placed = (id: string, path: string): Finding => ({ ...finding(id, 'golang', 'golang.org/x/net', '0.23.0', 'low', get), location: { path } });
  assert.deepEqual(
    planFixes([
      finding('CVE-1', 'alpm', 'openssl', '3.3.1-1', 'high', pacman),
      finding('CVE-2', 'alpm', 'curl', '8.9.0-1', 'low', pacman),
      placed('CVE-3', 'usr/bin/a'),
      placed('CVE-3', 'usr/bin/b'),
      finding('CVE-4', 'rpm', 'curl', '8.9.0-1', 'medium', 'dnf upgrade -y curl'),
    ]).map(({ package: name, to, removes, command }) => [name, to, removes, command]),
    [
      ['curl, openssl', '8.9.0-1, 3.3.1-1', ['CVE-1', 'CVE-2'], pacman],
      ['curl', '8.9.0-1', ['CVE-4'], 'dnf upgrade -y curl'],
      ['golang.org/x/net', '0.23.0', ['CVE-3'], get],
    ],
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
