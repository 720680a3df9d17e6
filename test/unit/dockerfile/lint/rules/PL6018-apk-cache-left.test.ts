import { rule } from '../../../../../src/dockerfile/lint/rules/PL6018-apk-cache-left.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN apk add --no-cache a && apk --no-cache add b && apk del c && apk update\n',
    'FROM a:1\nRUN apk add a && rm -r /var/cache/apk\n',
    'FROM a:1\nRUN --mount=type=cache,target=/etc/apk/cache apk add a\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN apk add a\n', at: 'add', safelyFixed: 'FROM a:1\nRUN apk add --no-cache a\n' },
    { code: 'FROM a:1\nRUN apk update && apk -U add a b\n', at: 'add', safelyFixed: 'FROM a:1\nRUN apk update && apk -U add --no-cache a b\n' },
  ],
});
