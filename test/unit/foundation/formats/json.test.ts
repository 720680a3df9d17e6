import assert from 'node:assert/strict';
import test from 'node:test';
import { isJsonObject, parseJson, toStrings, toText } from '../../../../src/foundation/formats/json.ts';

test('JSON with and without a byte order mark', () => {
  assert.deepEqual(parseJson(Buffer.from('{"a":1}')), { value: { a: 1 } });
  assert.deepEqual(parseJson(Buffer.from('\uFEFF[]')), { value: [] });
});

test('the reason never quotes the text', () => {
  assert.deepEqual(parseJson(Buffer.from('{"password": hunter2}')), { reason: 'it is not JSON' });
  assert.deepEqual(parseJson(Buffer.from([0xff, 0xfe])), { reason: 'it is not UTF-8 text' });
});

test('members of the wrong type count as absent', () => {
  assert.deepEqual(toStrings(['a', 1, null, 'b']), ['a', 'b']);
  assert.deepEqual(toStrings('a'), []);
  assert.equal(toText(1), undefined);
  assert.equal(isJsonObject([]), false);
  assert.equal(isJsonObject(null), false);
});
