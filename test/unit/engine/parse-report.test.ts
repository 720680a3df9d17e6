import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseReport } from '../../../src/engine/parse-report.ts';

const finding = {
  id: 'CVE-1',
  category: 'os-vulnerability',
  severity: 'high',
  title: '',
  references: [],
  location: {},
  remediation: [],
  compliance: [],
};
const report = {
  schemaVersion: 1,
  image: { platform: { os: 'linux', architecture: 'amd64' } },
  packages: [],
  findings: [finding],
  advisories: { source: '', builtAt: '', full: false },
  problems: [],
  status: 'complete',
  timings: {},
};

test('a saved report is read back', () => {
  assert.deepEqual(parseReport(JSON.stringify(report)), report);
});

test('what a decision rests on must be there: a missing list never reads as nothing found', () => {
  const broken: readonly (readonly [unknown, RegExp])[] = [
    [{ ...report, schemaVersion: 2 }, /schemaVersion is 2/],
    [{ ...report, findings: undefined }, /findings is missing/],
    [{ ...report, status: 'fine' }, /status/],
    [{ ...report, image: {} }, /platform/],
    [{ ...report, findings: [{ ...finding, severity: 'HIGH' }] }, /findings\[0\]: severity "HIGH"/],
    [{ ...report, findings: [{ ...finding, category: 'x' }] }, /category/],
    [{ ...report, findings: [{ ...finding, package: { name: 'a' } }] }, /name or version/],
    [{ ...report, findings: [null] }, /not an object/],
    [{ ...report, ignored: {} }, /ignored is not a list/],
    [{ ...report, ignored: [3] }, /ignored\[0\]: not an object/],
    [{ ...report, ignored: [{ finding: { ...finding, severity: 'HIGH' } }] }, /ignored\[0\]: severity "HIGH"/],
    [{ ...report, filtered: null }, /filtered/],
    [{ ...report, filtered: { categories: 5 } }, /filtered/],
    [{ ...report, filtered: { minimumSeverity: 'HIGH' } }, /filtered/],
    [{ ...report, advisories: null }, /advisories/],
    [{ ...report, packages: [null] }, /packages\[0\]/],
    [[], /not an object/],
  ];
  for (const [value, expected] of broken) assert.match(parseReport(JSON.stringify(value)) as string, expected);
  assert.equal(parseReport('{'), 'not JSON');
});
