import { rule } from '../../../../../src/dockerfile/lint/rules/PL8005-archive-copied-then-unpacked.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nCOPY a.tar /b/\nRUN tar -cf /b/a.tar c\n',
    'FROM a:1\nRUN tar -xf /b/a.tar\nCOPY a.tar /b/\n',
    'FROM a:1\nCOPY a.tar /b/\nFROM a:1\nRUN tar -xf /b/a.tar\n',
    'FROM a:1\nCOPY a.zip /b/\nRUN unzip /b/a.zip && tar -xf c.tar\n',
  ],
  invalid: [
    { code: 'FROM a:1\nCOPY a.tgz b /c/\nRUN d && tar xzf /c/a.tgz\n', at: 'a.tgz' },
    { code: 'FROM a:1\nCOPY a.tar.xz /c/x.tar.xz\nRUN cd /c && tar --extract --file x.tar.xz\n', at: 'a.tar.xz' },
  ],
});
