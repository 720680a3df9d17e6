import { rule } from '../../../../../src/dockerfile/lint/rules/PL6011-composer-unpinned.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN composer require a/b:1 c/d=2 && composer install && composer global show && composer create-project a/b x 1.0 && composer require e/f "^1.0"\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN composer require --no-interaction a/b c/d:1\n',
      at: 'a/b',
      fixed: 'FROM a:1\nRUN composer require --no-interaction a/b:CHOOSE-A-VERSION c/d:1\n',
    },
    { code: 'FROM a:1\nRUN composer global require a/b\n', at: 'a/b' },
    { code: 'FROM a:1\nRUN composer create-project a/b /x\n', at: 'a/b' },
  ],
});
