import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderer } from '../../../../../src/evidence/report/renderers/sarif.ts';
import type { ScanReport } from '../../../../../src/foundation/model/report.ts';
import { renderOptions, sampleReport } from '../../sample-report.ts';

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly rules: readonly { readonly id: string; readonly properties: { readonly 'security-severity': string } }[] };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Readonly<Record<string, number>> };
      }[];
    }[];
    readonly invocations: readonly { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly unknown[] }[];
  }[];
}

const render = (report: ScanReport): Sarif['runs'][number] => {
  const log = JSON.parse(renderer.render(report, renderOptions)) as Sarif;
  assert.equal(log.version, '2.1.0');
  const [run] = log.runs;
  assert.ok(run);
  return run;
};

test('a result for each finding, with its rule, level and score', () => {
  const run = render(sampleReport);
  assert.equal(run.results.length, sampleReport.findings.length);
  for (const result of run.results) assert.equal(run.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
  assert.deepEqual(
    run.results.slice(0, 4).map(({ level }) => level),
    ['error', 'warning', 'note', 'error'],
  );
  assert.equal(run.tool.driver.rules[0]?.properties['security-severity'], '9.1');
});

test('the Dockerfile’s line where it is known, else the file in the image', () => {
  const places = new Map(render(sampleReport).results.map(({ ruleId, locations }) => [ruleId, locations[0]?.physicalLocation]));
  assert.deepEqual(places.get('PL5001')?.region, { startLine: 5, startColumn: 5, endLine: 5, endColumn: 45 });
  assert.equal(places.get('PL5001')?.artifactLocation.uri, 'Dockerfile');
  assert.equal(places.get('secret:github-token')?.artifactLocation.uri, 'app/.env');
  assert.deepEqual(places.get('secret:github-token')?.region, { startLine: 3 });
});

test('a finding keeps its fingerprint when layers and lines move', () => {
  const moved = sampleReport.findings.map((finding) => ({ ...finding, location: { ...finding.location, layer: 7, line: 99 } }));
  const prints = (report: ScanReport): readonly string[] =>
    render(report).results.map(({ partialFingerprints }) => partialFingerprints['plimsoll/v1'] ?? '');
  assert.deepEqual(prints({ ...sampleReport, findings: moved }), prints(sampleReport));
  assert.equal(new Set(prints(sampleReport)).size, sampleReport.findings.length);
});

test('a partial scan was no success', () => {
  const [invocation] = render({ ...sampleReport, status: 'partial', problems: [{ code: 'missing-layer', message: 'gone' }] }).invocations;
  assert.equal(invocation?.executionSuccessful, false);
  assert.equal(invocation.toolExecutionNotifications.length, 1);
});
