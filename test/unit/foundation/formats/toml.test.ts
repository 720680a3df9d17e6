import assert from 'node:assert/strict';
import test from 'node:test';
import { MAX_TOML_MARKS } from '../../../../src/foundation/base/limits.ts';
import { parseToml } from '../../../../src/foundation/formats/toml.ts';

const encoder = new TextEncoder();

test('tables', () => {
  const { value } = parseToml(encoder.encode('a = 99999999999999999999\n[[p]]\nname = "x"\n[p.d]\n"__proto__" = 1\n'));
  assert.deepEqual(Object.keys(value ?? {}), ['a', 'p']);
  assert.equal(JSON.stringify(value?.['p']), '[{"name":"x","d":{"__proto__":1}}]');
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
});

test('what cannot be read is told without its text', () => {
  assert.deepEqual(parseToml(encoder.encode('secret = = 1')), { reason: 'it is not TOML' });
  assert.deepEqual(parseToml(Uint8Array.of(0xff)), { reason: 'it is not UTF-8 text' });
  assert.deepEqual(parseToml(encoder.encode(`a = ${'['.repeat(100)}${']'.repeat(100)}`)), { reason: 'it is not TOML' });
  assert.match(parseToml(encoder.encode(`[${'a.'.repeat(MAX_TOML_MARKS)}a]`)).reason ?? '', /keys and values/);
});
