import { rule } from '../../../../../src/dockerfile/lint/rules/PL8038-wrong-arguments.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['continued', 'heredoc', 'ONBUILD'],
  valid: [
    'FROM a:1 AS b\nARG A\nENV A b\nLABEL a b c\nCMD []\nENTRYPOINT []\nVOLUME /a /b\nUSER a\nSTOPSIGNAL 9\nONBUILD RUN a\nSHELL ["a"]\n',
    'FROM a:1\nHEALTHCHECK --interval=1s CMD a\nHEALTHCHECK NONE\nADD <<E /a\nE\nMAINTAINER a\nUSER ${A:-b c}\n',
    '# syntax=example.com/x:1\nFROM\n',
    'NONSENSE\n',
  ],
  invalid: [
    { code: 'FROM\nRUN\nCOPY\nONBUILD\nWORKDIR\n', at: ['FROM', 'RUN', 'COPY', 'ONBUILD', 'WORKDIR'] },
    { code: 'FROM a:1\nCOPY --from=a b\nADD ["a"]\nRUN --network=none\n', at: ['b', 'a', 'RUN'] },
    { code: 'FROM a:1\nENV A=1 B\nLABEL a\nENV =x\nLABEL a=b c d=e\n', at: ['B', 'a', '=x', 'c'] },
    { code: 'FROM a:1 b\nFROM a:1 AS\nFROM a:1 AS b c\n', at: ['b', 'AS', 'c'] },
    { code: 'FROM a:1\nSHELL bash -c\nSHELL []\nVOLUME []\n', at: ['bash -c', 'SHELL', 'VOLUME'] },
    { code: 'FROM a:1\nHEALTHCHECK a\nHEALTHCHECK CMD\nHEALTHCHECK NONE b\nUSER a b\nSTOPSIGNAL 9 9\n', at: ['a', 'CMD', 'b', 'b', '9'] },
  ],
});
