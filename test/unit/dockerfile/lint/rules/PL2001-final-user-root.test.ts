import { rule } from '../../../../../src/dockerfile/lint/rules/PL2001-final-user-root.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    'FROM a:1 AS b\nRUN make\nFROM scratch\nCOPY --from=b /out /\n',
    'FROM docker.io/jenkins/agent:3 AS b\nFROM b\nRUN c\n',
    'FROM registry.access.redhat.com/ubi9/nodejs-22:1\nCMD a\n',
    'FROM a:1\nUSER 1000\n',
    'FROM a:1\nUSER root\nRUN true\nUSER app:app\n',
    'FROM a:1\nARG U=app\nUSER $U\n',
    'FROM a:1\nUSER $UNKNOWN\n',
    'FROM a:1 AS b\nUSER root\nFROM c:1\nUSER c\n',
    'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCMD a\n',
    'FROM nginxinc/nginx-unprivileged:1.27\n',
    'ARG BASE\nFROM $BASE\n',
    '# nothing yet\n',
  ],
  invalid: [
    { code: 'FROM scratch\nCOPY a /\nCMD ["/a"]\n', at: 'FROM' },
    { code: 'FROM debian:13\nCMD b\n', at: 'FROM' },
    { code: 'FROM example.com/jenkins/agent:3\nCMD b\n', at: 'FROM' },
    { code: 'FROM a:1\nRUN true\n', at: 'FROM', fixed: 'FROM a:1\nRUN true\nUSER 10001:10001\n' },
    { code: 'FROM a:1\nUSER root:root', at: 'root:root', fixed: 'FROM a:1\nUSER root:root\nUSER 10001:10001' },
    {
      code: 'FROM a:1\nUSER app\nUSER 0\nENTRYPOINT ["a"]\nCMD ["b"]\n',
      at: '0',
      fixed: 'FROM a:1\nUSER app\nUSER 0\nUSER 10001:10001\nENTRYPOINT ["a"]\nCMD ["b"]\n',
    },
    { code: 'FROM a:1\nARG U=root\nUSER ${U}\n', at: '${U}' },
    { code: 'FROM a:1 AS b\nUSER root\nFROM b\nCMD c\n', at: 'root' },
    { code: 'FROM a:1\nONBUILD USER app\nCMD a\n', at: 'FROM' },
  ],
});
