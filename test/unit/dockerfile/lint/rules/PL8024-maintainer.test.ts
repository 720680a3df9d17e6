import { rule } from '../../../../../src/dockerfile/lint/rules/PL8024-maintainer.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nLABEL maintainer=me\nRUN echo MAINTAINER me\n'],
  invalid: [
    {
      code: 'FROM a:1\nMAINTAINER me <me@example.com>\n',
      at: 'MAINTAINER',
      fixed: 'FROM a:1\nLABEL org.opencontainers.image.authors="me <me@example.com>"\n',
    },
    { code: 'FROM a:1\nMAINTAINER "me"\n', at: 'MAINTAINER', fixed: 'FROM a:1\nLABEL org.opencontainers.image.authors="me"\n' },
    { code: 'FROM a:1\nmaintainer the "one"\n', at: 'maintainer' },
  ],
});
