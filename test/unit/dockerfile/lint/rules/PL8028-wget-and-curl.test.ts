import { rule } from '../../../../../src/dockerfile/lint/rules/PL8028-wget-and-curl.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nRUN curl x && curl y\nFROM a:1\nRUN wget x\n', 'FROM a:1\nRUN apk add curl && wget x; echo curl\nHEALTHCHECK CMD curl x\n'],
  invalid: [
    { code: 'FROM a:1\nRUN curl x\nRUN a && wget y && wget z\nRUN curl x\n', at: 'wget' },
    { code: 'FROM a:1\nRUN wget x; sudo curl y\n', at: 'curl' },
  ],
});
