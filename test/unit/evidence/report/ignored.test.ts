import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderers } from '../../../../src/evidence/report/renderers.generated.ts';
import type { Finding } from '../../../../src/foundation/model/finding.ts';
import type { IgnoredBy, IgnoredFinding, ScanReport } from '../../../../src/foundation/model/report.ts';
import { cycloneDxSchema } from '../../../support/bom-schemas.ts';
import { needsSarifSchema, sarifSchema } from '../../../support/sarif-schema.ts';
import { hostileReport, renderOptions, sampleFindings, sampleReport } from '../sample-report.ts';

const bys: readonly IgnoredBy[] = [
  { kind: 'configuration', source: '.plimsoll.yaml', line: 3, reason: 'Nothing calls it' },
  { kind: 'configuration', source: '.plimsoll.yaml', line: 9, reason: 'Wait for the next release', expires: '2027-01-31' },
  {
    kind: 'vex',
    source: 'vex.json',
    status: 'not_affected',
    justification: 'vulnerable_code_not_in_execute_path',
    author: 'Example',
    timestamp: '2026-01-02',
  },
  { kind: 'vex', source: 'vex.json', status: 'fixed', reason: 'Patched by us' },
];
const ignored: readonly IgnoredFinding[] = sampleFindings.slice(0, 4).map((finding, at) => ({ finding: explained(finding), by: bys[at] ?? bys[0]! }));
const report: ScanReport = {
  ...sampleReport,
  findings: [
    ...sampleReport.findings.slice(4),
    { ...explained(sampleFindings[0]!), id: 'CVE-2030-1', vex: { status: 'under_investigation', source: 'vex.json' } },
  ],
  ignored,
  notices: [{ code: 'expired', message: '.plimsoll.yaml:4: the ignore entry for CVE-1 expired on 2020-01-01' }],
};

