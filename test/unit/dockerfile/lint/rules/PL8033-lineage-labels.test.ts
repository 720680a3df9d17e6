import { rule } from '../../../../../src/dockerfile/lint/rules/PL8033-lineage-labels.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: ['FROM a:1\nLABEL a=b\n', 'FROM a:1 AS x\nLABEL org.opencontainers.image.title=a\nFROM a:1\n'],
  invalid: [
    {
      code: 'FROM a:1\nLABEL org.opencontainers.image.source=https://a org.opencontainers.image.revision=$R org.opencontainers.image.created=$C\n',
      at: 'org.opencontainers.image.created',
      fixed:
        'FROM a:1\nLABEL org.opencontainers.image.base.name="REPLACE_ME" org.opencontainers.image.base.digest="REPLACE_ME"\nLABEL org.opencontainers.image.source=https://a org.opencontainers.image.revision=$R org.opencontainers.image.created=$C\n',
    },
    { code: 'FROM a:1 AS x\nLABEL org.opencontainers.image.title=a\nFROM x\n', at: 'org.opencontainers.image.title' },
  ],
});
