import { rule } from '../../../../../src/dockerfile/lint/rules/PL6007-zypper-unpinned.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nRUN zypper -n in a=1 "b>=2" ./c.rpm && zypper ref && zypper -n in -t pattern d=1\n'],
  invalid: [
    {
      code: 'FROM a:1\nRUN zypper --non-interactive in a b=1\n',
      at: 'a',
      fixed: 'FROM a:1\nRUN zypper --non-interactive in a=CHOOSE-A-VERSION b=1\n',
    },
  ],
});
