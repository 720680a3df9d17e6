import { rule } from '../../../../../src/dockerfile/lint/rules/PL4014-weak-hash.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN md5sum a > b && sha1sum a && sha256sum -c s && shasum -a 512 -c s && echo md5sum -c\n',
    'FROM a:1\nRUN openssl genrsa -out k 2048 && openssl genrsa 4096 && openssl dgst -sha256 a && ssh-keygen -t rsa -b 4096 -f k && openssl md5 a\n',
    'FROM a:1\nRUN ssh-keygen -A && gpg --digest-algo SHA512 --sign a && ssh-keygen -t ecdsa -b 256 -f k\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN echo "$MD5  a" | md5sum -c -\n', at: 'md5sum', fixed: 'FROM a:1\nRUN echo "$MD5  a" | sha256sum -c -\n' },
    { code: 'FROM a:1\nRUN sha1sum --quiet --check a.sha1\n', at: 'sha1sum' },
    { code: 'FROM a:1\nRUN shasum -c a && shasum -a 1 -c a && shasum -ca1 a\n', at: ['shasum', 'shasum', 'shasum'] },
    {
      code: 'FROM a:1\nRUN openssl req -x509 -newkey rsa:512 -md5 -out a\n',
      at: ['rsa:512', '-md5'],
      fixed: 'FROM a:1\nRUN openssl req -x509 -newkey rsa:3072 -sha256 -out a\n',
    },
    { code: 'FROM a:1\nRUN openssl genrsa -out k 1024 && openssl dgst -sha1 -verify p -signature s a\n', at: ['1024', '-sha1'] },
    { code: "FROM a:1\nRUN ssh-keygen -q -t dsa -N '' -f k && ssh-keygen -b 1024 -f k\n", at: ['dsa', '1024'] },
    { code: 'FROM a:1\nRUN gpg --digest-algo SHA1 --sign a\n', at: 'SHA1', fixed: 'FROM a:1\nRUN gpg --digest-algo SHA512 --sign a\n' },
  ],
});
