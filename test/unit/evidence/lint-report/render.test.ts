import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { lintFormats, renderLint, type DescribedRule, type LintedFile } from '../../../../src/evidence/lint-report/render.ts';
import type { LintDiagnostic } from '../../../../src/foundation/model/diagnostic.ts';

const range = { start: { line: 1, character: 9 }, end: { line: 1, character: 11 } };
const diagnostic: LintDiagnostic = {
  ruleId: 'PL4001',
  aliases: ['CKV2_DOCKER_2'],
  severity: 'high',
  message: 'curl -k accepts any certificate',
  range,
  fixes: [
    { safety: 'suggested', title: 'Pin the certificate', edits: [{ range, newText: '--cacert /ca.pem' }] },
    { safety: 'safe', title: 'Remove -k', edits: [{ range, newText: '' }] },
  ],
};
const text = 'FROM scratch\nRUN curl -k https://example.com\n';
const files: readonly LintedFile[] = [
  {
    path: 'services/web app/Dockerfile',
    diagnostics: [diagnostic, { ...diagnostic, ruleId: 'PL9999', fixes: [] }],
    problems: [],
    text,
    suppressed: [{ diagnostic, reason: 'test server' }],
  },
  { path: '-', diagnostics: [], problems: [{ code: 'limit-exceeded', message: 'only the first part was checked' }] },
];
const described: DescribedRule = {
  slug: 'curl-insecure',
  title: 'T',
  reports: 'R',
  why: 'W',
  fix: 'F',
  bad: ['RUN curl -k'],
  good: ['RUN curl'],
  references: ['https://example.com/'],
  isSecurity: true,
};
const options = { toolVersion: '0.1.0', width: 100 };
const validate = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../../../../media/schemas/lint.json'), 'utf8')) as object,
);

test('json has the shape that scripts depend on', () => {
  const report = JSON.parse(renderLint('json', files, options)) as unknown;
  assert.deepEqual(report, {
    schemaVersion: 1,
    files: [
      {
        path: 'services/web app/Dockerfile',
        diagnostics: [
          { ruleId: 'PL4001', aliases: ['CKV2_DOCKER_2'], severity: 'high', message: 'curl -k accepts any certificate', range, fix: 'safe' },
          { ruleId: 'PL9999', aliases: ['CKV2_DOCKER_2'], severity: 'high', message: 'curl -k accepts any certificate', range },
        ],
        problems: [],
      },
      { path: '-', diagnostics: [], problems: [{ code: 'limit-exceeded', message: 'only the first part was checked' }] },
    ],
  });
  assert.ok(validate(report), JSON.stringify(validate.errors));
});

test('the table shows place, line, mark and fix, and that not all was checked', () => {
  const table = renderLint('table', files, options);
  for (const part of [
    'services/web app/Dockerfile:2:10  high  PL4001',
    '    RUN curl -k https://example.com\n             ^^',
    'fix: Pin the certificate',
    '-: not all of it was checked',
    '2 high   in 2 files (1 silenced by comments)',
  ]) {
    assert.ok(table.includes(part), part);
  }
});

test('nothing found is said only of what was checked', () => {
  assert.match(renderLint('table', files.slice(1), options), /Nothing found in what could be checked in one file/);
  assert.match(renderLint('table', [{ path: 'x', diagnostics: [], problems: [] }], options), /^Nothing found in one file\n$/);
});

test('a long line is cut so that the mark stays in sight', () => {
  const long = `RUN ${'a'.repeat(300)} curl -k x`;
  const place = { start: { line: 0, character: 310 }, end: { line: 0, character: 312 } };
  const table = renderLint('table', [{ path: 'x', diagnostics: [{ ...diagnostic, range: place }], problems: [], text: long }], options);
  const [shown = '', mark = ''] = table.split('\n').slice(2);
  assert.equal(shown.slice(mark.indexOf('^'), mark.lastIndexOf('^') + 1), '-k');
});

test('sarif has regions counted from 1, fixes, and what comments silence', () => {
  const log = JSON.parse(
    renderLint('sarif', files, {
      ...options,
      describeRule: (id) => (id === 'PL4001' ? described : undefined),
    }),
  ) as {
    runs: {
      results: {
        suppressions?: { justification?: string }[];
        fixes?: object[];
        locations: { physicalLocation: { artifactLocation: { uri: string }; region: object } }[];
      }[];
      invocations: { executionSuccessful: boolean }[];
    }[];
  };
  const [run] = log.runs;
  assert.equal(run?.results.length, 3);
  assert.deepEqual(run.results[0]?.locations[0]?.physicalLocation, {
    artifactLocation: { uri: 'services/web%20app/Dockerfile', uriBaseId: 'SRCROOT' },
    region: { startLine: 2, startColumn: 10, endLine: 2, endColumn: 12 },
  });
  assert.equal(run.results[0].fixes?.length, 2);
  assert.equal(run.results[2]?.suppressions?.[0]?.justification, 'test server');
  assert.equal(run.invocations[0]?.executionSuccessful, false);
});

test('a hostile file reaches the reader as text', () => {
  const nasty = '\u001b[2J\u202e\u0007';
  for (const format of lintFormats) {
    const out = renderLint(
      format,
      [
        {
          path: nasty,
          diagnostics: [{ ...diagnostic, message: nasty }],
          problems: [{ code: 'other', message: nasty }],
          text: `${nasty}\n${nasty.repeat(10)}`,
        },
      ],
      { ...options, color: format === 'table' },
    );
    assert.ok(!/[\u0007]|\u001b(?!\[[\d;]{1,8}m)/.test(out), format);
  }
});
