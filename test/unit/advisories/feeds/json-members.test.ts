import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readJsonMembers } from '../../../../src/advisories/feeds/json-members.ts';

function read(text: string, pieceBytes = 3): readonly unknown[] {
  const bytes = Buffer.from(text);
  const pieces = function* (): Generator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  };
  return [...readJsonMembers({ name: 'f', bytes, pieces })].map((member) =>
    member.problem === undefined ? [member.key, member.value] : member.problem,
  );
}

test('yields the members of an object and of a list', () => {
  assert.deepEqual(read(' {"a":1, "b":{"c":[1,{"d":"},{"}]} ,"é\\"":"\\\\"}'), [
    ['a', 1],
    ['b', { c: [1, { d: '},{' }] }],
    ['é"', '\\'],
  ]);
  assert.deepEqual(read('[1,"a,b",[]]'), [
    ['', 1],
    ['', 'a,b'],
    ['', []],
  ]);
  assert.deepEqual(read('{}'), []);
});

test('one bad member does not cost the others', () => {
  const members = read('{"a":1,"b":nope,"c":3}');
  assert.deepEqual(
    [members[0], members[2]],
    [
      ['a', 1],
      ['c', 3],
    ],
  );
  assert.match(String(members[1]), /^f: .*not valid JSON/);
});

test('what is no document, ends too early or is nested too deep is a problem', () => {
  assert.deepEqual(read('<html>'), ['f: neither an object nor a list']);
  assert.deepEqual(read(''), ['f: neither an object nor a list']);
  assert.deepEqual(read('{"a":1,"b":[2'), [['a', 1], 'f: the document ends in the middle at 7']);
  assert.match(String(read(`[${'['.repeat(10_000)}`)[0]), /nested too deep/);
  assert.match(String(read('[1,}]').at(-1)), /closes what is not open/);
});

test('agrees with JSON.parse on every object', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (object) => {
      const text = JSON.stringify(object);
      assert.deepEqual(read(text), Object.entries(JSON.parse(text) as object));
    }),
  );
});
