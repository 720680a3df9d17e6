import { rule } from '../../../../../src/dockerfile/lint/rules/PL4016-certificates-unchecked.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN helm repo add a https://h && podman pull --tls-verify=true a && conda config --set ssl_verify true && bundle config ssl_verify_mode 1\n',
    'FROM a:1\nENV VAULT_SKIP_VERIFY=0 CONSUL_HTTP_SSL_VERIFY=true MAVEN_OPTS=-Xmx1g CURL_CA_BUNDLE=/ca.pem\nRUN echo --insecure-skip-tls-verify TLS_REQCERT\n',
    'FROM a:1\nRUN apt-get -o Acquire::https::Verify-Peer=true update && http --verify=/ca.pem h\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN helm --insecure-skip-tls-verify repo add a https://h\n',
      at: '--insecure-skip-tls-verify',
      fixed: 'FROM a:1\nRUN helm repo add a https://h\n',
    },
    { code: 'FROM a:1\nRUN podman pull --tls-verify=false a && crane pull --insecure a b\n', at: ['--tls-verify=false', '--insecure'] },
    {
      code: 'FROM a:1\nRUN apt-get -o Acquire::https::Verify-Peer=false -oAcquire::https::h.example.com::Verify-Host=false update\n',
      at: ['Acquire::https::Verify-Peer=false', '-oAcquire::https::h.example.com::Verify-Host=false'],
      fixed: 'FROM a:1\nRUN apt-get -o Acquire::https::Verify-Peer=true update\n',
    },
    {
      code: 'FROM a:1\nRUN aws --no-verify-ssl s3 ls && http --verify=no h && aria2c --check-certificate=false h\n',
      at: ['--no-verify-ssl', '--verify=no', '--check-certificate=false'],
    },
    {
      code: 'FROM a:1\nRUN conda config --set ssl_verify no && poetry config certificates.a.cert false\n',
      at: ['no', 'false'],
      fixed: 'FROM a:1\nRUN conda config --set ssl_verify true && poetry config certificates.a.cert true\n',
    },
    { code: 'FROM a:1\nENV VAULT_SKIP_VERIFY=1 CURL_CA_BUNDLE=\n', at: ['VAULT_SKIP_VERIFY=1', 'CURL_CA_BUNDLE='] },
    { code: 'FROM a:1\nRUN PERL_LWP_SSL_VERIFY_HOSTNAME=0 cpanm A\n', at: 'PERL_LWP_SSL_VERIFY_HOSTNAME=0', fixed: 'FROM a:1\nRUN cpanm A\n' },
    { code: 'FROM a:1\nRUN mvn -Dmaven.wagon.http.ssl.insecure=true package\n', at: '-Dmaven.wagon.http.ssl.insecure=true' },
    {
      code: 'FROM a:1\nRUN echo \'Acquire::https::Verify-Peer "false";\' > /etc/apt/apt.conf.d/99a\n',
      at: 'Acquire::https::Verify-Peer "false',
      fixed: 'FROM a:1\nRUN echo \'Acquire::https::Verify-Peer "true";\' > /etc/apt/apt.conf.d/99a\n',
    },
    { code: 'FROM a:1\nCOPY <<E /root/.gemrc\n:ssl_verify_mode: 0\nE\n', at: ':ssl_verify_mode: 0' },
  ],
});
