import assert from 'node:assert/strict';
import test from 'node:test';
import { parseOsRelease } from '../../../../src/foundation/formats/os-release.ts';

test('plain, single and double quotes, comments, escapes', () => {
  const { value, problems } = parseOsRelease(
    '# comment\nID=debian\nVERSION_ID="12"\nNAME=\'It is\'\nPRETTY_NAME="a \\"b\\" \\$c"\n\nEMPTY=\nID=last\n',
  );
  assert.deepEqual(Object.fromEntries(value), { ID: 'last', VERSION_ID: '12', NAME: 'It is', PRETTY_NAME: 'a "b" $c', EMPTY: '' });
  assert.deepEqual(problems, []);
});

test('what is no assignment is told and passed over', () => {
  const { value, problems } = parseOsRelease('ID=alpine\nnot an assignment\nOPEN="x\n');
  assert.deepEqual([...value.keys()], ['ID']);
  assert.deepEqual(
    problems.map(({ line }) => line),
    [2, 3],
  );
});
