import { rule } from '../../../../../src/dockerfile/lint/rules/PL8021-undefined-variable.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    'FROM example.com/debian:12\nENV A=$HOME/a\n',
    'ARG A=1\nFROM a:1\nARG A\nENV B=$A\n',
    'FROM a:1\nWORKDIR $HOME\nENV PATH=$PATH HTTPS=$https_proxy\nRUN echo $TARGETARCH\n',
    "FROM a:1\nLABEL a='$TARGETOS' b=\\$TARGETOS c=${TARGETOS:-x}\n",
    'FROM a:1 AS x\nENV A=1\nFROM x\nWORKDIR $A\n',
    'ARG A\nFROM a:1\nONBUILD WORKDIR $A\n',
    'FROM a:1\nENV A=1 B=$A\nENV VERS=1\nWORKDIR /x$VER\n',
  ],
  invalid: [
    { code: 'FROM debian:12\nENV A=$HOME/a\n', at: '$HOME' },
    { code: 'ARG A=1\nFROM a:1\nWORKDIR /$A/${A}\n', at: '$A', fixed: 'ARG A=1\nFROM a:1\nARG A\nWORKDIR /$A/${A}\n' },
    { code: 'FROM a:1\nCOPY ["x-${TARGETARCH}", "/x"]\n', at: '${TARGETARCH}', fixed: 'FROM a:1\nARG TARGETARCH\nCOPY ["x-${TARGETARCH}", "/x"]\n' },
    { code: 'FROM a:1\nUSER $APP_USER\nENV APP_USER=a\n', at: '$APP_USER' },
    { code: 'FROM a:1\nENV APP_USER=a\nUSER ${APP_USR}\n', at: '${APP_USR}', fixed: 'FROM a:1\nENV APP_USER=a\nUSER ${APP_USER}\n' },
    { code: 'FROM a:1\nENV ONLY_HERE=1\nFROM b:1\nLABEL a=$ONLY_HERE\n', at: '$ONLY_HERE' },
    { code: 'FROM scratch AS s\nFROM s\nCOPY a $X/\n', at: '$X' },
  ],
});
