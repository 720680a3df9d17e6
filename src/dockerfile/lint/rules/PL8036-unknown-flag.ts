import { fixWith, replaceRange } from '../queries/edits.ts';
import { hasForeignSyntax, instructionFlags } from '../queries/keywords.ts';
import { nearestOf } from '../queries/nearest.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8036',
  slug: 'unknown-flag',
  title: 'Unknown flag',
  severity: 'low',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'A `--flag` behind an instruction that does not know it, or one without the value it needs. Files for a front end of their own (`# syntax=…`) are not looked at.',
    why: 'The build fails.',
    fix: 'Correct the flag. Flags of a command stand behind the command, flags of the instruction before it.',
    bad: ['FROM alpine:3.20\nCOPY --chwon=app a /a\n', 'FROM alpine:3.20\nCOPY --from a /a\n', 'FROM alpine:3.20\nUSER --id app\n'],
    good: ['FROM --platform=$BUILDPLATFORM alpine:3.20\nCOPY --link --from=a /a /a\nRUN --mount=type=cache,target=/c echo --flag\n'],
    references: ['https://docs.docker.com/reference/dockerfile/'],
  },
  *check(model) {
    if (hasForeignSyntax(model)) return;
    for (const { keyword, flags } of model.instructions) {
      const known = instructionFlags.get(keyword);
      if (known === undefined) continue;
      for (const { name, value, range } of flags) {
        const needsValue = Object.hasOwn(known, name) ? known[name] : undefined;
        if (needsValue === true && (value === undefined || value === '')) yield { message: `--${name} needs a value: --${name}=…`, range };
        if (needsValue !== undefined) continue;
        const nearest = nearestOf(name, Object.keys(known));
        const at = { start: range.start, end: { line: range.start.line, character: range.start.character + 2 + name.length } };
        yield {
          message: `${keyword} has no flag --${name.slice(0, MAX_SHOWN)}${nearest === undefined ? '' : `: is --${nearest} meant?`}`,
          range: at,
          fixes: fixWith('suggested', `Write --${nearest ?? ''}`, nearest === undefined ? undefined : [replaceRange(at, `--${nearest}`)]),
        };
      }
    }
  },
};

const MAX_SHOWN = 40;
