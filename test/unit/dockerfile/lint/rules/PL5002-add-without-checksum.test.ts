import { rule } from '../../../../../src/dockerfile/lint/rules/PL5002-add-without-checksum.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nADD https://raw.githubusercontent.com/a/b/0123456789abcdef0123456789abcdef01234567/c.sh /c\nADD https://github.com/a/b/archive/0123456789abcdef0123456789abcdef01234567.tar.gz /\n',
    'FROM a:1\nADD https://api.github.com/repos/a/b/git/refs/heads/main /b.json\nRUN git clone https://github.com/a/b\n',
    'FROM a:1\nADD https://example.com/commits?n=1 /last-commit\nRUN rm /last-commit && git clone https://example.com/b.git\n',
    'FROM a:1\nADD a b /c\nADD --checksum=sha256:' + '0'.repeat(64) + ' https://example.com/a /\n',
    'FROM a:1\nADD git@github.com:a/b.git /a\n',
  ],
  invalid: [
    { code: 'FROM a:1\nADD https://example.com/b.sh /b.sh\nRUN sh /b.sh && rm /b.sh\n', at: 'https://example.com/b.sh' },
    {
      code: 'FROM a:1\nADD https://example.com/a /a\n',
      at: 'https://example.com/a',
      fixed: 'FROM a:1\nADD --checksum=sha256:REPLACE_WITH_THE_SHA256_OF_THE_FILE https://example.com/a /a\n',
    },
    { code: 'FROM a:1\nARG U=https://example.com\nADD $U/a /a\n', at: '$U/a' },
    { code: 'FROM a:1\nADD https://github.com/a/b.git#main /a\n', at: 'https://github.com/a/b.git#main' },
  ],
});
