import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Purl } from '../../../../src/foundation/model/brand.ts';
import { findingCategories } from '../../../../src/foundation/model/finding.ts';
import type { Finding } from '../../../../src/foundation/model/finding.ts';
import { severities } from '../../../../src/foundation/model/severity.ts';
import {
  countFacets,
  filterFindings,
  findingColumns,
  groupFindings,
  isFiltering,
  noFilter,
  sortFindings,
  toFindingRows,
} from '../../../../webview/model/findings.ts';
import type { FindingColumn, FindingFilter, FindingRow } from '../../../../webview/model/findings.ts';
import { sampleReport } from '../../../support/sample-report.ts';

function rowsOf(...changes: readonly Partial<Finding>[]): readonly FindingRow[] {
  const findings = changes.map((change, at): Finding => ({
    id: `CVE-2024-${at}`,
    category: 'os-vulnerability',
    severity: 'low',
    title: '',
    references: [],
    location: {},
    remediation: [],
    compliance: [],
    ...change,
  }));
  return toFindingRows(sampleReport(0, { findings }), [], []);
}

function packageOf(name: string, installedVersion = '1', fixedVersion?: string): NonNullable<Finding['package']> {
  const purl = `pkg:deb/${name}@${installedVersion}` as Purl;
  return { purl, name, installedVersion, status: 'unknown', ...(fixedVersion === undefined ? {} : { fixedVersion }) };
}

function idsOf(rows: readonly FindingRow[]): readonly string[] {
  return rows.map((row) => row.finding.id);
}

describe('rows', () => {
  test('know what blocks, what is allowlisted, and what can be fixed', () => {
    const findings = rowsOf(
      { id: 'A', package: packageOf('x', '1', '2') },
      { id: 'B', remediation: [{ kind: 'manual', text: 'think' }] },
      { id: 'C', remediation: [{ kind: 'command', text: 'x' }] },
    ).map((row) => row.finding);
    const rows = toFindingRows(sampleReport(0, { findings }), ['A'], ['B']);
    assert.deepEqual(
      rows.map(({ blocking, allowlisted, fixable }) => [blocking, allowlisted, fixable]),
      [
        [true, false, true],
        [false, true, false],
        [false, false, true],
      ],
    );
  });

  test('of equal findings have names of their own', () => {
    const same = { id: 'A', location: { layer: 1, path: 'x' } };
    const names = rowsOf(same, same, { id: 'A' }).map((row) => row.identity);
    assert.equal(new Set(names).size, 3);
  });
});

describe('filter', () => {
  const rows = rowsOf(
    { id: 'CVE-1', severity: 'critical', package: packageOf('openssl', '3.0', '3.1'), location: { layer: 0 }, kev: true },
    { id: 'CVE-2', severity: 'low', package: packageOf('OpenLDAP'), location: { layer: 1 } },
    { id: 'secret:key', severity: 'critical', category: 'sensitive-file', location: { path: 'app/.env', layer: 1 } },
  );
  const cases: readonly (readonly [name: string, filter: Partial<FindingFilter>, ids: readonly string[]])[] = [
    ['nothing', {}, ['CVE-1', 'CVE-2', 'secret:key']],
    ['text in any case', { text: 'OPEN' }, ['CVE-1', 'CVE-2']],
    ['all words, any order', { text: ' 3.0 openssl ' }, ['CVE-1']],
    ['a path', { text: '.env' }, ['secret:key']],
    ['text is no pattern', { text: 'op.n' }, []],
    ['severity', { severities: ['critical'] }, ['CVE-1', 'secret:key']],
    ['category and severity', { severities: ['critical'], categories: ['sensitive-file'] }, ['secret:key']],
    ['fixable', { fixableOnly: true }, ['CVE-1']],
    ['known to be exploited', { kevOnly: true }, ['CVE-1']],
    ['layer', { layer: 1 }, ['CVE-2', 'secret:key']],
    ['package', { purl: 'pkg:deb/openssl@3.0' }, ['CVE-1']],
    ['blocking', { blockingOnly: true }, []],
  ];
  for (const [name, change, ids] of cases) {
    test(name, () => {
      const filter = { ...noFilter, ...change };
      assert.deepEqual(idsOf(filterFindings(rows, filter)), ids);
      assert.equal(isFiltering(filter), Object.keys(change).length > 0);
    });
  }
});

describe('facets', () => {
  const arbitraryFilter = fc.record({
    text: fc.constantFrom('', 'openssl', 'cve-2021'),
    severities: fc.subarray([...severities]),
    categories: fc.subarray([...findingCategories]),
    fixableOnly: fc.boolean(),
    kevOnly: fc.boolean(),
    ignoredOnly: fc.boolean(),
    blockingOnly: fc.constant(false),
  });
  const all = sampleReport(300);
  const by = { kind: 'configuration', source: '.plimsoll.yaml', line: 3, reason: 'only in tests' } as const;
  const ignored = all.findings.slice(0, 100).map((finding) => ({ finding, by }));
  const rows = toFindingRows({ ...all, findings: all.findings.slice(100), ignored }, ['CVE-2020-1000'], []);

  test('what is ignored is shown instead of the rest, and hidden from nobody who asks what blocks', () => {
    assert.equal(filterFindings(rows, noFilter).length, 200);
    assert.equal(filterFindings(rows, { ...noFilter, ignoredOnly: true }).length, 100);
    assert.equal(filterFindings(rows, { ...noFilter, ignoredOnly: true, text: 'only in tests' }).length, 100);
    const blocking = rows.filter(({ blocking: blocks }) => blocks);
    assert.deepEqual(filterFindings(rows, { ...noFilter, blockingOnly: true }), blocking);
    assert.ok(isFiltering({ ...noFilter, ignoredOnly: true }));
  });

  test('promise exactly what choosing them shows', () => {
    fc.assert(
      fc.property(arbitraryFilter, (filter) => {
        const facets = countFacets(rows, filter);
        for (const severity of severities)
          assert.equal(facets.severities[severity], filterFindings(rows, { ...filter, severities: [severity] }).length);
        for (const category of findingCategories)
          assert.equal(facets.categories[category], filterFindings(rows, { ...filter, categories: [category] }).length);
        assert.equal(facets.fixable, filterFindings(rows, { ...filter, fixableOnly: true }).length);
        assert.equal(facets.kev, filterFindings(rows, { ...filter, kevOnly: true }).length);
        assert.equal(facets.ignored, filterFindings(rows, { ...filter, ignoredOnly: true }).length);
      }),
      { numRuns: 40 },
    );
  });
});

