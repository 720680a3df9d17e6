import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DockerfileModel, Instruction } from '../../../../src/dockerfile/syntax/model.ts';
import { parseDockerfile } from '../../../../src/dockerfile/syntax/parse.ts';
import { offsetAt } from '../../../../src/dockerfile/syntax/text-document.ts';
import type { TextRange } from '../../../../src/foundation/model/text-range.ts';

function textOf(model: DockerfileModel, range: TextRange): string {
  return model.text.slice(offsetAt(model.document, range.start), offsetAt(model.document, range.end));
}

function only(model: DockerfileModel, keyword: string): Instruction {
  const found = model.instructions.filter((instruction) => instruction.keyword === keyword);
  assert.equal(found.length, 1);
  return found[0]!;
}

test('instructions end where the builder ends them', () => {
  const model = parseDockerfile('FROM a\nRUN a \\ \n\n  # c \\\n  b\nRUN c \\\\\nuser d');
  assert.deepEqual(
    model.instructions.map((instruction) => [instruction.keyword, instruction.body.text]),
    [
      ['FROM', 'a'],
      ['RUN', 'a   b'],
      ['RUN', 'c \\\\'],
      ['USER', 'd'],
    ],
  );
  assert.deepEqual(model.instructions[1]?.range, { start: { line: 1, character: 0 }, end: { line: 4, character: 3 } });
});

test('words keep their places through continuations, CRLF and a byte order mark', () => {
  const model = parseDockerfile('\uFEFFFROM a\r\nCOPY --chown=b \\\r\n  c \\\r\n  # no\r\n  d /e\r\n');
  const copy = only(model, 'COPY');
  assert.deepEqual(
    copy.args.map((word) => textOf(model, word.range)),
    ['c', 'd', '/e'],
  );
  assert.deepEqual(
    copy.flags.map(({ name, value }) => [name, value]),
    [['chown', 'b']],
  );
  assert.deepEqual(model.instructions[0]?.range, { start: { line: 0, character: 0 }, end: { line: 0, character: 6 } });
  assert.deepEqual(copy.args[1]?.range.start, { line: 4, character: 2 });
});

test('the escape directive makes the backtick continue lines and leaves backslashes alone', () => {
  const model = parseDockerfile('# escape=`\nFROM a\nRUN b `\n  c\nWORKDIR C:\\\nUSER d\n');
  assert.equal(model.escape, '`');
  assert.deepEqual(
    model.instructions.map(({ keyword }) => keyword),
    ['FROM', 'RUN', 'WORKDIR', 'USER'],
  );
  assert.deepEqual(
    model.directives.map(({ name, value }) => [name, value]),
    [['escape', '`']],
  );
});

test('a directive behind the first comment or blank line is none', () => {
  assert.equal(parseDockerfile('# hello\n# escape=`\nFROM a\n').escape, '\\');
  assert.equal(parseDockerfile('\n# escape=`\nFROM a\n').escape, '\\');
});

test('here-documents: several, quoted, with tabs, in ONBUILD; not in the JSON form, not in arithmetic', () => {
  const model = parseDockerfile('FROM a\nCOPY <<X <<-"Y Z" /d/\n1\nX\n\t2\n\tY Z\nONBUILD RUN cat <<E\n3\nE\nRUN echo $((1<<2)) <<<a\nUSER b\n');
  const [x, y] = only(model, 'COPY').heredocs;
  assert.deepEqual([x?.name, x?.body.text, x?.expand, x?.chomp], ['X', '1\n', true, false]);
  assert.deepEqual([y?.name, y?.body.text, y?.expand, y?.chomp], ['Y Z', '\t2\n', false, true]);
  assert.deepEqual(
    model.instructions.map(({ keyword, onbuild }) => (onbuild ? `ONBUILD ${keyword}` : keyword)),
    ['FROM', 'COPY', 'ONBUILD RUN', 'RUN', 'USER'],
  );
});

test('a here-document that is still open ends where the next instruction begins', () => {
  const model = parseDockerfile('FROM a\nRUN <<EOF\necho b\nUSER c\n');
  assert.deepEqual(
    model.instructions.map(({ keyword }) => keyword),
    ['FROM', 'RUN', 'USER'],
  );
  assert.deepEqual(model.problems, [{ message: 'the here-document EOF is not closed', line: 2 }]);
});

test('the JSON form is told from what only looks like it', () => {
  const model = parseDockerfile('FROM a\nRUN ["a", "b\\u0020\\"c"]\nRUN ["a", b]\nRUN [ -f a ]\nCMD []\n');
  assert.deepEqual(
    model.instructions.map(({ json }) => json),
    [false, true, false, false, true],
  );
  assert.deepEqual(
    model.instructions[1]?.args.map((word) => [word.value, textOf(model, word.range)]),
    [
      ['a', 'a'],
      ['b "c', 'b\\u0020\\"c'],
    ],
  );
});

test('stages know their image, base, user and which is final', () => {
  const model = parseDockerfile(
    'ARG V=3\nFROM --platform=linux/arm64 r.example:5000/a/b:$V@sha256:00 AS One\nUSER x\nFROM one AS two\nONBUILD USER y\nFROM $NONE\n',
  );
  const [one, two, three] = model.stages;
  assert.deepEqual(
    [one?.image?.registry, one?.image?.repository, one?.image?.tag, one?.image?.digest, one?.alias?.value, one?.platform?.value],
    ['r.example:5000', 'a/b', '3', 'sha256:00', 'One', 'linux/arm64'],
  );
  assert.deepEqual([two?.image?.kind, two?.base, two?.user?.args[0]?.value, two?.isFinal], ['stage', one, 'x', false]);
  assert.deepEqual([three?.image?.unresolved, three?.user, three?.isFinal], [true, undefined, true]);
  assert.equal(model.finalStage, three);
});

test('ARG and ENV: quotes, several on a line, the old form, values put in', () => {
  const model = parseDockerfile('ARG G=g\nFROM a\nARG G\nARG U\nENV A="b c" D=$A E=${F:-f}$G\nENV H i $A \'j\'\nRUN k\n');
  assert.deepEqual(
    model.definitions.map(({ name, value, resolved, valueRange }) => [
      name,
      value,
      resolved,
      valueRange === undefined ? undefined : textOf(model, valueRange),
    ]),
    [
      ['G', 'g', 'g', 'g'],
      ['G', undefined, undefined, undefined],
      ['U', undefined, undefined, undefined],
      ['A', 'b c', 'b c', '"b c"'],
      ['D', '$A', undefined, '$A'],
      ['E', '${F:-f}$G', 'fg', '${F:-f}$G'],
      ['H', 'i $A j', 'i b c j', "i $A 'j'"],
    ],
  );
  const run = only(model, 'RUN');
  assert.deepEqual(
    ['A', 'D', 'G', 'U', 'nope'].map((name) => model.resolveVariable(name, run)),
    ['b c', undefined, 'g', undefined, undefined],
  );
});

test('an ENV of the base stage is seen, an ARG of it is not', () => {
  const model = parseDockerfile('FROM a AS b\nARG X=1\nENV Y=2\nFROM b\nRUN c\n');
  const run = only(model, 'RUN');
  assert.deepEqual([model.resolveVariable('X', run), model.resolveVariable('Y', run)], [undefined, '2']);
});
