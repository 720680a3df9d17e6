import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { formatReference, parseReference, registryNamespaceOf, withDefaultTag } from '../../../src/registry/reference.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('what a text names, in full', () => {
  for (const [text, full] of [
    ['nginx', 'docker.io/library/nginx'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['team/app', 'docker.io/team/app'],
    ['docker.io/nginx', 'docker.io/library/nginx'],
    ['index.docker.io/nginx', 'docker.io/library/nginx'],
    ['localhost/app', 'localhost/app'],
    ['localhost:5000/app:1', 'localhost:5000/app:1'],
    ['127.0.0.1:5000/team/app', '127.0.0.1:5000/team/app'],
    ['harbor.example.com/team/sub/app:v1', 'harbor.example.com/team/sub/app:v1'],
    ['[::1]:5000/team/app', '[::1]:5000/team/app'],
    ['[2001:db8::1]/app', '[2001:db8::1]/app'],
    ['myhost:5000/app', 'myhost:5000/app'],
    ['Registry/app', 'Registry/app'],
    ['a.b/c__d-e--f.g', 'a.b/c__d-e--f.g'],
    [`nginx@${digest}`, `docker.io/library/nginx@${digest}`],
    [`example.com/a:1.0@${digest}`, `example.com/a:1.0@${digest}`],
    [`example.com/a:${'t'.repeat(128)}`, `example.com/a:${'t'.repeat(128)}`],
    [`example.com/${'a'.repeat(255)}`, `example.com/${'a'.repeat(255)}`],
  ] as const) {
    test(text.slice(0, 60), () => {
      const reference = parseReference(text);
      assert.ok(reference !== undefined);
      assert.equal(formatReference(reference), full);
      assert.deepEqual(parseReference(full), reference);
    });
  }
});

describe('no references', () => {
  for (const text of [
    '',
    ' ',
    '/',
    ':',
    '@',
    'a b',
    'Nginx',
    'team/App',
    'nginx:',
    'nginx@',
    'nginx@sha256:abc',
    `nginx@sha256:${'A'.repeat(64)}`,
    'a//b',
    '/a',
    'a/',
    '-a',
    'a..b',
    'a___b',
    'a/_b',
    'nginx:.tag',
    `nginx:${'t'.repeat(129)}`,
    `example.com/${'a'.repeat(256)}`,
    'example.com:99999/a',
    'example.com:/a',
    '-bad.example.com/a',
    '[::1/a',
    '[zz::1]/a',
    '[::1]x/a',
    'a\nb',
    'a\0',
    'ex%61mple.com/a',
    'user:pass@example.com/a',
    'https://example.com/a',
    '0123456789abcdef'.repeat(4),
    'a/'.repeat(2000),
  ]) {
    test(JSON.stringify(text.slice(0, 60)), () => {
      assert.equal(parseReference(text), undefined);
    });
  }
});

test('the namespace is the first of several parts', () => {
  const namespaceOf = (text: string) => registryNamespaceOf(parseReference(text)!);
  assert.deepEqual([namespaceOf('nginx'), namespaceOf('h.io/team/a/b'), namespaceOf('h.io/app')], ['library', 'team', undefined]);
});

test('the default tag is there only where nothing is', () => {
  const tagOf = (text: string) => formatReference(withDefaultTag(parseReference(text)!));
  assert.deepEqual([tagOf('h.io/a'), tagOf('h.io/a:1'), tagOf(`h.io/a@${digest}`)], ['h.io/a:latest', 'h.io/a:1', `h.io/a@${digest}`]);
});

test('law: whatever is read, is written and read back as the same; nothing throws', () => {
  const piece = fc.constantFrom('a', 'B', '0', '.', '_', '-', '/', ':', '@', '[', ']', 'localhost', '::1', digest, '5000');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      ),
      (text) => {
        const reference = parseReference(text);
        if (reference !== undefined) assert.deepEqual(parseReference(formatReference(reference)), reference);
      },
    ),
    { numRuns: 3000 },
  );
});