describe('sort', () => {
  const rows = rowsOf(
    { id: 'CVE-2024-10', severity: 'low', package: packageOf('b', '1.10'), location: { layer: 2 } },
    { id: 'CVE-2024-9', severity: 'critical', package: packageOf('a', '1.9', '2'), location: { layer: 10 }, kev: true },
    { id: 'PL1', severity: 'unknown', category: 'build-command' },
  );
  const cases: readonly (readonly [column: FindingColumn, ascending: readonly string[], descending: readonly string[]])[] = [
    ['severity', ['CVE-2024-9', 'CVE-2024-10', 'PL1'], ['PL1', 'CVE-2024-10', 'CVE-2024-9']],
    ['id', ['CVE-2024-9', 'CVE-2024-10', 'PL1'], ['PL1', 'CVE-2024-10', 'CVE-2024-9']],
    ['package', ['CVE-2024-9', 'CVE-2024-10', 'PL1'], ['CVE-2024-10', 'CVE-2024-9', 'PL1']],
    ['installed', ['CVE-2024-9', 'CVE-2024-10', 'PL1'], ['CVE-2024-10', 'CVE-2024-9', 'PL1']],
    ['fixed', ['CVE-2024-9', 'CVE-2024-10', 'PL1'], ['CVE-2024-9', 'CVE-2024-10', 'PL1']],
    ['category', ['CVE-2024-10', 'CVE-2024-9', 'PL1'], ['PL1', 'CVE-2024-10', 'CVE-2024-9']],
    ['layer', ['CVE-2024-10', 'CVE-2024-9', 'PL1'], ['CVE-2024-9', 'CVE-2024-10', 'PL1']],
    ['kev', ['CVE-2024-9', 'CVE-2024-10', 'PL1'], ['CVE-2024-10', 'PL1', 'CVE-2024-9']],
  ];
  for (const [column, ascending, descending] of cases) {
    test(column, () => {
      assert.deepEqual(idsOf(sortFindings(rows, { column, descending: false })), ascending);
      assert.deepEqual(idsOf(sortFindings(rows, { column, descending: true })), descending);
    });
  }

  test('by any column loses nothing, and does not depend on the order before', () => {
    const many = toFindingRows(sampleReport(120), [], []);
    fc.assert(
      fc.property(
        fc.constantFrom(...findingColumns),
        fc.boolean(),
        fc.shuffledSubarray([...many], { minLength: many.length }),
        (column, descending, shuffled) => {
          assert.deepEqual(sortFindings(shuffled, { column, descending }), sortFindings(many, { column, descending }));
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('groups', () => {
  const rows = rowsOf(
    { id: 'A', package: packageOf('x'), location: { layer: 1 } },
    { id: 'B', location: {} },
    { id: 'C', package: packageOf('y'), location: { layer: 0 }, remediation: [{ kind: 'command', text: 'fix' }] },
    { id: 'D', package: packageOf('x'), location: { layer: 0 }, remediation: [{ kind: 'command', text: 'fix' }] },
  );

  function outline(grouping: Parameters<typeof groupFindings>[1], collapsed: readonly string[] = []): readonly string[] {
    return groupFindings(rows, grouping, new Set(collapsed)).map((item) =>
      item.kind === 'group' ? `${item.value ?? 'none'} ${item.rows.length}` : item.row.finding.id,
    );
  }

  test('none', () => {
    assert.deepEqual(outline('none'), ['A', 'B', 'C', 'D']);
  });
  test('by package: in the order of the first member, those without one last', () => {
    assert.deepEqual(outline('package'), ['pkg:deb/x@1 2', 'A', 'D', 'pkg:deb/y@1 1', 'C', 'none 1', 'B']);
  });
  test('by layer', () => {
    assert.deepEqual(outline('layer'), ['1 1', 'A', '0 2', 'C', 'D', 'none 1', 'B']);
  });
  test('by fix', () => {
    assert.deepEqual(outline('fix'), ['fix 2', 'C', 'D', 'none 2', 'A', 'B']);
  });
  test('by category', () => {
    assert.deepEqual(outline('category'), ['os-vulnerability 4', 'A', 'B', 'C', 'D']);
  });
  test('folded ones keep their count and lose their members', () => {
    const key = groupFindings(rows, 'package', new Set())[0]?.key ?? '';
    assert.deepEqual(outline('package', [key]), ['pkg:deb/x@1 2', 'pkg:deb/y@1 1', 'C', 'none 1', 'B']);
  });
  test('a group and a finding never share a key', () => {
    const keys = groupFindings(rows, 'fix', new Set()).map((item) => item.key);
    assert.equal(new Set(keys).size, keys.length);
  });
});
