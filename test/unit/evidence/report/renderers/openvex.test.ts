import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyExceptions } from '../../../../../src/advisories/exceptions/apply.ts';
import { readVex } from '../../../../../src/advisories/exceptions/read-vex.ts';
import { renderer } from '../../../../../src/evidence/report/renderers/openvex.ts';
import type { ScanReport } from '../../../../../src/foundation/model/report.ts';
import { renderOptions, sampleFindings, sampleReport } from '../../sample-report.ts';

interface Statement {
  readonly vulnerability: { readonly name: string };
  readonly status: string;
  readonly products: readonly { readonly '@id': string; readonly subcomponents: readonly { readonly '@id': string }[] }[];
  readonly [key: string]: unknown;
}

const [first, second, third, fourth] = sampleFindings.map((finding) => finding);
const report: ScanReport = {
  ...sampleReport,
  findings: [fourth!, { ...third!, vex: { status: 'under_investigation', source: 'x', text: 'We look into it' } }],
  ignored: [
    { finding: first!, by: { kind: 'configuration', source: '.plimsoll.yaml', line: 2, reason: 'Nothing calls it' } },
    { finding: second!, by: { kind: 'configuration', source: '.plimsoll.yaml', line: 5, reason: 'Next release', expires: '2027-01-31' } },
    {
      finding: { ...second!, id: 'CVE-2030-1' },
      by: { kind: 'vex', source: 'v.json', status: 'not_affected', justification: 'code_not_reachable', timestamp: '2026-01-01T00:00:00Z' },
    },
    { finding: { ...second!, id: 'CVE-2030-2' }, by: { kind: 'vex', source: 'v.json', status: 'fixed' } },
  ],
};

function statementsOf(of: ScanReport): readonly Statement[] {
  return (JSON.parse(renderer.render(of, renderOptions)) as { statements: readonly Statement[] }).statements;
}

test('every vulnerability has a statement, with what the specification asks of its status', () => {
  const statements = statementsOf(report);
  const said = Object.fromEntries(
    statements.map(({ vulnerability, status, justification, impact_statement, action_statement, status_notes }) => [
      vulnerability.name,
      [status, justification ?? impact_statement ?? action_statement ?? status_notes],
    ]),
  );
  assert.deepEqual(said, {
    'CVE-2021-32803': ['affected', 'npm install @acme/tar@6.1.2'],
    'CVE-2023-5678': ['affected', 'Accepted until 2027-01-31: Next release'],
    'CVE-2024-5535': ['not_affected', 'Nothing calls it'],
    'CVE-2030-1': ['not_affected', 'vulnerable_code_not_in_execute_path'],
    'CVE-2030-2': ['fixed', undefined],
    'CVE-2099-0001': ['under_investigation', 'We look into it'],
  });
  for (const { products } of statements) assert.ok(products.every(({ subcomponents }) => subcomponents.length > 0));
});

test('what it says is understood when it is read again', () => {
  const read = readVex(new TextEncoder().encode(renderer.render(report, renderOptions)), 'own.json');
  assert.ok(typeof read !== 'string');
  assert.deepEqual(read.notices, []);
  const { reference, digest, platform } = report.image;
  const all = [...report.findings, ...(report.ignored ?? []).map(({ finding }) => finding)];
  const result = applyExceptions({
    findings: all,
    packages: report.packages,
    image: { reference, digest, platform },
    exceptions: { ignores: [], ...read },
    today: '2026-01-01',
  });
  assert.deepEqual(result.ignored.map(({ finding }) => finding.id).sort(), ['CVE-2024-5535', 'CVE-2030-1', 'CVE-2030-2']);
  const other = applyExceptions({
    findings: all,
    packages: report.packages,
    image: { reference: 'example.com/other:1', digest: `sha256:${'f'.repeat(64)}`, platform },
    exceptions: { ignores: [], ...read },
    today: '2026-01-01',
  });
  assert.equal(other.ignored.length, 0);
});
