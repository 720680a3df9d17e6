import { rule } from '../../../../../src/dockerfile/lint/rules/PL5003-apk-allow-untrusted.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN apk index --allow-untrusted -o /p/APKINDEX.tar.gz /p/*.apk\n',
    'FROM a:1\nRUN gpg --verify b.apk.sig b.apk && apk add --allow-untrusted ./b.apk\n',
    'FROM a:1\nRUN apk add a && echo --allow-untrusted\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN gpg --verify b.apk.sig b.apk; apk add --allow-untrusted ./b.apk c\n', at: '--allow-untrusted' },
    {
      code: 'FROM a:1\nRUN apk add \\\n  # as ever\n  b \\\n\n  --allow-untrusted\nRUN c\n',
      at: '--allow-untrusted',
      safelyFixed: 'FROM a:1\nRUN apk add \\\n  # as ever\n  b\nRUN c\n',
    },
    { code: 'FROM a:1\nRUN apk add --allow-untrusted a\n', at: '--allow-untrusted', safelyFixed: 'FROM a:1\nRUN apk add a\n' },
    { code: 'FROM a:1\nRUN ["apk", "add", "--allow-untrusted", "a"]\n', at: '--allow-untrusted', safelyFixed: 'FROM a:1\nRUN ["apk", "add", "a"]\n' },
  ],
});
