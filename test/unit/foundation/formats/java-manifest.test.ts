import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseJavaManifest } from '../../../../src/foundation/formats/java-manifest.ts';

test('the main section, with lines that go on; names in lower case, the last of several', () => {
  const text =
    'Manifest-Version: 1.0\r\nBundle-SymbolicName: org.exam\r\n ple.long;single\r\n ton:=true\r\nA: 1\r\nA: 2\r\nno attribute\r\n\r\nName: x/\r\nImplementation-Version: 9\r\n';
  assert.deepEqual(
    [...parseJavaManifest(text)],
    [
      ['manifest-version', '1.0'],
      ['bundle-symbolicname', 'org.example.long;singleton:=true'],
      ['a', '2'],
    ],
  );
});

test('empty lines before it, no line end after it, values with colons', () => {
  assert.equal(parseJavaManifest('\n\nUrl: https://example.com:8080/').get('url'), 'https://example.com:8080/');
  assert.equal(parseJavaManifest('__proto__: x\n').get('__proto__'), 'x');
  assert.equal(parseJavaManifest(' goes on from nothing\n: no name\n').size, 0);
});

test('a line that goes on for ever is kept to a bound; any text is read', () => {
  assert.ok((parseJavaManifest(`A: ${'\n x'.repeat(2_000_000)}`).get('a') ?? '').length <= 1024 * 1024);
  fc.assert(fc.property(fc.string(), (text) => void parseJavaManifest(text)));
});
