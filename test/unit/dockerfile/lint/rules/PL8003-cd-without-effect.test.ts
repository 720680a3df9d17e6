import { rule } from '../../../../../src/dockerfile/lint/rules/PL8003-cd-without-effect.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN cd /a && b\n',
    'FROM a:1\nRUN echo cd /a\nCMD cd /a\n',
    'FROM a:1\nRUN for b in c; do make -C $b; cd ..; done\nRUN (a && cd /b)\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN mkdir /b && cd /b\n', at: 'cd' },
    { code: 'FROM a:1\nRUN cd /a\nRUN b\n', at: 'cd', fixed: 'FROM a:1\nWORKDIR /a\nRUN b\n' },
    { code: 'FROM a:1\nRUN cd "$A"\n', at: 'cd' },
    { code: 'FROM a:1\nRUN ["sh", "-c", "cd /a"]\n', at: 'cd' },
  ],
});
