import { rule } from '../../../../../src/dockerfile/lint/rules/PL2003-world-writable.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN chmod a+rwx /tmp && chmod +w /var/tmp/\n',
    'FROM a:1\nRUN d="$(mktemp -d)" && chmod 777 "$d" && b "${d}" && rm -rf "$d"\n',
    'FROM a:1\nRUN chmod -R a+w /build/out && make && rm -rf /build/*\n',
    'FROM a:1\nRUN chmod 666 /etc/a.conf && echo b >> /etc/a.conf && chmod 0440 /etc/a.conf\n',
    'FROM a:1\nRUN chmod 755 /a && chmod u+w,g=rwx /a && chmod 1777 /tmp && chmod o-w /a && chmod a=rwxt /tmp\n',
    'FROM a:1\nRUN echo chmod 777 /a\n',
    'FROM a:1\nCOPY --chmod=0750 a /a\n',
    'FROM a:1\nRUN chmod -R +w /a && chmod "$MODE" /a\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN chmod 777 /tmp && chmod -R a+w /tmp\n', at: ['777', 'a+w'] },
    { code: 'FROM a:1\nRUN chmod 777 /tmp && rm -rf /tmp/*\n', at: '777' },
    { code: 'FROM a:1\nRUN rm -rf /a && mkdir /a && chmod 777 /a && chmod +x /a\n', at: '777' },
    { code: 'FROM a:1\nRUN chmod -R 777 /a && chmod 755 /a\n', at: '777' },
    { code: 'FROM a:1\nRUN chmod -R 0777 /a\n', at: '0777', fixed: 'FROM a:1\nRUN chmod -R 0755 /a\n' },
    { code: 'FROM a:1\nRUN chmod a+w /a\n', at: 'a+w', fixed: 'FROM a:1\nRUN chmod u+w /a\n' },
    { code: 'FROM a:1\nRUN chmod u=rw,o+rw /a\n', at: 'u=rw,o+rw', fixed: 'FROM a:1\nRUN chmod u=rw,o+r /a\n' },
    { code: 'FROM a:1\nRUN find /a -type d -exec chmod 777 {} +\n', at: '777' },
    { code: 'FROM a:1\nARG M=777\nRUN chmod $M /a\n', at: '$M' },
    { code: 'FROM a:1\nADD --chmod=777 a /a\n', at: '777', fixed: 'FROM a:1\nADD --chmod=755 a /a\n' },
    { code: 'FROM a:1\nRUN ["chmod", "777", "/a"]\n', at: '777', fixed: 'FROM a:1\nRUN ["chmod", "755", "/a"]\n' },
    { code: 'FROM a:1\nRUN mkdir -p -m 777 /a && install -d --mode=777 /b\n', at: ['777', '--mode=777'] },
  ],
});
