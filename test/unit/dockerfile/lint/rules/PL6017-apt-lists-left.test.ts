import { rule } from '../../../../../src/dockerfile/lint/rules/PL6017-apt-lists-left.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN apt-get update; apt-get install -y a; rm -rf /tmp/* /var/lib/apt/lists/* /x\n',
    'FROM a:1\nRUN apt-get update && rm -r /var/lib/apt/lists\n',
    'FROM a:1\nRUN --mount=type=tmpfs,target=/var/lib/apt/lists apt-get update\n',
    'FROM a:1\nRUN apt-get install -y a && apt-get update && apt-get distclean\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN rm -rf /var/lib/apt/lists/* && apt-get update && apt-get install -y b\n', at: 'update' },
    {
      code: 'FROM a:1\nRUN apt-get update && apt-get install -y a && b\n',
      at: 'update',
      fixed: 'FROM a:1\nRUN apt-get update && apt-get install -y a && rm -rf /var/lib/apt/lists/* && b\n',
    },
    { code: 'FROM a:1\nRUN apt-get update\nRUN rm -rf /var/lib/apt/lists/*\n', at: 'update' },
    { code: 'FROM a:1 AS b\nRUN apt update && rm -rf /var/cache/apt\nFROM b\n', at: 'update' },
  ],
});
