import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matchesPattern, selectTags, shardOf } from '../../../src/engine/audit-selection.ts';

test('every repository belongs to one part, always the same, and the parts are of like size', () => {
  const names = Array.from({ length: 3000 }, (_, i) => `team/app-${String(i)}`);
  for (const count of [1, 2, 3, 7]) {
    const sizes = Array.from({ length: count }, (_, i) => names.filter((name) => shardOf(name, count) === i + 1).length);
    assert.equal(
      sizes.reduce((sum, size) => sum + size, 0),
      names.length,
    );
    assert.ok(Math.min(...sizes) > (names.length / count) * 0.8, sizes.join());
  }
  // Other machines and later versions must agree: changing this divides running audits anew.
  assert.deepEqual([shardOf('team/app', 5), shardOf('team/web', 5), shardOf('a', 2)], [2, 5, 2]);
});

test('tags', () => {
  const tags = ['1.9', '1.10', 'latest', '2.0-rc', `sha256-${'a'.repeat(64)}`, `sha256-${'a'.repeat(64)}.sig`, 'sha256-short'];
  assert.deepEqual(selectTags(tags, { kind: 'all' }), ['1.9', '1.10', 'latest', '2.0-rc', 'sha256-short']);
  assert.deepEqual(selectTags(['1.9', '1.10', 'latest', '1.2'], { kind: 'latest', count: 3 }), ['latest', '1.10', '1.9']);
  assert.deepEqual(selectTags(tags, { kind: 'pattern', pattern: '1.*' }), ['1.9', '1.10']);
});

test('patterns', () => {
  for (const [text, pattern, matches] of [
    ['v1.2', 'v1.*', true],
    ['v1.2', 'v1.?', true],
    ['v1.23', 'v1.?', false],
    ['v1x2', 'v1.2', false],
    ['', '*', true],
    ['', '', true],
    ['a', '', false],
    ['abcabc', '*abc', true],
    ['abcabd', '*abc', false],
    ['aXbXc', 'a*b*c', true],
  ] as const) {
    assert.equal(matchesPattern(text, pattern), matches, `${text} ${pattern}`);
  }
  // As a regular expression would have it, but in bounded time.
  fc.assert(
    fc.property(fc.stringMatching(/^[ab]{0,12}$/), fc.stringMatching(/^[ab*?]{0,8}$/), (text, pattern) => {
      const expression = new RegExp(`^${pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`);
      assert.equal(matchesPattern(text, pattern), expression.test(text));
    }),
  );
  assert.equal(matchesPattern('a'.repeat(128), `${'a*'.repeat(60)}b`), false);
});
