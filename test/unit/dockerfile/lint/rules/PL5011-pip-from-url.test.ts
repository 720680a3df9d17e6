import { rule } from '../../../../../src/dockerfile/lint/rules/PL5011-pip-from-url.ts';
import { testRule } from '../../../../support/rule-harness.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

testRule(rule, {
  valid: [
    `FROM a:1\nRUN pip install git+https://h/a/b@${COMMIT}#egg=b && pip install "b @ https://h/b.whl#sha256=abc"\n`,
    'FROM a:1\nRUN pip install ./a.whl a==1 -r r.txt --find-links https://h/ --proxy http://p && pip config set global.index-url https://h\n',
    `FROM a:1\nRUN pip install https://h/a/archive/${COMMIT}.zip && pip uninstall https://h\n`,
    'FROM a:1\nRUN echo pip install git+https://h/a/b; pip download -i https://h/simple a\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN pip3 install git+https://h/a/b.git\n',
      at: 'git+https://h/a/b.git',
      fixed: 'FROM a:1\nRUN pip3 install git+https://h/a/b.git@REPLACE_WITH_COMMIT\n',
    },
    {
      code: 'FROM a:1\nRUN python3 -m pip install "git+ssh://git@h/a/b@main#egg=b"\n',
      at: '"git+ssh://git@h/a/b@main#egg=b"',
      fixed: 'FROM a:1\nRUN python3 -m pip install "git+ssh://git@h/a/b@REPLACE_WITH_COMMIT#egg=b"\n',
    },
    { code: 'FROM a:1\nRUN pip install -e git+https://h/a/b#egg=b\n', at: 'git+https://h/a/b#egg=b' },
    { code: 'FROM a:1\nRUN pip install "b @ git+https://h/a/b@v1"\n', at: '"b @ git+https://h/a/b@v1"' },
    {
      code: 'FROM a:1\nRUN pip install https://h/a.zip\n',
      at: 'https://h/a.zip',
      fixed: 'FROM a:1\nRUN pip install https://h/a.zip#sha256=REPLACE_WITH_SHA256\n',
    },
    {
      code: 'FROM a:1\nRUN uv pip install --system git+https://h/a/b && pip install -r https://h/r.txt\n',
      at: ['git+https://h/a/b', 'https://h/r.txt'],
    },
  ],
});
