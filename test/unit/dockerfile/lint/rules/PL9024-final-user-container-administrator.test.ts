import { rule } from '../../../../../src/dockerfile/lint/rules/PL9024-final-user-container-administrator.ts';
import { testRule } from '../../../../support/rule-harness.ts';

const FROM = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    `${FROM}\nUSER ContainerAdministrator\nRUN a\nUSER ContainerUser\n`,
    `${FROM} AS a\nUSER ContainerAdministrator\n${FROM}\nRUN b\n`,
    `${FROM}\nUSER\n`,
    `${FROM}\nUSER administrators\n`,
  ],
  invalid: [
    { code: `${FROM}\nUSER ContainerAdministrator\n`, at: 'ContainerAdministrator', fixed: `${FROM}\nUSER ContainerUser\n` },
    { code: `${FROM} AS a\nUSER containeradministrator\nFROM a\nCMD ["b"]\n`, at: 'containeradministrator' },
    { code: `${FROM}\nUSER "User Manager\\ContainerAdministrator"\nRUN a\n`, at: '"User Manager\\ContainerAdministrator"' },
  ],
});
