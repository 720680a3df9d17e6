import { rule } from '../../../../../src/dockerfile/lint/rules/PL4013-weak-tls-version.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN curl -1sLf https://example.com/a && curl --tlsv1 https://example.com/b\n',
    "FROM a:1\nRUN sed -i.old 's/SECLEVEL=2/SECLEVEL=1/' /etc/ssl/openssl.cnf && make test; mv /etc/ssl/openssl.cnf.old /etc/ssl/openssl.cnf\n",
    'FROM a:1\nRUN curl --tlsv1.2 --tls-max 1.3 https://h/a && curl -o -3 https://h && wget --secure-protocol=PFS https://h && echo --sslv3 && head -1 a\n',
    'FROM a:1\nRUN sed -i "s/MinProtocol = TLSv1/MinProtocol = TLSv1.2/; s/SECLEVEL=1/SECLEVEL=2/" /etc/ssl/openssl.cnf && echo "ssl_protocols TLSv1.2 TLSv1.3;" > /etc/nginx/a.conf\n',
    'FROM a:1\nENV NODE_OPTIONS="--max-old-space-size=4096 --tls-min-v1.2"\nRUN curl --ciphers ECDHE-RSA-AES128-GCM-SHA256 https://h && update-crypto-policies --set FUTURE\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN curl --tlsv1.1 https://h\n', at: '--tlsv1.1', fixed: 'FROM a:1\nRUN curl https://h\n' },
    { code: 'FROM a:1\nRUN curl --tls-max 1.1 -s3 https://h\n', at: ['--tls-max', '-s3'], fixed: 'FROM a:1\nRUN curl -s https://h\n' },
    { code: 'FROM a:1\nRUN curl --ciphers DEFAULT@SECLEVEL=1 https://h\n', at: 'DEFAULT@SECLEVEL=1' },
    { code: 'FROM a:1\nRUN curl --ciphers RC4-SHA:AES128-SHA https://h\n', at: '--ciphers' },
    { code: 'FROM a:1\nRUN wget --secure-protocol TLSv1_1 https://h\n', at: '--secure-protocol', fixed: 'FROM a:1\nRUN wget https://h\n' },
    { code: 'FROM a:1\nRUN openssl s_client -tls1 -connect h:443\n', at: '-tls1' },
    {
      code: "FROM a:1\nRUN sed -i 's/MinProtocol = TLSv1.2/MinProtocol = TLSv1.0/' /etc/ssl/openssl.cnf\n",
      at: 'MinProtocol = TLSv1.0',
      fixed: "FROM a:1\nRUN sed -i 's/MinProtocol = TLSv1.2/MinProtocol = TLSv1.2/' /etc/ssl/openssl.cnf\n",
    },
    { code: 'FROM a:1\nRUN echo "CipherString = DEFAULT@SECLEVEL=0" >> /etc/ssl/openssl.cnf\n', at: 'DEFAULT@SECLEVEL=0' },
    { code: 'FROM a:1\nCOPY <<E /etc/nginx/a.conf\nssl_protocols SSLv3 TLSv1.2;\nE\n', at: 'ssl_protocols SSLv3' },
    { code: 'FROM a:1\nENV NODE_OPTIONS=--tls-min-v1.1\n', at: 'NODE_OPTIONS=--tls-min-v1.1', fixed: 'FROM a:1\nENV NODE_OPTIONS=--tls-min-v1.2\n' },
    { code: 'FROM a:1\nRUN update-crypto-policies --set DEFAULT:SHA1\n', at: 'DEFAULT:SHA1' },
  ],
});
