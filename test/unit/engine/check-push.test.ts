import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfiguration } from '../../../src/engine/configuration.ts';
import { checkPush } from '../../../src/engine/check-push.ts';
import { startHarborServer } from '../../support/harbor-server.ts';
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
