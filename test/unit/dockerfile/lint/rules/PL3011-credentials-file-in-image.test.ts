import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from '../../../../../src/dockerfile/lint/lint.ts';
import { rule } from '../../../../../src/dockerfile/lint/rules/PL3011-credentials-file-in-image.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nENV KUBECONFIG=/b/c\n',
    'FROM a:1\nCOPY src /src\nENV GOOGLE_APPLICATION_CREDENTIALS=./app/key.json\n',
    'FROM a:1\nENV GOOGLE_APPLICATION_CREDENTIALS=/app/key.json\nCOPY . /app\n',
    'FROM a:1\nCOPY --from=b / /app\nCOPY main.py https://h/app /app/\nENV GOOGLE_APPLICATION_CREDENTIALS=/app/key.json\n',
    'FROM a:1 AS b\nCOPY . /app\nFROM a:1\nENV GOOGLE_APPLICATION_CREDENTIALS=/app/key.json\n',
    'FROM a:1\nCOPY . /app\nENV GOOGLE_APPLICATION_CREDENTIALS_NAME=/app/key.json KUBECONFIG=$K\nARG AWS_CONFIG_FILE\n',
  ],
  invalid: [
    { code: 'FROM a:1\nCOPY . .\nENV GOOGLE_APPLICATION_CREDENTIALS="./key.json"\n', at: '"./key.json"', fixed: 'FROM a:1\nCOPY . .\n' },
    { code: 'FROM a:1\nWORKDIR /b\nWORKDIR c\nADD ["x", "./"]\nENV KUBECONFIG=/b/c/d\n', at: '/b/c/d' },
    { code: 'FROM a:1\nCOPY key.json main.py /app/\nARG GOOGLE_APPLICATION_CREDENTIALS=/app/key.json\n', at: '/app/key.json' },
    { code: 'FROM a:1 AS b\nCOPY keys/* /app/\nFROM b\nENV A=b AWS_CONFIG_FILE=/app/aws\n', at: '/app/aws' },
  ],
});

test('PL3011: what .dockerignore keeps out is not in the image', () => {
  const code = 'FROM a:1\nCOPY . /app\nENV GOOGLE_APPLICATION_CREDENTIALS=/app/keys/a.json\n';
  assert.equal(lintText(code, { rules: [rule], dockerignore: 'keys\n' }).diagnostics.length, 0);
  assert.equal(lintText(code, { rules: [rule], dockerignore: '*.key\n' }).diagnostics.length, 1);
});
