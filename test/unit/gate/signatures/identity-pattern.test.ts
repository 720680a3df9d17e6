import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isIdentityIn } from '../../../../src/gate/signatures/identity-pattern.ts';

test('letters, one part, anything', () => {
  const identity = 'https://github.com/acme/app/.github/workflows/release.yml@refs/tags/v1.2';
  const yes = [
    identity,
    'https://github.com/acme/app/.github/workflows/release.yml@refs/tags/*',
    'https://github.com/acme/*/.github/workflows/release.yml@refs/**',
    'https://github.com/acme/**',
    '**',
    '**/release.yml@**/v*.*',
    '**v1.2',
    'https://**/acme/**1*',
  ];
  const no = [
    '',
    '*',
    'https://github.com/acme/*',
    'https://github.com/acme*',
    'https://github.com/acme',
    `${identity}/`,
    'https://github.com/*/.github/workflows/release.yml@refs/tags/v1.2',
    '**v1.3',
    'https://github.com/acme/app/.github/workflows/release.yml@refs/tags/v1.2?',
    'https://github.com/acme/app/.github/workflows/release.yml@refs/tags/v1*3',
    '.*',
    'HTTPS://github.com/acme/**',
  ];
  assert.deepEqual(
    yes.filter((pattern) => !isIdentityIn(pattern, identity)),
    [],
  );
  assert.deepEqual(
    no.filter((pattern) => isIdentityIn(pattern, identity)),
    [],
  );
});

/** The same question put to a regular expression, which on long texts could take for ever. */
function byExpression(pattern: string, identity: string): boolean {
  const source = pattern.replaceAll(/\*\*|\*|[^*]/gu, (part) =>
    part === '**' ? '[^]*' : part === '*' ? '[^/]*' : `\\u{${(part.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return new RegExp(`^(?:${source})$`, 'u').test(identity);
}

test('it says what a regular expression says', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.'), maxLength: 8 });
  const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '**', '.'), maxLength: 8 });
  fc.assert(
    fc.property(patterns, letters, (pattern, identity) => {
      // Three stars in a row are read from the left by both.
      assert.equal(isIdentityIn(pattern, identity), byExpression(pattern, identity), `${pattern} ${identity}`);
    }),
    { numRuns: 2000 },
  );
});

test('a pattern that takes an expression years takes no time', () => {
  assert.equal(isIdentityIn(`${'*a'.repeat(1000)}b`, 'a'.repeat(2000)), false);
  assert.equal(isIdentityIn(`${'**a'.repeat(600)}b`, 'a'.repeat(2000)), false);
  assert.equal(isIdentityIn('**', 'a'.repeat(3000)), false);
});
