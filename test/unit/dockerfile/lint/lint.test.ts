import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyFixes, fixText, lintText, suppressionEdit } from '../../../../src/dockerfile/lint/lint.ts';
import { rules as allRules } from '../../../../src/dockerfile/lint/rules.generated.ts';
import type { Rule, RuleHit } from '../../../../src/dockerfile/lint/rule.ts';
import type { LintDiagnostic } from '../../../../src/foundation/model/diagnostic.ts';
import { MAX_DIAGNOSTICS } from '../../../../src/foundation/base/limits.ts';

const range = (line: number, from: number, to: number): RuleHit['range'] => ({ start: { line, character: from }, end: { line, character: to } });

function makeRule(id: string, check: Rule['check'], aliases: readonly string[] = []): Rule {
  const docs = { reports: 'R.', why: 'W.', fix: 'F.', bad: [], good: [], references: [] };
  return { id, slug: `slug-${id.toLowerCase()}`, title: id, severity: 'medium', aliases, docs, check };
}

/** A few rules that these tests know, so that a new one does not change what they see. */
const few = { rules: allRules.filter(({ id }) => /^PL(?:1001|3001|4001|4002)$/.test(id)) };

const ids = (diagnostics: readonly LintDiagnostic[]): readonly string[] => diagnostics.map(({ ruleId }) => ruleId);

test('a rule that throws is named, the others run', () => {
  const bad = makeRule('PL7998', () => {
    throw new TypeError('boom');
  });
  const good = makeRule('PL7999', () => [{ message: 'm', range: range(0, 0, 1) }]);
  const result = lintText('FROM a\n', { rules: [bad, good] });
  assert.deepEqual(ids(result.diagnostics), ['PL7999']);
  assert.deepEqual(result.problems, [{ code: 'rule-failed', message: 'Rule PL7998 (slug-pl7998) failed and was left out: boom' }]);
});

test('diagnostics are sorted by place, and one place is reported once', () => {
  const rule = makeRule('PL7999', () =>
    [range(1, 0, 1), range(0, 4, 5), range(0, 4, 5), range(0, 0, 1)].map((place) => ({ message: 'm', range: place })),
  );
  assert.deepEqual(
    lintText('FROM a\nRUN b\n', { rules: [rule] }).diagnostics.map((diagnostic) => diagnostic.range),
    [range(0, 0, 1), range(0, 4, 5), range(1, 0, 1)],
  );
});

test('too many diagnostics are cut off, and said to be', () => {
  const result = lintText(`FROM a:1\n${'RUN curl -k x\n'.repeat(MAX_DIAGNOSTICS + 5)}USER b\n`);
  assert.equal(result.diagnostics.length, MAX_DIAGNOSTICS);
  assert.equal(result.problems[0]?.code, 'limit-exceeded');
});

test('settings turn a rule off or change its severity, by id, slug or alias', () => {
  const text = 'FROM a:1\nUSER b\nRUN curl -k x\n';
  assert.deepEqual(ids(lintText(text, few).diagnostics), ['PL4001']);
  for (const name of ['PL4001', 'curl-insecure', 'CKV2_DOCKER_2', 'pl4001']) {
    assert.deepEqual(ids(lintText(text, { ...few, settings: { [name]: 'off' } }).diagnostics), [], name);
    assert.equal(lintText(text, { ...few, settings: { [name]: 'low' } }).diagnostics[0]?.severity, 'low', name);
  }
});

const body = 'FROM a:1\n{}\nRUN curl -k x\nUSER b\n';
const suppressed = (comment: string): readonly string[] =>
  lintText(body.replace('{}', comment), { ...few, today: '2026-06-01' }).suppressed.map(
    ({ diagnostic, reason }) => `${diagnostic.ruleId} ${reason ?? '-'}`,
  );
const reported = (comment: string): readonly string[] => ids(lintText(body.replace('{}', comment), { ...few, today: '2026-06-01' }).diagnostics);

