import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfiguration } from '../../../src/engine/configuration.ts';
import { checkPush } from '../../../src/engine/check-push.ts';
import { startHarborServer } from '../../support/harbor-server.ts';
import type { PackageType } from '../../../src/foundation/model/package.ts';
import type { ScanReport } from '../../../src/foundation/model/report.ts';
import { sampleFindings, sampleReport } from '../evidence/sample-report.ts';

test('a registry does not know what is ignored here: it blocks all the same', async () => {
  const harbor = await startHarborServer({
    projects: { team: { metadata: { public: 'true', prevent_vul: 'true', severity: 'high', reuse_sys_cve_allowlist: 'false' } } },
  });
  try {
    const critical = sampleFindings.filter(({ category, severity }) => category === 'os-vulnerability' && severity === 'critical');
    const by = { kind: 'configuration', source: '.plimsoll.yaml', line: 2, reason: 'Nothing calls it' } as const;
    const decision = await checkPush(
      { ...sampleReport, findings: [], ignored: critical.map((finding) => ({ finding, by })) },
      `${harbor.host}/team/web:1`,
    );
    assert.equal(decision.decision, 'block');
    assert.deepEqual(
      decision.blocking,
      critical.map(({ id }) => id),
    );
  } finally {
    await harbor.close();
  }
});

test('a policy that cannot be read whole lets nothing pass', async () => {
  const harbor = await startHarborServer({ projects: { team: { metadata: { public: 'true', prevent_vul: 'false' } } } });
  try {
    for (const [text, decision] of [
      ['policy:\n  severity: low', 'allow'],
      ['rules: [x]', 'allow'],
      ['policy:\n  severity: hgih', 'unknown'],
      ['policy: [high]', 'unknown'],
      ['polcy:\n  severity: low', 'unknown'],
      ['policy:\n  severity: [', 'unknown'],
      ['trust:\n  - match: ["*"]\n    requireFor: psuh', 'unknown'],
    ] as const) {
      const configuration = await parseConfiguration(text, '/project/.plimsoll.yaml');
      const checked = await checkPush({ ...sampleReport, findings: [] }, `${harbor.host}/team/web:1`, { configuration });
      assert.equal(checked.decision, decision, text);
    }
  } finally {
    await harbor.close();
  }
});

test('that few advisories were known is told of an image that may leave', async () => {
  const harbor = await startHarborServer({
    projects: {
      team: { metadata: { public: 'true', prevent_vul: 'true', severity: 'critical', auto_scan: 'true', reuse_sys_cve_allowlist: 'false' } },
    },
  });
  try {
    const check = async (full: boolean) => {
      const advisories = { ...sampleReport.advisories, full };
      const decision = await checkPush({ ...sampleReport, findings: [], problems: [], status: 'complete', advisories }, `${harbor.host}/team/web:1`);
      assert.equal(decision.decision, 'allow');
      return decision.problems.map(({ message }) => message).join();
    };
    assert.match(await check(false), /plimsoll db update/);
    assert.equal(await check(true), '');
  } finally {
    await harbor.close();
  }
});

const STARTER = { source: 'starter set', builtAt: '2026-08-01T00:00:00Z', full: false };
const NOTHING_ON_FEDORA = {
  code: 'no-advisories',
  message:
    '120 packages were not checked for vulnerabilities: the advisory database (starter set) holds nothing on Fedora 40; get the full database with `plimsoll db update`',
} as const;

function reportOf(types: readonly PackageType[], more: Partial<ScanReport> = {}): ScanReport {
  const [installed] = sampleReport.packages;
  if (installed === undefined) throw new Error('the sample has packages');
  return { ...sampleReport, findings: [], problems: [], status: 'complete', packages: types.map((type) => ({ ...installed, type })), ...more };
}

/** Reports of images about which the advisories say nothing, with what the reason has to name. */
const unjudged: readonly (readonly [report: ScanReport, reason: RegExp])[] = [
  [reportOf(['rpm'], { advisories: STARTER, problems: [NOTHING_ON_FEDORA], status: 'partial' }), /nothing on Fedora 40.*plimsoll db update/],
  [reportOf(['golang', 'deb'], { advisories: { ...STARTER, uncovered: [{ type: 'golang', packages: 1 }] } }), /1 golang package.*plimsoll db update/],
  [
    reportOf(['apk'], {
      problems: [{ code: 'unknown-distro', message: '1 package was not checked for vulnerabilities: advisories for Made Up are not supported' }],
      status: 'partial',
    }),
    /Made Up.*somebody who knows it/,
  ],
  [reportOf([], { advisories: { source: 'none', builtAt: '', full: false } }), /without advisories/],
  [
    reportOf(['rpm', 'rpm', 'npm'], { advisories: { ...STARTER, full: true, uncovered: [{ type: 'rpm', packages: 2 }] } }),
    /none of its 2 rpm packages.*plimsoll db update/,
  ],
];

