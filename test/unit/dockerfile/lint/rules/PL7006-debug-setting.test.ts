import { rule } from '../../../../../src/dockerfile/lint/rules/PL7006-debug-setting.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1 AS b\nENV NODE_ENV=development\nRUN c\nFROM a:1\nCOPY --from=b /x /x\n',
    'FROM a:1\nARG NODE_ENV=development\nRUN NODE_ENV=development a && export FLASK_DEBUG=1\n',
    'FROM a:1\nENV DEBUG=app:* DEBUGGER=1 APP_DEBUG=false NODE_ENV=$X GIN_MODE=release\n',
    'FROM a:1\nENV NODE_ENV=development\nENV NODE_ENV=production\n',
    'FROM a:1 AS app-test\nENV RAILS_ENV=development\n',
  ],
  invalid: [
    { code: 'FROM a:1\nENV NODE_ENV=development\n', at: 'NODE_ENV=development', fixed: 'FROM a:1\nENV NODE_ENV=production\n' },
    { code: 'FROM a:1\nENV A=1 FLASK_DEBUG="1" B=2\n', at: 'FLASK_DEBUG="1"', fixed: 'FROM a:1\nENV A=1 FLASK_DEBUG=0 B=2\n' },
    { code: 'FROM a:1\nENV DJANGO_DEBUG True\n', at: 'DJANGO_DEBUG True', fixed: 'FROM a:1\nENV DJANGO_DEBUG False\n' },
    { code: 'FROM a:1\nENV DEBUG=true\n', at: 'DEBUG=true' },
    { code: 'FROM a:1\nARG E=Development\nENV ASPNETCORE_ENVIRONMENT=$E\n', at: 'ASPNETCORE_ENVIRONMENT=$E' },
    { code: 'FROM a:1 AS b\nENV WERKZEUG_DEBUG_PIN=off\nFROM b\nRUN c\n', at: 'WERKZEUG_DEBUG_PIN=off' },
  ],
});
