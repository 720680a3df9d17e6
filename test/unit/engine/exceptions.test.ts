import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { withExceptions, type Exceptions } from '../../../src/engine/exceptions.ts';
import type { Finding } from '../../../src/foundation/model/finding.ts';
import type { ScanReport } from '../../../src/foundation/model/report.ts';

const NOW = new Date('2026-01-15T00:00:00Z');
const NOTHING: Exceptions = { ignores: [], statements: [], notices: [] };

function finding(id: string): Finding {
  return {
    id,
    category: 'os-vulnerability',
    severity: 'high',
    title: id,
    references: [],
    location: {},
    remediation: [],
    compliance: [],
  };
}

function reportOf(findings: readonly Finding[], more: Partial<ScanReport> = {}): ScanReport {
  return {
    schemaVersion: 1,
    image: { platform: { os: 'linux', architecture: 'amd64' }, config: {}, layers: [] },
    packages: [],
    findings,
    advisories: { source: 'test', builtAt: '', full: true },
    problems: [],
    status: 'complete',
    timings: {},
    ...more,
  } as unknown as ScanReport;
}

test('what was ignored before is a finding again where nothing is ignored any more', async () => {
  const by = { kind: 'configuration', source: '.plimsoll.yaml', line: 1, reason: 'why' } as const;
  const before = reportOf([finding('CVE-2024-2')], {
    ignored: [{ finding: finding('CVE-2024-1'), by }],
    notices: [{ code: 'expired', message: 'old' }],
  });
  const report = await withExceptions(before, NOTHING, NOW);
  assert.deepEqual(report, reportOf([finding('CVE-2024-1'), finding('CVE-2024-2')]));
});

test('an entry parts the findings', async () => {
  const ignores = [{ id: 'CVE-2024-1', reason: 'why', source: '.plimsoll.yaml', line: 3 }];
  const report = await withExceptions(reportOf([finding('CVE-2024-1'), finding('CVE-2024-2')]), { ...NOTHING, ignores }, NOW);
  assert.deepEqual(
    report.findings.map(({ id }) => id),
    ['CVE-2024-2'],
  );
  assert.deepEqual(
    report.ignored?.map((one) => one.finding.id),
    ['CVE-2024-1'],
  );
});

test('what reads package URLs is not loaded where nothing is ignored', () => {
  const code = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
    const { withExceptions } = await import(${JSON.stringify(new URL('../../../src/engine/exceptions.ts', import.meta.url).href)});
    await withExceptions(${JSON.stringify(reportOf([]))}, ${JSON.stringify(NOTHING)}, new Date());
    console.log(loaded.length > 0, loaded.some((url) => url.includes('packageurl')));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  assert.equal(stdout.trim(), 'true false', stderr);
});
