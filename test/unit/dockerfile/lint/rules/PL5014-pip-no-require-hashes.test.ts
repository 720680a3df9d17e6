import { rule } from '../../../../../src/dockerfile/lint/rules/PL5014-pip-no-require-hashes.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN pip install -r requirements.txt && pip install --require-hashes -r requirements.lock && pip install hash-lib && pip freeze -r a.lock\n',
    'FROM a:1\nENV PIP_REQUIRE_HASHES=1\nRUN pip install -r requirements.lock\n',
    'FROM a:1\nCOPY <<E /r.txt\na==1\nE\nRUN pip install -r /r.txt\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN pip install -r requirements.lock\n',
      at: 'requirements.lock',
      fixed: 'FROM a:1\nRUN pip install --require-hashes -r requirements.lock\n',
    },
    {
      code: 'FROM a:1\nRUN pip3 install --requirement=/a/hashed.txt; uv pip install -r r-hashes.txt\n',
      at: ['--requirement=/a/hashed.txt', 'r-hashes.txt'],
    },
    { code: 'FROM a:1\nCOPY <<E /r.txt\na==1 --hash=sha256:ab\nE\nRUN pip install -r /r.txt\n', at: '/r.txt' },
  ],
});
