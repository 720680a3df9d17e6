import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileWrites } from '../../../../../src/dockerfile/lint/queries/file-writes.ts';
import { parseDockerfile } from '../../../../../src/dockerfile/syntax/parse.ts';

function writesOf(line: string): readonly (readonly [path: string, ...texts: string[]])[] {
  return fileWrites(parseDockerfile(`FROM a:1\n${line}\n`)).map(({ path, texts }) => [path, ...texts.map(({ text }) => text)]);
}

test('what is written to a file is found, with the text as far as it is in the file', () => {
  assert.deepEqual(writesOf('RUN echo a "b c" >> /x'), [['/x', 'a b c']]);
  assert.deepEqual(writesOf('RUN printf "%s" a | sudo tee -a /x'), [['/x', '%s', 'a']]);
  assert.deepEqual(writesOf('RUN cat > /x <<E\na\nE'), [['/x', 'a\n']]);
  assert.deepEqual(writesOf('COPY <<E /x\na\nE'), [['/x', 'a\n']]);
  assert.deepEqual(writesOf('RUN cp a /x'), [['/x']]);
  assert.deepEqual(writesOf('RUN sudo sh -c "echo a > /x"'), [['/x', 'a']]);
});

test('of a substitution by sed only what it puts in counts', () => {
  assert.deepEqual(writesOf("RUN sed -i 's/a\\/b/c/g' /x").at(-1), ['/x', '-i', 'c', '/x']);
});

test('reading, duplicated descriptors and printing write nothing', () => {
  assert.deepEqual(writesOf('RUN echo a 2>&1 && cat < /x && sed s/a/b/ /x && tee'), []);
});