test('our suppression comments: ids, slugs, aliases, reasons, ends', () => {
  assert.deepEqual(suppressed('# plimsoll ignore=PL4001 reason=private net'), ['PL4001 private net']);
  assert.deepEqual(suppressed('# plimsoll ignore=PL1001, curl-insecure reason=a; b'), ['PL4001 a; b']);
  assert.deepEqual(suppressed('# plimsoll ignore=PL4001 reason=for now; expires=2026-06-02'), ['PL4001 for now']);
  assert.deepEqual(suppressed('# plimsoll ignore=PL4001 reason=r\n# another comment'), ['PL4001 r']);
  assert.deepEqual(suppressed('# plimsoll ignore=PL4001 reason=r\n'), [], 'a blank line between: it stands above nothing');
  assert.deepEqual(suppressed('# plimsoll ignore=PL4002 reason=r'), []);
  assert.deepEqual(reported('# plimsoll ignore=PL4001'), ['PL0001']);
  assert.deepEqual(reported('# plimsoll ignore=PL4001,PL1 reason=r'), ['PL0002']);
  assert.deepEqual(reported('# plimsoll ignore=PL4001 reason=r; expires=2026-05-31'), ['PL0003', 'PL4001']);
  assert.deepEqual(reported('# plimsoll ignore=PL4001 reason=r; expires=soon'), ['PL0003', 'PL4001']);
});

test('a suppression inside a continued RUN counts for the line behind it', () => {
  const text = 'FROM a:1\nRUN curl -k x \\\n  # plimsoll ignore=PL4001 reason=r\n  && curl -k y\nUSER b\n';
  assert.deepEqual(
    lintText(text, few).diagnostics.map((diagnostic) => diagnostic.range.start.line),
    [1],
  );
});

test('whole-file suppressions', () => {
  assert.deepEqual(lintText(`# plimsoll ignore-file=PL4001 reason=r\n${body}`, few).suppressed.length, 1);
  assert.deepEqual(lintText(`# hadolint global ignore=DL3006\nFROM a\nUSER b\n`, few).suppressed.length, 1);
});

test("other linters' comments work and need no reason", () => {
  assert.deepEqual(ids(lintText('# hadolint ignore=DL3006,SC2086\nFROM a\nUSER b\n', few).diagnostics), []);
  assert.deepEqual(ids(lintText('# check=skip=SecretsUsedInArgOrEnv;error=true\nFROM a:1\nENV TOKEN=abc\nUSER b\n', few).diagnostics), []);
  assert.deepEqual(
    ids(lintText('# check=skip=all\nFROM a\nENV TOKEN=abc\nUSER b\n', few).diagnostics),
    ['PL1001'],
    'all of BuildKit’s checks, not ours',
  );
});

test('suppressionEdit writes a comment that suppresses', () => {
  for (const text of ['FROM a:1\nRUN b && \\\n  curl -k x\nUSER c\n', 'FROM a:1\r\n  RUN curl -k x\r\nUSER c\r\n', '# syntax=x\nFROM a\nUSER b\n']) {
    const [diagnostic] = lintText(text, few).diagnostics;
    assert.ok(diagnostic);
    const edit = suppressionEdit(text, diagnostic, 'because; of\nthis');
    const after = applyFixes(text, [{ ...diagnostic, fixes: [{ safety: 'safe', title: '', edits: [edit] }] }], 'safe');
    const result = lintText(after, few);
    assert.deepEqual(result.diagnostics, [], after);
    assert.deepEqual(
      result.suppressed.map(({ reason }) => reason),
      ['because of this'],
    );
    assert.equal(/(?<!\r)\n/.test(after), !text.includes('\r'));
  }
});

test('applyFixes takes safe ones only unless told, and never two that touch', () => {
  const fix = (from: number, to: number, newText: string, safety: 'safe' | 'suggested' = 'safe'): LintDiagnostic => ({
    ruleId: 'X',
    aliases: [],
    severity: 'low',
    message: '',
    range: range(0, from, to),
    fixes: [{ safety, title: '', edits: [{ range: range(0, from, to), newText }] }],
  });
  assert.equal(applyFixes('abcdef', [fix(0, 1, 'X'), fix(3, 4, 'Y', 'suggested')], 'safe'), 'Xbcdef');
  assert.equal(applyFixes('abcdef', [fix(3, 4, 'Y'), fix(0, 1, 'X')], 'suggested'), 'XbcYef');
  assert.equal(applyFixes('abcdef', [fix(0, 2, 'X'), fix(2, 3, 'Y')], 'safe'), 'Xcdef');
});

test('fixText goes on until nothing is left', () => {
  assert.equal(fixText('FROM a:1\nRUN curl -k -k --insecure x\nUSER b\n', 'safe'), 'FROM a:1\nRUN curl x\nUSER b\n');
});
