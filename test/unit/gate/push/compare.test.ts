import assert from 'node:assert/strict';
import test from 'node:test';
import type { Severity } from '../../../../src/foundation/model/severity.ts';
import { compareVulnerabilities, type OurVulnerability } from '../../../../src/gate/push/compare.ts';
import { toRetryAfter } from '../../../../src/gate/push/retry-after.ts';

const ours = (id: string, severity: Severity, name = 'zlib', aliases: readonly string[] = []): OurVulnerability => ({
  id,
  severity,
  aliases,
  package: { purl: `pkg:deb/debian/${name}@1` as NonNullable<OurVulnerability['package']>['purl'], name, installedVersion: '1', status: 'fixed' },
});

test('differences are told by vulnerability, the worst first', () => {
  const result = compareVulnerabilities(
    [ours('CVE-1', 'high'), ours('CVE-2', 'low'), ours('CVE-3', 'medium', 'openssl'), ours('CVE-3', 'medium', 'libssl3'), ours('CVE-9', 'critical')],
    [
      { id: 'CVE-1', severity: 'High', package: 'zlib1g' },
      { id: 'CVE-2', severity: 'Critical' },
      { id: 'CVE-4', severity: 'Low', package: 'curl' },
      { id: 'CVE-5', severity: 'Critical', package: 'curl' },
      { id: 'CVE-5', severity: 'Low', package: 'libcurl4' },
    ],
  );
  assert.deepEqual(result, {
    agreed: 1,
    onlyTheirs: [
      { id: 'CVE-5', severity: 'Critical', packages: ['curl', 'libcurl4'] },
      { id: 'CVE-4', severity: 'Low', packages: ['curl'] },
    ],
    onlyOurs: [
      { id: 'CVE-9', severity: 'critical', packages: ['zlib'] },
      { id: 'CVE-3', severity: 'medium', packages: ['libssl3', 'openssl'] },
    ],
    otherSeverity: [{ id: 'CVE-2', ours: 'low', theirs: 'Critical' }],
  });
});

test('another name of the same vulnerability is no difference, and a word that is not known is no severity', () => {
  const result = compareVulnerabilities(
    [ours('CVE-1', 'high', 'lodash', ['GHSA-aaaa-bbbb-cccc']), ours('CVE-2', 'unknown')],
    [
      { id: 'GHSA-aaaa-bbbb-cccc', severity: 'High', package: 'lodash' },
      { id: 'CVE-2', severity: 'None' },
    ],
  );
  assert.deepEqual(result, { agreed: 2, onlyTheirs: [], onlyOurs: [], otherSeverity: [] });
});

test('Retry-After is seconds or a date', () => {
  const now = new Date('2026-01-01T00:00:00Z');
  assert.equal(toRetryAfter('7', now), 7000);
  assert.equal(toRetryAfter('Thu, 01 Jan 2026 00:00:09 GMT', now), 9000);
  assert.equal(toRetryAfter('Thu, 01 Jan 2015 00:00:09 GMT', now), 0);
  for (const nothing of [undefined, '', 'soon', '-1', '1e9', '9'.repeat(30)]) assert.ok((toRetryAfter(nothing, now) ?? 0) >= 0);
});
