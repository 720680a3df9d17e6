import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from '../../../../../src/dockerfile/lint/lint.ts';
import { rule } from '../../../../../src/dockerfile/lint/rules/PL1004-untrusted-registry.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  policy: { trustedRegistries: ['https://Registry.example:5000/mirror/', '*.corp.example', 'library', 'ghcr.io/acme/*'] },
  valid: [
    'FROM registry.example:5000/mirror/alpine:3 AS a\nFROM a\nFROM scratch\n',
    'FROM alpine:3\nFROM docker.io/library/debian:13\nFROM index.docker.io/library/node:24\n',
    'FROM a.b.corp.example/x:1\nFROM GHCR.io/acme/x:1\nFROM ghcr.io/acme:1\n',
    'FROM $BASE\nFROM \nCOPY --from=$X /a /a\n',
    'FROM alpine:3 AS b\nCOPY --from=0 a b\nCOPY --from=b a b\nRUN --mount=type=cache,target=/a b\n',
  ],
  invalid: [
    { code: 'FROM quay.io/a/b:1\n', at: 'quay.io/a/b:1', fixed: 'FROM registry.example:5000/mirror/a/b:1\n' },
    { code: 'FROM someone/alpine:3\n', at: 'someone/alpine:3', fixed: 'FROM registry.example:5000/mirror/someone/alpine:3\n' },
    { code: 'FROM corp.example/x:1\n', at: 'corp.example/x:1' },
    { code: 'FROM notcorp.example/x:1\n', at: 'notcorp.example/x:1' },
    { code: 'FROM ghcr.io/acme-evil/x:1\n', at: 'ghcr.io/acme-evil/x:1' },
    { code: 'FROM registry.example:5000/other/x:1\n', at: 'registry.example:5000/other/x:1' },
    { code: 'ARG R=quay.io\nFROM ${R}/a:1\n', at: '${R}/a:1' },
    { code: 'FROM alpine:3\nCOPY --chown=a --from=quay.io/a:1 /b /b\n', at: 'quay.io/a:1' },
    {
      code: 'FROM alpine:3\nRUN --mount=type=bind,from=quay.io/a:1,target=/b /b/c\n',
      at: 'quay.io/a:1',
      fixed: 'FROM alpine:3\nRUN --mount=type=bind,from=registry.example:5000/mirror/a:1,target=/b /b/c\n',
    },
  ],
});

test('PL1004 is silent without a policy', () => {
  assert.deepEqual(lintText('FROM quay.io/a/b:1\n', { rules: [rule] }).diagnostics, []);
});