function explained(finding: Finding): Finding {
  return {
    ...finding,
    aliases: ['DSA-1-1', 'GHSA-aaaa'],
    severities: [
      { source: 'debian', severity: 'low' },
      { source: 'nvd', severity: 'critical' },
    ],
    severitySource: 'debian',
    ratings: [
      { source: 'ghsa', cvssVector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', score: 9.3 },
      { source: 'nvd', cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:H', score: 9.1 },
      { source: 'redhat', cvssVector: 'AV:N/AC:L/Au:N/C:C/I:C/A:C', score: 10 },
    ],
    match: {
      packageName: 'openssl',
      installedVersion: '3.0.11',
      affected: '< 3.0.15',
      recordId: 'DSA-1-1',
      bucket: 'debian 12',
      source: 'Debian Security Tracker',
    },
    kevAddedAt: '2026-01-01',
    epssPercentile: 0.9,
  };
}

function render(id: string, of: ScanReport = report, options: object = {}): string {
  return renderers.find((renderer) => renderer.id === id)?.render(of, { ...renderOptions, ...options }) ?? '';
}

describe('what is ignored stays in every format, with who says so', () => {
  test('table: counted and listed apart', () => {
    const text = render('table');
    assert.match(text, /Ignored \(4\)/);
    for (const by of [
      '.plimsoll.yaml:3: Nothing calls it',
      '.plimsoll.yaml:9 until 2027-01-31: Wait for the next release',
      'vex.json by Example says not affected: vulnerable code not in execute path',
      'vex.json says fixed: Patched by us',
    ])
      assert.ok(text.includes(by), by);
    assert.match(text, /Not heeded\n {2}! \.plimsoll\.yaml:4: the ignore entry/);
    assert.match(render('table', { ...report, findings: [] }), /Nothing was found but what is ignored/);
  });

  test('html and junit: in a section of their own; junit counts them as skipped', () => {
    assert.match(render('html'), /<h2>Ignored \(4\)<\/h2>/);
    assert.match(render('html'), /Nothing calls it/);
    const junit = render('junit');
    assert.match(junit, /<testsuite name="Ignored" tests="4" failures="0" errors="0" skipped="4">/);
    assert.match(junit, /<skipped message="\.plimsoll\.yaml:3: Nothing calls it"\/>/);
    assert.equal(Number(/<testsuites [^>]*tests="(\d+)"/.exec(junit)?.[1]), junit.match(/<testcase /g)?.length);
  });

  test('sarif: as suppressed results, which the official schema accepts', needsSarifSchema(), () => {
    const log = JSON.parse(render('sarif')) as {
      runs: {
        results: { ruleId: string; ruleIndex: number; suppressions?: { justification: string }[] }[];
        tool: { driver: { rules: { id: string }[] } };
      }[];
    };
    const [run] = log.runs;
    const suppressed = run?.results.filter(({ suppressions }) => suppressions !== undefined) ?? [];
    assert.deepEqual(suppressed.map(({ suppressions }) => suppressions?.[0]?.justification)[0], '.plimsoll.yaml:3: Nothing calls it');
    assert.equal(suppressed.length, 4);
    for (const { ruleId, ruleIndex } of run?.results ?? []) assert.equal(run?.tool.driver.rules[ruleIndex]?.id, ruleId);
    const validate = sarifSchema();
    assert.ok(validate?.(log), JSON.stringify(validate?.errors));
  });

  test('cyclonedx: as vulnerabilities with an analysis, which the official schema accepts', () => {
    const document = JSON.parse(render('cyclonedx')) as {
      vulnerabilities: {
        id: string;
        'bom-ref': string;
        analysis?: { state: string };
        ratings: { method?: string }[];
        references?: { id: string }[];
      }[];
    };
    const validate = cycloneDxSchema();
    assert.ok(validate(document), JSON.stringify(validate.errors));
    const states = new Map(document.vulnerabilities.map(({ id, analysis }) => [id, analysis?.state]));
    assert.deepEqual(
      ignored.map(({ finding }) => states.get(finding.id)),
      ['not_affected', 'exploitable', 'not_affected', 'resolved'],
    );
    assert.equal(states.get('CVE-2030-1'), 'in_triage');
    const refs = document.vulnerabilities.map((vulnerability) => vulnerability['bom-ref']);
    assert.equal(new Set(refs).size, refs.length);
    const rated = document.vulnerabilities.find(({ id }) => id === 'CVE-2030-1');
    assert.deepEqual(
      rated?.ratings.map(({ method }) => method),
      ['CVSSv31', 'CVSSv4', 'CVSSv2', undefined],
    );
    assert.deepEqual(
      rated.references?.map(({ id }) => id),
      ['DSA-1-1', 'GHSA-aaaa'],
    );
  });

  test('json: as it is', () => {
    assert.deepEqual((JSON.parse(render('json')) as ScanReport).ignored, ignored);
  });

  test('nothing in it is markup or obeyed by a terminal', () => {
    const nasty = hostileReport.findings[0]?.title ?? '';
    const hostile: ScanReport = {
      ...hostileReport,
      image: { ...hostileReport.image, endOfLife: { name: nasty, endedAt: nasty, source: nasty } },
      ignored: hostileReport.findings.map((finding) => ({
        finding: { ...explained(finding), aliases: [nasty] },
        by: { kind: 'vex', source: nasty, reason: nasty, justification: nasty, author: nasty, status: 'fixed', timestamp: nasty },
      })),
      notices: [{ code: 'vex', message: nasty }],
    };
    for (const { id, mediaType } of renderers) {
      const text = render(id, hostile, { verbose: true });
      assert.ok(!/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/.test(text), `${id}: control characters`);
      assert.ok(text.isWellFormed(), id);
      if (mediaType.endsWith('json')) JSON.parse(text);
      if (id === 'html') assert.ok(!/<(?:img|script)/i.test(text));
    }
  });
});

test('table --verbose: why each was reported, and what everybody says of it', () => {
  const text = render('table', { ...report, findings: [explained(sampleFindings[0]!)] }, { verbose: true });
  for (const line of [
    'why: openssl 3.0.11 is in what DSA-1-1 of Debian Security Tracker calls affected: < 3.0.15 (debian 12)',
    'also known as: DSA-1-1, GHSA-aaaa',
    'severity: debian low, nvd critical; taken from debian',
    'known exploited: listed by CISA on 2026-01-01',
    'EPSS: 42.00 % in 30 days, more than 90.0 % of all',
  ])
    assert.ok(text.includes(line), line);
  assert.ok(!render('table', report).includes('also known as'));
});

test('a release that gets no more fixes is said so at the top', () => {
  const ended: ScanReport = {
    ...sampleReport,
    image: { ...sampleReport.image, endOfLife: { name: 'Debian 10', endedAt: '2024-06-30', paidUntil: '2029-06-30', source: 'https://example.com' } },
  };
  for (const id of ['table', 'html', 'junit'])
    assert.match(
      render(id, ended).replaceAll(/\s+/g, ' '),
      /Debian 10 gets no more fixes since 2024-06-30 \(until 2029-06-30 for those who pay\)/,
      id,
    );
});
