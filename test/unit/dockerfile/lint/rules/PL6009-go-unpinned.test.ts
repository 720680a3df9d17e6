import { rule } from '../../../../../src/dockerfile/lint/rules/PL6009-go-unpinned.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN go install tool example.com/b/c\n',
    'FROM a:1\nRUN go install ./cmd/... && go install h.com/a@v1 && go get h.com/b@0123456 && go build h.com/c && go run ./x h.com/d@v1 && go install std\n',
    'FROM a:1\nRUN go install -ldflags "-s -w" h.com/a@$V && echo go get h.com/a\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN go install h.com/a/b@latest\n', at: 'h.com/a/b@latest', fixed: 'FROM a:1\nRUN go install h.com/a/b@CHOOSE-A-VERSION\n' },
    {
      code: 'FROM a:1\nRUN GO111MODULE=on go get -u h.com/a h.com/b@v1\n',
      at: 'h.com/a',
      fixed: 'FROM a:1\nRUN GO111MODULE=on go get -u h.com/a@CHOOSE-A-VERSION h.com/b@v1\n',
    },
    { code: 'FROM a:1\nRUN go run h.com/a@main h.com/b\n', at: 'h.com/a@main' },
  ],
});
