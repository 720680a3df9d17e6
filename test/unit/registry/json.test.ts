import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memberOf, parseJson, textOf, toShowable } from '../../../src/registry/json.ts';

test('JSON of any sound depth is read, and no deeper', () => {
  assert.deepEqual(parseJson('{"a":["]}{[",{"b":"\\"["}]}'), { a: [']}{[', { b: '"[' }] });
  assert.deepEqual(parseJson(new TextEncoder().encode('[1]')), [1]);
  assert.notEqual(parseJson('['.repeat(64) + ']'.repeat(64)), undefined);
  assert.equal(parseJson('['.repeat(65) + ']'.repeat(65)), undefined);
  assert.equal(parseJson('{"a":'), undefined);
});

test('members are the record’s own', () => {
  assert.equal(memberOf({}, 'constructor'), undefined);
  assert.equal(memberOf([1], 'length'), undefined);
  assert.equal(textOf(parseJson('{"__proto__":"x"}'), '__proto__'), 'x');
  assert.equal(textOf({ a: 1 }, 'a'), undefined);
});

test('another machine’s words lose what could steer a terminal', () => {
  assert.equal(toShowable('a\u001b[31m\r\nb\u202ec\u0000 '), 'a [31m b c');
  assert.equal(toShowable('x'.repeat(10_000)).length, 301);
});
