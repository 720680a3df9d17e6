import { rule } from '../../../../../src/dockerfile/lint/rules/PL2014-non-numeric-user.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    'FROM a:1\nUSER 1000\n',
    'FROM a:1\nUSER app\nUSER 1000:app\n',
    'FROM a:1\nUSER root\n',
    'FROM a:1\nARG U=app\nUSER $U\n',
    'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nUSER ContainerUser\n',
  ],
  invalid: [
    { code: 'FROM a:1\nUSER app\n', at: 'app' },
    { code: 'FROM a:1\nRUN useradd -m -u 1234 app\nUSER app\n', at: 'app', fixed: 'FROM a:1\nRUN useradd -m -u 1234 app\nUSER 1234\n' },
    { code: 'FROM a:1 AS b\nUSER app:app\nFROM b\n', at: 'app:app' },
  ],
});
