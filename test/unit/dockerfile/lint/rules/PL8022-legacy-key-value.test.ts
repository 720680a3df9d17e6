import { rule } from '../../../../../src/dockerfile/lint/rules/PL8022-legacy-key-value.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nENV A=b c=d E="f g"\nLABEL a=b\nARG A B\nENV A\nENV\n'],
  invalid: [
    { code: 'FROM a:1\nENV A b\n', at: 'A', safelyFixed: 'FROM a:1\nENV A=b\n' },
    { code: 'FROM a:1\nENV A b $C d\n', at: 'A', safelyFixed: 'FROM a:1\nENV A="b $C d"\n' },
    { code: 'FROM a:1\nLABEL a "b c"\n', at: 'a', safelyFixed: 'FROM a:1\nLABEL a="b c"\n' },
    { code: 'FROM a:1\nENV A it\'s "b"\n', at: 'A' },
    { code: 'FROM a:1\nENV A b \\\n  c\n', at: 'A' },
  ],
});
