import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { renderLint, type LintedFile } from '../../../../src/evidence/lint-report/render.ts';
import type { LintDiagnostic } from '../../../../src/foundation/model/diagnostic.ts';
import { severities } from '../../../../src/foundation/model/severity.ts';

const workingDirectory = path.resolve('/work/space');
const options = { toolVersion: '1.0.0', workingDirectory };
const at = (line: number, character: number, endLine = line): LintDiagnostic['range'] => ({
  start: { line, character },
  end: { line: endLine, character: character + 2 },
});
const diagnostic: LintDiagnostic = {
  ruleId: 'PL4001',
  aliases: [],
  severity: 'high',
  message: '100% of it, a: b\nand more',
  range: at(1, 9),
  fixes: [],
};

function file(over: Partial<LintedFile> = {}): LintedFile {
  return { path: path.join(workingDirectory, 'a,b', 'Dockerfile'), diagnostics: [diagnostic], problems: [], ...over };
}

interface GitlabIssue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end?: number } };
}

function gitlab(...files: readonly LintedFile[]): readonly GitlabIssue[] {
  return JSON.parse(renderLint('gitlab', files, options)) as readonly GitlabIssue[];
}

test('github: one command a line, escaped so that no text begins another', () => {
  assert.equal(
    renderLint('github', [file({ problems: [{ code: 'other', message: 'why' }] })], options),
    [
      '::error file=a%2Cb/Dockerfile,line=2,endLine=2,col=10,endColumn=12,title=PL4001 (high)::100%25 of it, a: b and more',
      '::warning file=a%2Cb/Dockerfile,title=not all of it was checked::why',
      '',
    ].join('\n'),
  );
  assert.equal(renderLint('github', [file({ diagnostics: [] })], options), '');
});

test('github: severities become levels, and columns are left out over several lines', () => {
  const found = severities.map((severity) => ({ ...diagnostic, severity, range: at(0, 3, 2) }));
  const lines = renderLint('github', [file({ path: './x', diagnostics: found })], options)
    .trimEnd()
    .split('\n');
  assert.deepEqual(
    lines.map((line) => line.split(' ')[0]),
    ['::error', '::error', '::warning', '::notice', '::notice', '::warning'],
  );
  assert.match(lines[0] ?? '', /^::error file=x,line=1,endLine=3,title=/);
});

test('gitlab: a code quality report, with paths from the folder the command ran in', () => {
  const [issue, ...more] = gitlab(file());
  assert.equal(more.length, 0);
  assert.match(issue?.fingerprint ?? '', /^[0-9a-f]{64}$/);
  assert.deepEqual(
    { ...issue, fingerprint: '' },
    {
      description: diagnostic.message,
      check_name: 'PL4001',
      fingerprint: '',
      severity: 'critical',
      location: { path: 'a,b/Dockerfile', lines: { begin: 2, end: 2 } },
    },
  );
  assert.deepEqual(gitlab(file({ diagnostics: [] })), []);
  assert.deepEqual(
    gitlab(file({ diagnostics: severities.map((severity) => ({ ...diagnostic, severity })) })).map(({ severity }) => severity),
    ['blocker', 'critical', 'major', 'minor', 'info', 'major'],
  );
});

test('gitlab: fingerprints differ within a report, and keep when lines move', () => {
  const twice = [diagnostic, { ...diagnostic, range: at(5, 1) }];
  const before = gitlab(file({ diagnostics: twice }), file({ path: 'other', diagnostics: twice })).map(({ fingerprint }) => fingerprint);
  assert.equal(new Set(before).size, 4);
  const moved = twice.map((one) => ({ ...one, range: at(one.range.start.line + 7, 0) }));
  assert.deepEqual(
    gitlab(file({ diagnostics: moved }), file({ path: 'other', diagnostics: moved })).map(({ fingerprint }) => fingerprint),
    before,
  );
});

test('gitlab: what could not be checked is no clean report', () => {
  const [issue] = gitlab(file({ diagnostics: [], problems: [{ code: 'malformed', message: 'why', line: 3 }] }));
  assert.deepEqual([issue?.check_name, issue?.severity, issue?.location.lines.begin], ['not-checked', 'major', 3]);
});
