import { rule } from '../../../../../src/dockerfile/lint/rules/PL4007-python-https-unverified.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nENV PYTHONHTTPSVERIFY=1 PYTHONUNBUFFERED=0\nRUN echo PYTHONHTTPSVERIFY=0 && PYTHONHTTPSVERIFY= python\n'],
  invalid: [
    { code: 'FROM a:1\nENV A=b PYTHONHTTPSVERIFY=0\n', at: 'PYTHONHTTPSVERIFY=0', safelyFixed: 'FROM a:1\nENV A=b\n' },
    { code: 'FROM a:1\nRUN PYTHONHTTPSVERIFY=0 pip install a\n', at: 'PYTHONHTTPSVERIFY=0', safelyFixed: 'FROM a:1\nRUN pip install a\n' },
    { code: 'FROM a:1\nRUN env PYTHONHTTPSVERIFY=0 python a.py\n', at: 'PYTHONHTTPSVERIFY=0' },
    { code: 'FROM a:1\nARG PYTHONHTTPSVERIFY=0\nRUN python a.py\n', at: 'PYTHONHTTPSVERIFY=0' },
    { code: 'FROM a:1\nENV PYTHONHTTPSVERIFY 0\n', at: 'PYTHONHTTPSVERIFY 0' },
  ],
});
