import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { findInlineDockerfiles } from '../../../../src/dockerfile/compose/inline-dockerfiles.ts';
import { originOf } from '../../../../src/dockerfile/syntax/mapped-text.ts';
import { MAX_COMPOSE_LENGTH } from '../../../../src/foundation/base/limits.ts';

const head = 'services:\n  web:\n    build:\n      dockerfile_inline: ';

function textsOf(yaml: string): readonly string[] {
  return findInlineDockerfiles(yaml).inlines.map(({ text }) => text);
}

test('every way to write a scalar is read, and each character of it has its place', () => {
  const ways: readonly (readonly [written: string, text: string])[] = [
    ['|\n        FROM a\n        RUN b\n\n    ports: []\n', 'FROM a\nRUN b\n'],
    ['|-\n        FROM a\n          RUN b\n\n\n', 'FROM a\n  RUN b'],
    ['|+ # keeps\n        FROM a\n\n', 'FROM a\n\n'],
    ['|2-\n          FROM a\n        RUN b\n', '  FROM a\nRUN b'],
    ['|\n\n        FROM a\n        \tRUN b', '\nFROM a\n\tRUN b\n'],
    ['>\n        FROM a\n        AS b\n\n        RUN c\n          d\n        e\n', 'FROM a AS b\nRUN c\n  d\ne\n'],
    ['"FROM a\\nRUN \\"b\\" \\x41\\u00e9\\\n        c\n        d"\n', 'FROM a\nRUN "b" Aéc d'],
    ["'FROM ''a''\n\n        RUN b'\n", "FROM 'a'\nRUN b"],
    ['FROM a\n', 'FROM a'],
  ];
  for (const [written, text] of ways) {
    for (const yaml of [head + written, `\uFEFF${head}${written}`, (head + written).replaceAll('\n', '\r\n')]) {
      const [inline] = findInlineDockerfiles(yaml).inlines;
      assert.equal(inline?.text, text, written);
      assert.equal(inline.service, 'web');
      assert.equal(inline.source?.text, text, `${written} has places`);
      for (const [offset, character] of Array.from(text).entries()) {
        if (/[a-zA-Z]/.test(character) && !/[Aé]c d$/.test(text))
          assert.equal(yaml[originOf(inline.source, offset)], character, `${written} at ${offset}`);
      }
    }
  }
});

test('services, anchors and merged maps are followed, each Dockerfile is there once', () => {
  assert.deepEqual(
    textsOf(
      'x-d: &d |\n  FROM a\nservices:\n  a: {build: {dockerfile_inline: *d}}\n  b: {build: {dockerfile_inline: *d}}\n  c: {build: {dockerfile_inline: FROM c}}\n',
    ),
    ['FROM a\n', 'FROM c'],
  );
  assert.deepEqual(
    textsOf('x-b: &b\n  dockerfile_inline: FROM a\nservices:\n  a:\n    build:\n      <<: [*b]\n      target: x\n  b:\n    build: *b\n'),
    ['FROM a'],
  );
});

test('what is no Dockerfile of a service is none', () => {
  for (const yaml of [
    '',
    'dockerfile_inline: FROM a',
    'services:\n  a:\n    dockerfile_inline: FROM a\n',
    `${head}[FROM a]`,
    `${head}7`,
    head,
    'services: dockerfile_inline',
    'services:\n  a: {build: {dockerfile_inline: *nowhere}}',
  ]) {
    assert.deepEqual(textsOf(yaml), [], yaml);
  }
});

test('a file that is half typed is read as far as it goes, and says so', () => {
  const { inlines, problems } = findInlineDockerfiles(`${head}|\n        FROM a\n  "unclosed`);
  assert.deepEqual(
    inlines.map(({ text }) => text),
    ['FROM a\n'],
  );
  assert.equal(problems.length, 1);
});

test('law: no beginning of a file, and no noise in it, makes it throw; a place is never outside', () => {
  const whole = `x: &x {a: 1}\n${head}|\n        FROM a\n        RUN b\n  c:\n    build: {<<: *x, dockerfile_inline: "FROM a\\nRUN b"}\n`;
  for (let length = 0; length <= whole.length; length++) findInlineDockerfiles(whole.slice(0, length));
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...Array.from('|>"\'\\&*#:-[]{} \n\t%@`!?,'), 'FROM a', 'build:', head, '\r\n'), { maxLength: 40 }),
      (parts) => {
        const yaml = head + parts.join('');
        for (const { source, place } of findInlineDockerfiles(yaml).inlines) {
          for (const piece of source?.pieces ?? []) assert.ok(piece.start >= place.start && piece.end <= place.end);
        }
      },
    ),
  );
});

test('hostile files end: nesting, aliases of aliases, length', () => {
  const knot = `# dockerfile_inline\nservices:\n${'  a: &a {build: &b {<<: [*a, *b, *a, *b]}}\n'.repeat(500)}`;
  assert.deepEqual(textsOf(knot), []);
  assert.deepEqual(textsOf(`${head}${'['.repeat(50_000)}`), []);
  for (const written of [`>\n${'        x\n\n\n'.repeat(30_000)}`, `"${' '.repeat(500_000)}x\\n  \n"`, `'${"''".repeat(200_000)}'`])
    assert.equal(textsOf(head + written).length, 1);
  assert.equal(findInlineDockerfiles(`${head}|\n${' '.repeat(MAX_COMPOSE_LENGTH)}`).problems.length, 1);
});
