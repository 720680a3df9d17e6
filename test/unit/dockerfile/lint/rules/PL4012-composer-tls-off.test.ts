import { rule } from '../../../../../src/dockerfile/lint/rules/PL4012-composer-tls-off.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN composer config secure-http true && composer config disable-tls false && composer config --list && php a.php --disable-tls\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN composer config -g secure-http false && composer install\n',
      at: 'false',
      safelyFixed: 'FROM a:1\nRUN composer config -g secure-http true && composer install\n',
    },
    {
      code: 'FROM a:1\nRUN composer global config disable-tls true\n',
      at: 'true',
      safelyFixed: 'FROM a:1\nRUN composer global config disable-tls false\n',
    },
    { code: 'FROM a:1\nRUN php composer.phar config secure-http false\n', at: 'false' },
    {
      code: 'FROM a:1\nRUN php composer-setup.php --disable-tls --quiet\n',
      at: '--disable-tls',
      safelyFixed: 'FROM a:1\nRUN php composer-setup.php --quiet\n',
    },
    { code: 'FROM a:1\nRUN echo \'{"config":{"secure-http": false}}\' > composer.json\n', at: '"secure-http": false' },
  ],
});
