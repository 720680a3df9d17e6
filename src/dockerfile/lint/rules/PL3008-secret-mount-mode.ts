import type { InstructionFlag } from '../../syntax/model.ts';
import { rangeAt, offsetAt } from '../../syntax/text-document.ts';
import { fixWith, replaceRange, textAt } from '../queries/edits.ts';
import { instructionsNamed } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

const OTHERS_OR_GROUP_WRITE = 0o027;

export const rule: Rule = {
  id: 'PL3008',
  slug: 'secret-mount-mode',
  title: 'Build secret readable by every user',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'RUN --mount=type=secret or type=ssh with a mode that lets others read, or the group write: 0444, 0666, 0777. 0400 and 0440 are not reported.',
    why: 'Every process of that step reads the secret, also one that a build script started as another user on purpose, such as the install script of a package.',
    fix: 'Leave the mode out (0400, root), and name the user that needs the secret with uid= and gid=.',
    bad: [
      'FROM alpine:3.20\nRUN --mount=type=secret,id=token,mode=0444 make\n',
      'FROM alpine:3.20\nRUN --mount=type=ssh,mode=0666 git clone git@example.com:a/b.git\n',
    ],
    good: [
      'FROM alpine:3.20\nRUN --mount=type=secret,id=token,mode=0400,uid=1000 make\n',
      'FROM alpine:3.20\nRUN --mount=type=cache,target=/c,mode=0777 --mount=type=secret,id=b make\n',
    ],
    references: ['https://docs.docker.com/reference/dockerfile/#run---mounttypesecret'],
  },
  *check(model) {
    for (const { flags } of instructionsNamed(model, 'RUN')) {
      for (const flag of flags) {
        const mode = openMode(flag);
        if (mode === undefined) continue;
        const text = textAt(model, flag.range);
        const at = text.indexOf(mode);
        const start = offsetAt(model.document, flag.range.start) + at;
        const range = at < 0 || text.includes('\n') ? flag.range : rangeAt(model.document, start, start + mode.length);
        yield {
          message: `With ${mode} every user of this step can read the secret`,
          range,
          fixes: fixWith('suggested', 'Use mode=0400', range === flag.range ? undefined : [replaceRange(range, 'mode=0400')]),
        };
      }
    }
  },
};

/** Returns `mode=…` of a secret's mount when it is too open. */
function openMode({ name, value }: InstructionFlag): string | undefined {
  if (name !== 'mount' || value === undefined || !/(?:^|,)type=(?:secret|ssh)(?:,|$)/.test(value)) return undefined;
  const digits = /(?:^|,)mode=(?:0o)?([0-7]{1,5})(?=,|$)/.exec(value)?.[1];
  if (digits === undefined || (Number.parseInt(digits, 8) & OTHERS_OR_GROUP_WRITE) === 0) return undefined;
  return /mode=[^,]{1,10}/.exec(value)?.[0];
}
