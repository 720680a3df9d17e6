import { rule } from '../../../../../src/dockerfile/lint/rules/PL3009-secret-argument-used.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nARG TOKEN\nRUN --mount=type=secret,id=t,env=TOKEN b $TOKEN\n',
    "FROM a:1\nARG TOKEN\nRUN b '$TOKEN' $TOKENS \\$TOKEN\n",
    'FROM a:1\nARG VERSION\nRUN curl -u a:b https://example.com/$VERSION && b --version $VERSION\n',
    'ARG TOKEN\nFROM a:1\nRUN b $TOKEN\n',
    'FROM a:1\nENV TOKEN=x\nRUN b $TOKEN\n',
    'FROM a:1\nRUN TOKEN=$(cat /run/secrets/t) && b $TOKEN\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nARG API_KEY\nRUN b $API_KEY && c ${API_KEY}\nRUN d\n',
      at: '$API_KEY',
      fixed: 'FROM a:1\nARG API_KEY\nRUN --mount=type=secret,id=api-key,env=API_KEY b $API_KEY && c ${API_KEY}\nRUN d\n',
    },
    { code: 'FROM a:1\nARG TOKEN=abc\nRUN b "x$TOKEN"\n', at: '"x$TOKEN"' },
    { code: 'FROM a:1\nARG X\nRUN curl -H "PRIVATE-TOKEN: $X" h\n', at: '$X' },
    { code: 'FROM a:1\nARG X\nRUN curl -u "a:${X}" h && b --password $X\n', at: '${X}' },
    { code: 'FROM a:1\nARG X\nRUN b --db-password=$X\n', at: '$X' },
    { code: 'FROM a:1\nARG DB_PASSWORD\nRUN P=$DB_PASSWORD sh -c "b"\n', at: '$DB_PASSWORD' },
    { code: 'FROM a:1\nARG DB_PASSWORD\nRUN sh -c "b $DB_PASSWORD"\n', at: '$DB_PASSWORD' },
  ],
});
