import type { Rule } from '../rule.ts';
import { instructionsNamed } from '../queries/instructions.ts';
import { isDefinedBefore, variablesIn } from '../queries/variables.ts';

export const rule: Rule = {
  id: 'PL8020',
  slug: 'env-uses-itself',
  title: 'ENV uses a name that it only defines',
  severity: 'low',
  aliases: ['DL3044'],
  appliesToHistory: false,
  docs: {
    reports:
      'A variable that the same ENV defines beside it and that nothing defined before, and a name defined twice whose second value extends the first. A name that extends its own value (`PATH=/x:$PATH`) or that has a value from before is not reported.',
    why: 'The builder puts in the values of before the instruction: the variable is empty there, and a path such as `$HOME_DIR/bin` becomes `/bin`.',
    fix: 'Define it in an ENV of its own before.',
    bad: [
      'FROM alpine:3.20\nENV APP=/opt/app BIN=$APP/bin\n',
      'FROM alpine:3.20\nENV A="${B}/x" \\\n  B=/b\n',
      'FROM alpine:3.20\nENV PATH=/a:$PATH PATH=/b:$PATH\n',
    ],
    good: ['FROM alpine:3.20\nENV APP=/opt/app\nENV BIN=$APP/bin PATH=/x:$PATH\n', "FROM alpine:3.20\nENV A=1 B='$A' C=\\$A\n"],
    references: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
  },
  *check(model) {
    for (const instruction of instructionsNamed(model, 'ENV')) {
      const { args } = instruction;
      if (args.length < 2 || args[0]?.text.includes('=') !== true || !instruction.body.text.includes('$')) continue;
      const names = new Set(args.map(({ text }) => text.split('=', 1)[0] ?? ''));
      const seen = new Set<string>();
      for (const { text, source } of args) {
        const own = text.split('=', 1)[0] ?? '';
        for (const { name, range, hasFallback } of variablesIn(model, source)) {
          if (name === own && seen.has(own)) yield { message: `${name} has the value of before this ENV: what it gave it further up is lost`, range };
          if (hasFallback || name === own || !names.has(name) || isDefinedBefore(model, name, instruction)) continue;
          yield { message: `${name} has no value yet: this same ENV defines it`, range };
        }
        seen.add(own);
      }
    }
  },
};