test('an image of which the advisories know nothing is not allowed to leave for want of findings', async () => {
  const harbor = await startHarborServer({
    projects: {
      team: { metadata: { public: 'true', prevent_vul: 'true', severity: 'high', auto_scan: 'true', reuse_sys_cve_allowlist: 'false' } },
      off: { metadata: { public: 'true', prevent_vul: 'false' } },
    },
  });
  const ask = (report: ScanReport, project: string, policy?: string) =>
    parseConfiguration(policy ?? '', '/project/.plimsoll.yaml').then((configuration) =>
      checkPush(report, `${harbor.host}/${project}/web:1`, policy === undefined ? {} : { configuration }),
    );
  try {
    const critical = sampleFindings.filter(({ category, severity }) => category === 'os-vulnerability' && severity === 'critical');
    for (const [report, reason] of unjudged) {
      const decision = await ask(report, 'team');
      assert.equal(decision.decision, 'unknown', decision.reason);
      assert.match(decision.reason, reason);
      // What was found blocks all the same, and what does not look at vulnerabilities goes on as it did.
      assert.equal((await ask({ ...report, findings: critical }, 'team')).decision, 'block');
      assert.equal((await ask(report, 'off')).decision, 'allow');
      assert.equal((await ask(report, 'off', 'policy:\n  severity: high')).decision, 'unknown');
      assert.equal((await ask(report, 'off', 'policy:\n  knownExploited: allow')).decision, 'allow');
    }
  } finally {
    await harbor.close();
  }
});

test('packages that nobody writes advisories on are told, and decide nothing', async () => {
  const harbor = await startHarborServer({
    projects: {
      team: { metadata: { public: 'true', prevent_vul: 'true', severity: 'high', auto_scan: 'true', reuse_sys_cve_allowlist: 'false' } },
    },
  });
  try {
    const uncovered = [
      { type: 'conda', packages: 3 },
      { type: 'deb', packages: 1 },
    ] as const;
    const report = reportOf(['deb', 'deb', 'conda', 'conda', 'conda'], { advisories: { ...STARTER, full: true, uncovered } });
    const { decision, reason, problems } = await checkPush(report, `${harbor.host}/team/web:1`);
    assert.equal(decision, 'allow', reason);
    assert.match(reason, /3 conda packages, 1 deb package/);
    assert.deepEqual(problems, []);
  } finally {
    await harbor.close();
  }
});

test("where the scan here knows nothing, the registry's own of that very image decides", async () => {
  const harbor = await startHarborServer({
    users: { developer: 'demo' },
    projects: { team: { metadata: { public: 'true', prevent_vul: 'true', severity: 'high', auto_scan: 'true', reuse_sys_cve_allowlist: 'false' } } },
  });
  const digest = `sha256:${'d'.repeat(64)}`;
  const place = `team/web@${digest}`;
  const ask = async (severity: string | undefined, reference = `${harbor.host}/${place}`, report = unjudged[0]?.[0] ?? sampleReport) => {
    const vulnerabilities = severity === undefined ? null : [{ id: 'CVE-2024-1', package: 'glibc', version: '2.39-1', severity }];
    harbor.state.scans.set(place, [{ status: 'Success', vulnerabilities }]);
    const asking = { credentialFor: () => Promise.resolve({ kind: 'basic', username: 'developer', password: 'demo' } as const) };
    return checkPush(report, reference, { asking });
  };
  try {
    const blocked = await ask('Critical');
    assert.deepEqual([blocked.decision, blocked.blocking], ['block', ['CVE-2024-1']], blocked.reason);
    assert.match(blocked.reason, /registry's own scan.* found CVE-2024-1/);
    const allowed = await ask('Medium');
    assert.equal(allowed.decision, 'allow', allowed.reason);
    assert.match(allowed.reason, /registry's own scan/);
    assert.doesNotMatch(allowed.reason, /scan here/);
    assert.equal((await ask(undefined)).decision, 'allow');
    // A tag may be another image by now; the image is what the report says it is.
    assert.equal((await ask('Medium', `${harbor.host}/team/web:1`)).decision, 'allow');
    harbor.state.scans.set(place, [{ status: 'Running' }]);
    assert.equal((await checkPush(unjudged[0]?.[0] ?? sampleReport, `${harbor.host}/${place}`)).decision, 'unknown');
    harbor.state.scans.clear();
    assert.equal((await checkPush(unjudged[0]?.[0] ?? sampleReport, `${harbor.host}/${place}`)).decision, 'unknown');
  } finally {
    await harbor.close();
  }
});
