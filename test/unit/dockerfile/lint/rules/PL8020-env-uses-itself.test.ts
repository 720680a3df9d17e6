import { rule } from '../../../../../src/dockerfile/lint/rules/PL8020-env-uses-itself.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nENV A=1 A=2 PATH=/x:$PATH\n',
    'FROM a:1\nENV A=1\nENV A=2 B=$A\n',
    'FROM a:1\nARG A\nENV A=$A B=$A\n',
    "FROM a:1\nENV A=1 B='$A' C=\\$A D=${A:-2} PATH=$PATH:/x E=$UNKNOWN\n",
    'FROM a:1\nENV A $A B=$A\n',
    'FROM a:1 AS x\nENV A=1\nFROM x\nENV A=2 B=$A\n',
  ],
  invalid: [
    { code: 'FROM a:1\nENV PATH=/b:${PATH} PATH=/c:${PATH}\n', at: '${PATH}' },
    { code: 'FROM a:1\nENV A=1 B=$A/b C="x${A}"\n', at: ['$A', '${A}'] },
    { code: 'FROM a:1\nENV B=$A \\\n  A=1\nENV C=$A\n', at: '$A' },
  ],
});
