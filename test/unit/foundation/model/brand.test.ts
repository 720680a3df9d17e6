import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toImagePath } from '../../../../src/foundation/model/brand.ts';

test('a name in an archive becomes a path without what means nothing, held at the root', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['usr/bin/env', 'usr/bin/env'],
    ['./usr//bin/', 'usr/bin'],
    ['/usr/./bin', 'usr/bin'],
    ['../../etc/passwd', 'etc/passwd'],
    ['a/../../b', 'b'],
    ['.hidden/..data/...', '.hidden/..data/...'],
    ['a\nb', 'a\nb'],
    ['', undefined],
    ['/', undefined],
    ['./', undefined],
    ['.', undefined],
    ['a/..', undefined],
    ['a\0b', undefined],
  ];
  for (const [raw, path] of cases) assert.equal(toImagePath(raw), path, raw);
});

test('law: the quick way and the long way to a path are one', () => {
  const part = fc.constantFrom('a', 'bc', '.', '..', '', '.d', 'e.', '...', '\0', '\n');
  fc.assert(
    fc.property(fc.array(part), fc.constantFrom('', '/', './'), fc.constantFrom('', '/'), (parts, start, end) => {
      const raw = start + parts.join('/') + end;
      assert.equal(toImagePath(raw), takeApart(raw), JSON.stringify(raw));
    }),
    { numRuns: 3000 },
  );
});

function takeApart(raw: string): string | undefined {
  const kept: string[] = [];
  for (const part of raw.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return raw.includes('\0') || kept.length === 0 ? undefined : kept.join('/');
}
