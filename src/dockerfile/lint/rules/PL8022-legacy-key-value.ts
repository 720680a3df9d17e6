import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import { fixWith, replaceRange, textAt } from '../queries/edits.ts';
import { instructionsNamed } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8022',
  slug: 'legacy-key-value',
  title: 'Key and value without =',
  severity: 'negligible',
  aliases: ['LegacyKeyValueFormat'],
  fixable: 'safe',
  appliesToHistory: false,
  docs: {
    reports: '`ENV NAME value` and `LABEL name value`.',
    why: 'The rest of the line is the value, a second `NAME value` too: what looks like two variables is one. Builders have announced to give the form up.',
    fix: 'Write `ENV NAME=value`.',
    bad: ['FROM alpine:3.20\nENV DIR /app\n', 'FROM alpine:3.20\nLABEL description some words\n'],
    good: ['FROM alpine:3.20\nENV DIR=/app A="b c"\nLABEL a=b\n', 'FROM alpine:3.20\nENV DIR\n'],
    references: ['https://docs.docker.com/reference/build-checks/legacy-key-value-format/'],
  },
  *check(model) {
    for (const instruction of [...instructionsNamed(model, 'ENV'), ...instructionsNamed(model, 'LABEL')]) {
      const [key, ...rest] = instruction.args;
      if (key === undefined || rest.length === 0 || key.text.includes('=')) continue;
      yield {
        message: `Write ${key.value.slice(0, MAX_SHOWN)}=… instead of a blank`,
        range: key.range,
        fixes: fixWith('safe', 'Write it with =', withEquals(model, instruction)),
      };
    }
  },
};

const MAX_SHOWN = 60;

function withEquals(model: DockerfileModel, { args, range }: Instruction): readonly TextEdit[] | undefined {
  const [key, first] = args;
  if (key === undefined || first === undefined) return undefined;
  const value = textAt(model, { start: first.range.start, end: range.end });
  // The builder takes quotes and escapes off in both forms, but not in the same way when they stand inside.
  const isQuoted = /^"[^"'\\`\r\n]*"$/.test(value);
  if (!isQuoted && /["'\\`\r\n]/.test(value)) return undefined;
  const written = isQuoted || !/\s/.test(value) ? value : `"${value}"`;
  return [replaceRange({ start: key.range.end, end: range.end }, `=${written}`)];
}
