import { rule } from '../../../../../src/dockerfile/lint/rules/PL6004-apk-unpinned.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN apk add -t .build a=1 "b>2" c~3 ./d.apk $E && apk update && apk info e\n',
    'FROM a:1\nRUN apk --virtual x add --repository https://h/edge a=1\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN apk add --no-cache --virtual .b a b=1\n',
      at: 'a',
      fixed: 'FROM a:1\nRUN apk add --no-cache --virtual .b a=CHOOSE-A-VERSION b=1\n',
    },
    { code: 'FROM a:1\nRUN apk -U add a@edge\n', at: 'a@edge' },
  ],
});
