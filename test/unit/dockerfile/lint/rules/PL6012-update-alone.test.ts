import { rule } from '../../../../../src/dockerfile/lint/rules/PL6012-update-alone.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN apt-get update && apt-get install -y a && rm -rf /b\n',
    'FROM a:1\nRUN apt-get update; apt-get upgrade -y\nRUN apk update && apk add a\nRUN zypper ref && zypper -n in a\n',
    'FROM a:1\nRUN apt-get update && xargs -a list apt-get install -y\nRUN apk update && make deps\nRUN sh -c "apt-get update && ./x"\n',
    'FROM a:1\nRUN yum update -y && dnf upgrade -y && npm update && git submodule update\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN ["apt-get","update"]\n', at: 'update' },
    { code: 'FROM a:1\nRUN apt-get update && adduser b\n', at: 'update' },
    {
      code: 'FROM a:1\nRUN apt-get update\nRUN apt-get install -y b\n',
      at: 'update',
      fixed: 'FROM a:1\nRUN apt-get update && apt-get install -y b\n',
    },
    { code: 'FROM a:1\nRUN apk update && rm -rf /x\nRUN apk add b\n', at: 'update' },
    { code: 'FROM a:1\nRUN apt-get install -y b && apt-get update\n', at: 'update' },
    { code: 'FROM a:1\nRUN sudo apt-get -q update && apt-get clean\n', at: 'update' },
    { code: 'FROM a:1\nRUN zypper refresh\nRUN dnf makecache\n', at: ['refresh', 'makecache'] },
  ],
});
