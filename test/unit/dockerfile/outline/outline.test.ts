import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { foldsOf } from '../../../../src/dockerfile/outline/folds.ts';
import { imageLinksOf, ruleMentionsOf } from '../../../../src/dockerfile/outline/links.ts';
import { outlineOf } from '../../../../src/dockerfile/outline/outline.ts';
import { registryPageOf } from '../../../../src/dockerfile/outline/registry-pages.ts';
import { parseImageName } from '../../../../src/dockerfile/syntax/image-name.ts';
import { emptyMappedText } from '../../../../src/dockerfile/syntax/mapped-text.ts';
import { parseDockerfile } from '../../../../src/dockerfile/syntax/parse.ts';
import { offsetAt } from '../../../../src/dockerfile/syntax/text-document.ts';
import type { TextRange } from '../../../../src/foundation/model/text-range.ts';

function folds(text: string): readonly (readonly [number, number])[] {
  return foldsOf(parseDockerfile(text)).map(({ start, end }) => [start, end]);
}

function textAt(text: string, { start, end }: TextRange): string {
  const { document } = parseDockerfile(text);
  return text.slice(offsetAt(document, start), offsetAt(document, end));
}

test('stages have their instructions, by name or by image', () => {
  const { preamble, stages } = outlineOf(parseDockerfile('ARG V=3\nFROM a:$V AS b\nRUN c \\\n  d\nFROM\nONBUILD COPY e f\nFROM b\n'));
  assert.deepEqual(
    preamble.map(({ keyword, detail }) => [keyword, detail]),
    [['ARG', 'V=3']],
  );
  assert.deepEqual(
    stages.map(({ name, image, isImage, instructions }) => [name, image, isImage, instructions.map(({ keyword, detail }) => `${keyword} ${detail}`)]),
    [
      ['b', 'a:3', true, ['RUN c d']],
      ['', '', false, ['ONBUILD COPY e f']],
      ['b', 'b', false, []],
    ],
  );
});

test('a long instruction is cut short', () => {
  const detail = outlineOf(parseDockerfile(`FROM a\nRUN ${'x '.repeat(1000)}`)).stages[0]?.instructions[0]?.detail ?? '';
  assert.equal(detail.length, 80);
  assert.ok(detail.endsWith('…'));
});

test('what stands on several lines folds', () => {
  assert.deepEqual(folds('FROM a\n'), []);
  assert.deepEqual(folds('# a\n# b\n\n# c\nFROM a\nRUN b \\\n # c\n # d\n && e\nUSER f\n\n'), [
    [0, 1],
    [4, 9],
    [5, 8],
  ]);
  assert.deepEqual(folds('FROM a\nRUN <<E\nb\nE\n').slice(1), [[1, 3]]);
  assert.deepEqual(folds('FROM a\nRUN <<E <<F\nb\nc\nE\nd\ne\nF\n').slice(1), [
    [1, 7],
    [2, 3],
    [5, 6],
  ]);
});

test('law: folds are of lines that are there, whatever is typed', () => {
  const part = fc.constantFrom('FROM a\n', 'RUN b \\\n', '# c\n', 'RUN <<E <<-F\n', 'E\n', 'F', '\r\n', '\n', 'x');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
      const model = parseDockerfile(parts.join(''));
      for (const { start, end } of foldsOf(model)) assert.ok(start >= 0 && start < end && end < model.document.lineStarts.length);
      outlineOf(model);
      imageLinksOf(model);
    }),
  );
});

test('registries that have a page for people are known, names that are not whole have none', () => {
  const page = (name: string): string | undefined =>
    registryPageOf(
      parseImageName(
        { text: name, value: name, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, source: emptyMappedText },
        name,
        'image',
        name.includes('$'),
      ),
    );
  assert.equal(page('debian:12'), 'https://hub.docker.com/_/debian');
  assert.equal(page('docker.io/library/debian'), 'https://hub.docker.com/_/debian');
  assert.equal(page('bitnami/redis@sha256:aa'), 'https://hub.docker.com/r/bitnami/redis');
  assert.equal(page('quay.io/a/b:1'), 'https://quay.io/repository/a/b');
  assert.equal(page('ghcr.io/a/b/c'), 'https://ghcr.io/a/b/c');
  assert.equal(page('mcr.microsoft.com/dotnet/sdk:9.0'), 'https://mcr.microsoft.com/artifact/mar/dotnet/sdk/about');
  assert.equal(page('public.ecr.aws/docker/library/node'), 'https://gallery.ecr.aws/docker/library/node');
  assert.equal(page('cgr.dev/chainguard/go'), 'https://images.chainguard.dev/directory/image/go/overview');
  for (const name of ['localhost/a', 'registry.example/a', 'a/b/c', '$A', 'a:$V', 'a/../b', 'a?b', 'constructor.x/y', 'quay.io/a'])
    assert.equal(page(name), undefined, name);
});

test('images are linked wherever they are named', () => {
  const text =
    '# syntax=docker/dockerfile:1\nFROM a AS b\nCOPY --from=quay.io/c/d:1 e f\nCOPY --from=b e f\nRUN --mount=type=bind,from=g,target=/h i\nFROM scratch\n';
  assert.deepEqual(
    imageLinksOf(parseDockerfile(text)).map(({ range, url }) => [textAt(text, range), url]),
    [
      ['docker/dockerfile:1', 'https://hub.docker.com/r/docker/dockerfile'],
      ['a', 'https://hub.docker.com/_/a'],
      ['quay.io/c/d:1', 'https://quay.io/repository/c/d'],
      ['g', 'https://hub.docker.com/_/g'],
    ],
  );
});

test('rules are found in every form of suppression, and nowhere else', () => {
  const names = (text: string): readonly string[] =>
    ruleMentionsOf(parseDockerfile(text)).map(({ name, range }) => {
      assert.equal(textAt(text, range), name, text);
      return name;
    });
  assert.deepEqual(names('# check=error=true;skip=JSONArgsRecommended, StageNameCasing\nFROM a\n'), ['JSONArgsRecommended', 'StageNameCasing']);
  assert.deepEqual(names('FROM a\n  # plimsoll ignore=PL1001, secret-in-env-or-arg reason=PL1002; expires=2030-01-01\nRUN b'), [
    'PL1001',
    'secret-in-env-or-arg',
  ]);
  assert.deepEqual(names('\uFEFF# plimsoll ignore-file=PL1001\r\nFROM a'), ['PL1001']);
  assert.deepEqual(names('FROM a\n#hadolint global ignore=DL3006,DL3008\nRUN b'), ['DL3006', 'DL3008']);
  assert.deepEqual(names('FROM a\n# check=skip=WorkdirRelativePath // PL1001\nWORKDIR b'), ['WorkdirRelativePath']);
  assert.deepEqual(names('FROM a\n# PL1001 is ignored\n# ignore=PL1001\n# plimsoll ignore=reason=x\nRUN b'), []);
  assert.equal(names(`FROM a\n# plimsoll ignore=${'PL1001,'.repeat(5000)}\nRUN b`).length, 100);
});
