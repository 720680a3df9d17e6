import { rule } from '../../../../../src/dockerfile/lint/rules/PL8030-label-key.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nLABEL a=b a.b-c=1 a.b/c=2 "d.e"=f $G=h\nLABEL description some words\nLABEL com.dockerx=1\n'],
  invalid: [
    { code: 'FROM a:1\nLABEL 1b=c\n', at: '1b' },
    { code: 'FROM a:1\nLABEL a=b Version=1 "b c"=2\n', at: ['Version', '"b c"'] },
    {
      code: 'FROM a:1\nLABEL com.docker.x=1 \\\n  io.docker.y=2 org.dockerproject.z=3\nLABEL a..b c\n',
      at: ['com.docker.x', 'io.docker.y', 'org.dockerproject.z', 'a..b'],
    },
  ],
});
