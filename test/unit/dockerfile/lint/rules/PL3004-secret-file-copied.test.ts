import { rule } from '../../../../../src/dockerfile/lint/rules/PL3004-secret-file-copied.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nCOPY dhparam.pem tls/ffdhe4096.pem meta.env versions.env permanent_data.env b-repomd.xml.key .yarnrc.yml .ssh/authorized_keys /a/\n',
    'FROM a:1\nCOPY . /a\nCOPY env .envrc.example .env.sample id_rsa.pub /a/\nADD https://example.com/.env /a\n',
    'FROM a:1\nCOPY <<.env /a\nA=b\n.env\n',
    'FROM a:1\nCOPY certs/ca.pem gpg.key /a/\nCOPY a.key /a/a.pub\n',
  ],
  invalid: [
    { code: 'FROM a:1\nCOPY .env /a/\nRUN b\n', at: '.env', fixed: 'FROM a:1\nRUN b\n' },
    { code: 'FROM a:1\nCOPY a .git/ b /a/\n', at: '.git/', fixed: 'FROM a:1\nCOPY a b /a/\n' },
    { code: 'FROM a:1\nCOPY --from=b /root/.aws/credentials /a/\n', at: '/root/.aws/credentials' },
    { code: 'FROM a:1\nCOPY ["a", ".npmrc", "/a/"]\n', at: '.npmrc' },
    { code: 'FROM a:1\nADD \\\n  tls/server.key \\\n  /a/\n', at: 'tls/server.key' },
    { code: 'FROM a:1\nCOPY my-service-account.json service-account-prod.json /a/\n', at: 'service-account-prod.json' },
  ],
});
