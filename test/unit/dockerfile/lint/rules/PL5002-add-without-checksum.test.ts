import { rule } from '../../../../../src/dockerfile/lint/rules/PL5002-add-without-checksum.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nADD a b /c\nADD --checksum=sha256:' + '0'.repeat(64) + ' https://example.com/a /\n',
    'FROM a:1\nADD git@github.com:a/b.git /a\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nADD https://example.com/a /a\n',
      at: 'https://example.com/a',
      fixed: 'FROM a:1\nADD --checksum=sha256:REPLACE_WITH_THE_SHA256_OF_THE_FILE https://example.com/a /a\n',
    },
    { code: 'FROM a:1\nARG U=https://example.com\nADD $U/a /a\n', at: '$U/a' },
    { code: 'FROM a:1\nADD https://github.com/a/b.git#main /a\n', at: 'https://github.com/a/b.git#main' },
  ],
});
