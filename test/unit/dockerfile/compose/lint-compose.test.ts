import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { findInlineDockerfiles } from '../../../../src/dockerfile/compose/inline-dockerfiles.ts';
import { InlinePlace } from '../../../../src/dockerfile/compose/inline-place.ts';
import { composeSuppressionEdit, fixComposeText, lintComposeText } from '../../../../src/dockerfile/compose/lint-compose.ts';
import { applyFixes, lintText } from '../../../../src/dockerfile/lint/lint.ts';
import { createTextDocument, offsetAt, positionAt } from '../../../../src/dockerfile/syntax/text-document.ts';
import type { LintDiagnostic } from '../../../../src/foundation/model/diagnostic.ts';
import type { TextEdit, TextRange } from '../../../../src/foundation/model/text-range.ts';

const dockerfile = 'FROM alpine\nRUN apk add curl \\\n    && curl -k https://a.example/x\n\nUSER app\n';
const options = { today: '2026-01-01' };

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '        ');
}

function compose(written: string): string {
  return `services:\n  web:\n    build:\n      dockerfile_inline: ${written}    ports: ["80:80"]\n`;
}

function at(text: string, { range }: { range: TextRange }): string {
  const document = createTextDocument(text);
  return text.slice(offsetAt(document, range.start), offsetAt(document, range.end));
}

function apply(text: string, edits: readonly TextEdit[]): string {
  const fix = { safety: 'safe' as const, title: '', edits };
  const diagnostic: LintDiagnostic = {
    ruleId: 'X',
    aliases: [],
    severity: 'low',
    message: '',
    range: edits[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    fixes: [fix],
  };
  return applyFixes(text, [diagnostic], 'safe');
}

test('what is reported of a Dockerfile is reported of it inline, on the same words', () => {
  const expected = lintText(dockerfile, options).diagnostics.map((diagnostic) => [
    diagnostic.ruleId,
    at(dockerfile, diagnostic).replaceAll(/\s+/g, ' '),
  ]);
  assert.ok(expected.length > 3);
  for (const yaml of [
    compose(`|\n${indent(dockerfile)}`),
    compose(`|\n${indent(dockerfile)}`).replaceAll('\n', '\r\n'),
    `\uFEFF${compose(`|-\n${indent(dockerfile)}`)}`,
    compose(`${JSON.stringify(dockerfile)}\n`),
  ]) {
    const found = lintComposeText(yaml, options).diagnostics.map((diagnostic) => [
      diagnostic.ruleId,
      at(yaml, diagnostic)
        .replace(String.raw`\\\n`, '\\')
        .replaceAll(/\s+/g, ' '),
    ]);
    assert.deepEqual(found, expected, yaml);
  }
});

test('--fix writes what it would write into a Dockerfile, indented as the block is, and settles', () => {
  const yaml = compose(`|\n${indent(dockerfile)}`);
  const fixed = fixComposeText(yaml, 'suggested', options);
  assert.notEqual(fixed, yaml);
  assert.equal(fixComposeText(fixed, 'suggested', options), fixed);
  assert.ok(fixed.endsWith('    ports: ["80:80"]\n'));
  assert.deepEqual(findInlineDockerfiles(fixed).problems, []);
});

test('a fix in a folded or plain scalar is not offered, its diagnostic is shown', () => {
  const { diagnostics } = lintComposeText(compose('>\n        FROM alpine\n\n        RUN curl -k https://a.example/x\n'), options);
  assert.ok(diagnostics.some(({ ruleId }) => ruleId === 'PL4001'));
  assert.deepEqual(
    diagnostics.flatMap(({ fixes }) => fixes),
    [],
  );
});

test('a suppression is written above the instruction, and suppresses', () => {
  const yaml = compose(`|\n${indent(dockerfile)}`);
  const diagnostic = lintComposeText(yaml, options).diagnostics.find(({ ruleId }) => ruleId === 'PL4001');
  assert.ok(diagnostic);
  const edit = composeSuppressionEdit(yaml, diagnostic, 'own CA', '2027-01-01');
  assert.ok(edit);
  const after = apply(yaml, [edit]);
  assert.ok(after.includes('\n        # plimsoll ignore=PL4001 reason=own CA; expires=2027-01-01\n        RUN apk'), after);
  assert.deepEqual(
    lintComposeText(after, options).suppressed.map(({ diagnostic: { ruleId }, reason }) => [ruleId, reason]),
    [['PL4001', 'own CA']],
  );
});

test('problems name their service and line', () => {
  const { problems } = lintComposeText(compose('|\n        FROM a:1\n        RUN <<E\n        x\n'), options);
  assert.match(problems[0]?.message ?? '', /^service web: .*E is not closed/);
  assert.equal(problems[0]?.line, 6);
});

test('law: an edit of a block, written back, says in YAML what it says in the Dockerfile; places go there and back', () => {
  const word = fc.constantFrom('FROM a', 'RUN b \\', '  c', '', '# d', 'é😀');
  const lines = fc.array(word, { minLength: 1, maxLength: 6 }).map((all) => `FROM x\n${all.join('\n')}\n`);
  const change = fc.record({ from: fc.nat(40), to: fc.nat(40), newText: fc.constantFrom('', 'z', 'USER q\n', '\nUSER q', 'a\n\n  b\n', ' ') });
  fc.assert(
    fc.property(lines, change, fc.constantFrom('|', '|-', '|+', '"'), fc.boolean(), (text, { from, to, newText }, style, crlf) => {
      const source = compose(style === '"' ? `${JSON.stringify(text)}\n` : `${style}\n${indent(text)}`);
      const yaml = crlf ? source.replaceAll('\n', '\r\n') : source;
      const [inline] = findInlineDockerfiles(yaml).inlines;
      assert.ok(inline?.source);
      const document = createTextDocument(inline.text);
      const place = new InlinePlace(createTextDocument(yaml), inline);
      const [start, end] = [Math.min(from, to, inline.text.length), Math.min(Math.max(from, to), inline.text.length)];
      const range = { start: positionAt(document, start), end: positionAt(document, end) };
      if (start < inline.text.length) assert.deepEqual(place.toInner(place.toOuter(range).start), range.start);
      const edits = place.toOuterEdits([{ range, newText }]);
      if (edits === undefined) return;
      const expected = inline.text.slice(0, start) + newText + inline.text.slice(end);
      const after = apply(yaml, edits);
      const read = findInlineDockerfiles(after);
      assert.deepEqual(read.problems, []);
      assert.equal(read.inlines[0]?.text.trimEnd(), expected.trimEnd(), after);
      assert.ok(after.trimEnd().endsWith('ports: ["80:80"]'));
    }),
    { numRuns: 1000 },
  );
});
