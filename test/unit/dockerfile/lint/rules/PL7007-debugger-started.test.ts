import { rule } from '../../../../../src/dockerfile/lint/rules/PL7007-debugger-started.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN node --inspect a.js && flask run --debug\nCMD node a.js\n',
    'FROM a:1\nCMD ["node", "a.js", "--inspection"]\n',
    'FROM a:1\nENTRYPOINT ["java", "-jar", "a.jar", "-Dx=-agentlib"]\n',
    'FROM a:1\nCMD python manage.py migrate && gunicorn a\n',
    'FROM a:1 AS dev\nCMD uvicorn a:app --reload\n',
    'FROM a:1\nENV NODE_OPTIONS=--max-old-space-size=1\n',
  ],
  invalid: [
    { code: 'FROM a:1\nCMD ["node", "--inspect-brk=0.0.0.0", "a.js"]\n', at: '--inspect-brk=0.0.0.0', fixed: 'FROM a:1\nCMD ["node", "a.js"]\n' },
    { code: 'FROM a:1\nCMD exec java -Xrunjdwp:x -jar a.jar\n', at: '-Xrunjdwp:x', fixed: 'FROM a:1\nCMD exec java -jar a.jar\n' },
    { code: 'FROM a:1\nENTRYPOINT ["dlv", "exec", "--headless", "/a"]\n', at: '--headless' },
    { code: 'FROM a:1\nCMD python3 -m debugpy --listen 5678 a.py\n', at: 'debugpy' },
    { code: 'FROM a:1\nCMD flask --debug run\n', at: '--debug', fixed: 'FROM a:1\nCMD flask run\n' },
    { code: 'FROM a:1\nCMD ["python", "./manage.py", "runserver"]\n', at: 'runserver' },
    { code: 'FROM a:1\nENTRYPOINT ["python3"]\nCMD ["manage.py", "runserver", "0.0.0.0:80"]\n', at: 'runserver' },
    { code: 'FROM a:1\nCMD uvicorn a:app --reload\n', at: '--reload' },
    {
      code: 'FROM a:1\nENV JAVA_TOOL_OPTIONS="-Xmx1g -agentlib:jdwp=transport=dt_socket"\n',
      at: 'JAVA_TOOL_OPTIONS="-Xmx1g -agentlib:jdwp=transport=dt_socket"',
    },
  ],
});
