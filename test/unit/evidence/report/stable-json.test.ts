import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toStableJson } from '../../../../src/evidence/report/stable-json.ts';

test('the order of keys is ours: first the named ones, at the top only, then those that people look for, then by name', () => {
  assert.equal(
    toStableJson([{ z: { b: 1, zz: 1, name: 1 }, a: 1, id: 1 }, {}]).replaceAll(/\s/g, ''),
    '[{"id":1,"a":1,"z":{"name":1,"b":1,"zz":1}},{}]',
  );
  assert.equal(toStableJson({ a: { b: 1, a: 1 }, b: 1 }, ['b']).replaceAll(/\s/g, ''), '{"b":1,"a":{"a":1,"b":1}}');
});

test('names that an image chose are names and nothing more', () => {
  const labels = JSON.parse('[{"a\\nb":1,"c":2},{"a":1,"b\\nc":2},{"__proto__":{"x":1},"constructor":2}]') as unknown;
  assert.deepEqual(JSON.parse(toStableJson(labels)), labels);
  assert.ok(toStableJson(labels).includes('__proto__'));
});

test('law: the value comes back, and in whatever order it was made, the same text', () => {
  const reverse = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reverse);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([key, item]) => [key, reverse(item)]),
    );
  };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = toStableJson(value, ['b']);
      assert.equal(JSON.stringify(JSON.parse(text)), JSON.stringify(JSON.parse(toStableJson(reverse(value), ['b']))));
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
    }),
  );
});
