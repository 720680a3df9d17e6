import { rule } from '../../../../../src/dockerfile/lint/rules/PL4003-pip-trusted-host.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN pip install --index-url https://example.com a\nENV PIP_TRUSTED_HOST=\n',
    'FROM a:1\nRUN pip config get global.trusted-host\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN pip3.12 install --trusted-host a --trusted-host=b c\n',
      at: ['--trusted-host', '--trusted-host=b'],
      fixed: 'FROM a:1\nRUN pip3.12 install c\n',
    },
    { code: 'FROM a:1\nENV A=b PIP_TRUSTED_HOST="a b"\n', at: 'PIP_TRUSTED_HOST="a b"', fixed: 'FROM a:1\nENV A=b\n' },
    { code: 'FROM a:1\nRUN PIP_TRUSTED_HOST=a pip install b\n', at: 'PIP_TRUSTED_HOST=a', fixed: 'FROM a:1\nRUN pip install b\n' },
    { code: 'FROM a:1\nRUN python -m pip config --global set global.trusted-host a && b\n', at: 'global.trusted-host' },
  ],
});
