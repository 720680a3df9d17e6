import { rule } from '../../../../../src/dockerfile/lint/rules/PL6010-cargo-unpinned.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN cargo install a@1 && cargo install b --version 1 --features x && cargo install --git https://h/c --rev 012 c && cargo build && cargo install --path ./d\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN cargo install --locked a b@1\n', at: 'a', fixed: 'FROM a:1\nRUN cargo install --locked a@CHOOSE-A-VERSION b@1\n' },
    { code: 'FROM a:1\nRUN cargo install --root /x a\n', at: 'a' },
  ],
});
