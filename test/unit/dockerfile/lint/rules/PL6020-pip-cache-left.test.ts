import { rule } from '../../../../../src/dockerfile/lint/rules/PL6020-pip-cache-left.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1 AS b\nENV PIP_NO_CACHE_DIR=off\nFROM b\nRUN pip install c\n',
    'FROM a:1\nRUN pip install --no-cache-dir a && pip --no-cache-dir install b && pip list && pip install c --no-cache-dir\n',
    'FROM a:1\nRUN pip install a && rm -rf ~/.cache/pip\n',
    'FROM a:1\nRUN PIP_NO_CACHE_DIR=1 pip install a\n',
    'FROM a:1\nRUN pip install a && pip cache purge\n',
    'FROM a:1\nRUN --mount=type=cache,target=/home/u/.cache/pip pip install a\n',
  ],
  invalid: [
    { code: 'FROM a:1 AS b\nENV PIP_NO_CACHE_DIR=1\nFROM a:1\nRUN pip install c\n', at: 'install' },
    { code: 'FROM a:1\nRUN pip2 install b\n', at: 'install' },
    { code: 'FROM a:1\nRUN pip cache purge && pip install b\n', at: 'install' },
    { code: 'FROM a:1\nRUN pip install a\n', at: 'install', safelyFixed: 'FROM a:1\nRUN pip install --no-cache-dir a\n' },
    {
      code: 'FROM a:1\nRUN python -m pip install -U a && pip3 install b\n',
      at: ['install', 'install'],
      safelyFixed: 'FROM a:1\nRUN python -m pip install --no-cache-dir -U a && pip3 install --no-cache-dir b\n',
    },
  ],
});
