import { rule } from '../../../../../src/dockerfile/lint/rules/PL6002-pip-unpinned.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN pip install lib/core && pip3 install --root-user-action ignore a==1 && pipx install a==1\n',
    'FROM a:1\nRUN pip install a==1 "b>=2" c~=3 -r d.txt . ./e $F https://h/i.zip -e .\n',
    'FROM a:1\nRUN pip install --constraint c.txt a && pip download a && pip install --index-url https://h a==1\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN pip2 install a\n', at: 'a' },
    { code: 'FROM a:1\nRUN pipx install black\n', at: 'black', fixed: 'FROM a:1\nRUN pipx install black==CHOOSE-A-VERSION\n' },
    { code: 'FROM a:1\nRUN pip install --upgrade pip\n', at: 'pip', fixed: 'FROM a:1\nRUN pip install --upgrade pip==CHOOSE-A-VERSION\n' },
    {
      code: 'FROM a:1\nRUN python3 -m pip install a[b] "c"\n',
      at: 'a[b]',
      fixed: 'FROM a:1\nRUN python3 -m pip install a[b]==CHOOSE-A-VERSION "c==CHOOSE-A-VERSION"\n',
    },
    { code: 'FROM a:1\nRUN pip3.12 install --target /x a\n', at: 'a' },
  ],
});
