import { rule } from '../../../../../src/dockerfile/lint/rules/PL8040-empty-continuation.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['continued', 'heredoc'],
  valid: ['FROM a:1\nRUN a \\\n  # b\n  c\n\nRUN d\n', 'FROM a:1\nRUN <<E\na\n\nb\nE\n', 'FROM a:1\nRUN a \\\n\n'],
  invalid: [
    { code: 'FROM a:1\nRUN a \\\n\n  b\nRUN c\n', at: '\\', safelyFixed: 'FROM a:1\nRUN a \\\n  b\nRUN c\n' },
    { code: 'FROM a:1\nRUN a \\\n \t\n\n  b \\\n\n  c\n', at: '\\', safelyFixed: 'FROM a:1\nRUN a \\\n  b \\\n  c\n' },
    { code: '# escape=`\nFROM a:1\nENV A=b `\n\n  C=d\n', at: '`', safelyFixed: '# escape=`\nFROM a:1\nENV A=b `\n  C=d\n' },
  ],
});
