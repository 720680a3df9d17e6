import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fixText, lintText } from '../../../../src/dockerfile/lint/lint.ts';
import { rules } from '../../../../src/dockerfile/lint/rules.generated.ts';
import { createTextDocument, lineEnd, offsetAt, positionAt } from '../../../../src/dockerfile/syntax/text-document.ts';

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

const hostile: Readonly<Record<string, string>> = {
  'NUL bytes': '\0'.repeat(200_000),
  'a line of a million characters': `RUN ${'a'.repeat(1_000_000)}`,
  'fifty thousand lines': `FROM a:1\n${'RUN echo a\n'.repeat(50_000)}`,
  'comments between stages': 'FROM a:1\n# c\n'.repeat(25_000),
  'open here-documents': 'RUN cat <<A\n'.repeat(10_000),
  'here-documents on one line': `RUN cat ${'<<A '.repeat(5000)}`,
  'open substitutions': `RUN ${'$('.repeat(50_000)}`,
  'quoted substitutions': `RUN ${'"$('.repeat(30_000)}`,
  'PowerShell brackets': `FROM a\nSHELL ["pwsh"]\nRUN ${'"$('.repeat(30_000)}`,
  'eval in eval': `RUN ${'eval "$('.repeat(40)}${')"'.repeat(40)}`,
  'variables that double': `RUN a=xxxxxxxx; ${'a=$a$a; '.repeat(2000)}${'b $a; '.repeat(2000)}`,
  'ENV that doubles': 'ENV a=x$a$a b=$b\n'.repeat(3000),
  'stages on stages': `FROM a AS s0\n${Array.from({ length: 5000 }, (_, i) => `FROM s${i} AS s${i + 1}\nRUN $x`).join('\n')}`,
  'lone surrogates': `RUN curl -k ${'\uD800'.repeat(50_000)}`,
  'sudo of sudo': `RUN ${'sudo '.repeat(20_000)}`,
  'JSON strings': `CMD [${'"a",'.repeat(30_000)}"a"]`,
};

// Each of these took seconds to minutes, or all memory, in some version of this or another linter. A return of that shows as a test run that does not end.
for (const [name, code] of Object.entries(hostile)) {
  test(`hostile: ${name}`, () => {
    assert.deepEqual(
      lintText(code).problems.filter((problem) => problem.code === 'rule-failed'),
      [],
    );
  });
}
