import { rule } from '../../../../../src/dockerfile/lint/rules/PL8039-broken-json-form.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nCMD ["a"]\nRUN [ "$A" = "b" ] && c\nRUN [ -n "a" ]\nRUN [[ a ]]\nCMD [ "$A" ]\nRUN [ a ] && b\nRUN [ a = b ]\n',
    'FROM a:1\nENV A=["x"]\nLABEL a=[\'b\']\n',
  ],
  invalid: [
    { code: 'FROM a:1\nCMD [python, /app.py]\n', at: '[python, /app.py]', fixed: 'FROM a:1\nCMD ["python", "/app.py"]\n' },
    { code: 'FROM a:1\nENTRYPOINT [a]\n', at: '[a]', fixed: 'FROM a:1\nENTRYPOINT ["a"]\n' },
    { code: "FROM a:1\nCMD ['a', 'b c']\n", at: "['a', 'b c']", fixed: 'FROM a:1\nCMD ["a", "b c"]\n' },
    { code: 'FROM a:1\nENTRYPOINT ["a", "b",]\n', at: '["a", "b",]', fixed: 'FROM a:1\nENTRYPOINT ["a", "b"]\n' },
    { code: 'FROM a:1\nRUN ["a" "b"]\n', at: '["a" "b"]', fixed: 'FROM a:1\nRUN ["a", "b"]\n' },
    { code: 'FROM a:1\nCOPY [\u201ca\u201d, \u201c/b\u201d]\n', at: '[\u201ca\u201d, \u201c/b\u201d]', fixed: 'FROM a:1\nCOPY ["a", "/b"]\n' },
    { code: 'FROM a:1\nCMD ["a", "b\\d"\nSHELL [ \'a\' ]\n', at: ['["a", "b\\d"', "[ 'a' ]"] },
  ],
});
