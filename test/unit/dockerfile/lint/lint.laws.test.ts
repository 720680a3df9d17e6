import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MAX_DIAGNOSTICS } from '../../../../src/foundation/base/limits.ts';
import { fixText, lintText } from '../../../../src/dockerfile/lint/lint.ts';
import type { Rule } from '../../../../src/dockerfile/lint/rule.ts';
import { rules } from '../../../../src/dockerfile/lint/rules.generated.ts';
import { createTextDocument, lineEnd, offsetAt, positionAt } from '../../../../src/dockerfile/syntax/text-document.ts';
import { hostileDockerfiles } from '../../../support/hostile-dockerfiles.ts';

const fragment = fc.constantFrom(
  'FROM a',
  'FROM a:latest AS b',
  'ARG A=-k',
  'ENV A=$A$A TOKEN=x',
  'RUN ',
  'ONBUILD ',
  'COPY ',
  'SHELL ["pwsh"]',
  'SHELL ["cmd"]',
  'USER 0',
  '# escape=`',
  '# plimsoll ignore=',
  '# hadolint ignore=',
  'curl -k',
  ' | sh',
  '$(',
  ')',
  '`',
  '"',
  "'",
  '\\',
  '\\\n',
  '\n',
  '\r\n',
  '\r',
  '<<A',
  '<<-"A"',
  'A',
  '["',
  '",',
  ']',
  '{',
  '}',
  '(',
  ' && ',
  ';',
  '$A',
  '${A:-',
  'sudo ',
  'env B=c ',
  'sh -c "',
  'eval ',
  'iex (irm x)',
  'Start-Process ',
  "-ArgumentList '/i','",
  'pwsh -enc aQBlAHgA',
  '& ',
  'start /wait ',
  'icacls a /grant Everyone:(F',
  '[Net.ServicePointManager]::SecurityProtocol = ',
  'iwr x -OutFile a.exe; ',
  'a.exe',
  'reg add HKLM /v EnableLUA /d 0',
  'C:\\a\\',
  'FROM debian:10@',
  'chmod 4777 a',
  'https://u:p@h/',
  '--mount=type=secret,id=a',
  ' ',
  '\t',
  '\0',
  '\uFEFF',
  '\uD800',
  'é',
  '😀',
);
const text = fc.oneof(
  fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

function check(code: string): void {
  const { diagnostics, problems } = lintText(code);
  assert.deepEqual(
    problems.filter((problem) => problem.code === 'rule-failed' || problem.message.includes('could not be read')),
    [],
  );
  const document = createTextDocument(code);
  for (const { range, fixes } of diagnostics) {
    for (const place of [range, ...fixes.flatMap((fix) => fix.edits.map((edit) => edit.range))]) {
      const [start, end] = [offsetAt(document, place.start), offsetAt(document, place.end)];
      assert.ok(start <= end && end <= code.length);
      assert.deepEqual([positionAt(document, start), positionAt(document, end)], [place.start, place.end], 'a range lies in the text');
      assert.ok(place.start.character <= lineEnd(document, place.start.line));
    }
  }
}

test('any text is linted without failing, and every range lies in it', () => {
  fc.assert(fc.property(text, check), { numRuns: 1500 });
});

test('fixing twice is fixing once', () => {
  fc.assert(
    fc.property(text, (code) => {
      const fixed = fixText(code, 'suggested');
      assert.equal(fixText(fixed, 'suggested'), fixed);
    }),
    { numRuns: 400 },
  );
});

test('linting twice gives the same', () => {
  fc.assert(
    fc.property(text, (code) => {
      assert.deepEqual(lintText(code), lintText(code));
    }),
    { numRuns: 200 },
  );
});

test('every example survives being cut off anywhere', () => {
  for (const rule of rules) {
    for (const example of [rule.docs.bad[0] ?? '', rule.docs.good[0] ?? '']) {
      for (let length = 0; length < example.length; length++) check(example.slice(0, length));
    }
  }
});

// Each of these took seconds to minutes, or all memory, in some version of this or another linter. A return of that shows as a test run that does not end; `npm run bench -- --only hostile` has the times.
for (const [name, make] of Object.entries(hostileDockerfiles)) {
  test(`hostile: ${name}`, () => {
    const code = make();
    const { diagnostics, problems } = lintText(code);
    assert.deepEqual(
      problems.filter((problem) => problem.code === 'rule-failed' || problem.message.includes('could not be read')),
      [],
    );
    assert.ok(diagnostics.length <= MAX_DIAGNOSTICS);
  });
}

test('a rule that throws is named, and the others say what they have to say', () => {
  const [first, ...others] = rules;
  assert.ok(first);
  const broken: Rule = {
    ...first,
    check() {
      throw new Error('no such luck');
    },
  };
  const late: Rule = {
    ...first,
    *check(model) {
      yield {
        message: 'found before it broke',
        range: model.instructions[0]?.keywordRange ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      };
      throw new Error('no such luck');
    },
  };
  const code = 'FROM debian:12\nRUN curl -k https://a.example | sh\n';
  for (const rule of [broken, late]) {
    const { diagnostics, problems } = lintText(code, { rules: [rule, ...others] });
    assert.deepEqual(problems, [{ code: 'rule-failed', message: `Rule ${first.id} (${first.slug}) failed and was left out: no such luck` }]);
    assert.ok(diagnostics.some(({ ruleId }) => ruleId === 'PL4001'));
  }
});
