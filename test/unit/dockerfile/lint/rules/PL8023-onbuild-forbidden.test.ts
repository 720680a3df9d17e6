import { rule } from '../../../../../src/dockerfile/lint/rules/PL8023-onbuild-forbidden.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nONBUILD RUN a\nONBUILD ARG ONBUILD\n', 'ONBUILD\n'],
  invalid: [
    { code: 'FROM a:1\nONBUILD FROM b:1\nonbuild maintainer c\n', at: ['FROM', 'maintainer'] },
    { code: 'FROM a:1\nONBUILD ONBUILD COPY a /b\n', at: 'ONBUILD ONBUILD ' },
  ],
});
