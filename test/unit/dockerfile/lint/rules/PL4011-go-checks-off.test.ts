import { rule } from '../../../../../src/dockerfile/lint/rules/PL4011-go-checks-off.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nENV GOPRIVATE=* GOPROXY=direct GOFLAGS="-mod=vendor -trimpath" GONOSUMCHECK=0 GOSUMDB=sum.golang.org\n',
    'FROM a:1\nRUN go env GOINSECURE && go env -w GOPRIVATE=h && GOPROXY=http://localhost:3000 go build && echo GOINSECURE=a\n',
    'FROM a:1\nENV GONOSUMDB=h/a GONOPROXY=h/a\n',
  ],
  invalid: [
    { code: 'FROM a:1\nENV A=b GOINSECURE=h\n', at: 'GOINSECURE=h', fixed: 'FROM a:1\nENV A=b\n' },
    { code: 'FROM a:1\nARG GONOSUMDB=h/*\n', at: 'GONOSUMDB=h/*' },
    {
      code: 'FROM a:1\nRUN GOFLAGS=-insecure GONOSUMCHECK=1 go build\n',
      at: ['GOFLAGS=-insecure', 'GONOSUMCHECK=1'],
      fixed: 'FROM a:1\nRUN go build\n',
    },
    { code: 'FROM a:1\nRUN export GOSUMDB=off && go build\n', at: 'GOSUMDB=off' },
    { code: 'FROM a:1\nENV GOPROXY=https://a,http://b.example.com\n', at: 'GOPROXY=https://a,http://b.example.com' },
    {
      code: 'FROM a:1\nRUN go env -w GOPROXY=http://b.example.com GO111MODULE=on && go build\n',
      at: 'GOPROXY=http://b.example.com',
      fixed: 'FROM a:1\nRUN go env -w GO111MODULE=on && go build\n',
    },
    { code: 'FROM a:1\nRUN go get -insecure -u h/a\n', at: '-insecure', fixed: 'FROM a:1\nRUN go get -u h/a\n' },
  ],
});
