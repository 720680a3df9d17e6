import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import { optionOf, type IntegerOption } from '../options.ts';
import { finalStageIndexes } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

const allowedRuns: IntegerOption = {
  kind: 'integer',
  name: 'allowed',
  description: 'How many RUNs may follow each other before the next one is reported.',
  minimum: 1,
  maximum: 100,
  default: 1,
  examples: [3],
};

export const rule: Rule = {
  id: 'PL8029',
  slug: 'consecutive-run',
  title: 'RUNs that could be one',
  severity: 'negligible',
  aliases: ['DL3059'],
  appliesToHistory: false,
  docs: {
    reports:
      'A RUN directly behind another with the same flags, in the final stage or one it builds on. Not reported: a RUN of several commands, with a comment between them, here-documents, the JSON form, build stages.',
    why: 'Each RUN is a layer: what one leaves and the next deletes is still in the image.',
    fix: 'Join them with `&&` or in a here-document.',
    bad: ['FROM alpine:3.20\nRUN apk add --no-cache curl\nRUN rm -rf /tmp/x\n'],
    good: [
      'FROM alpine:3.20\nRUN apk add --no-cache curl\n# As root still.\nRUN adduser -D app\n',
      'FROM alpine:3.20 AS build\nRUN a\nRUN b\nFROM alpine:3.20\nRUN a\nCOPY b /b\nRUN c\n',
      'FROM alpine:3.20\nRUN a\nRUN --network=none b\n',
    ],
    references: ['https://docs.docker.com/build/building/best-practices/#run'],
  },
  options: [allowedRuns],
  *check(model, context) {
    const allowed = optionOf(context, allowedRuns);
    let inRow = 1;
    const stages = finalStageIndexes(model);
    const commented = new Set(model.comments.map(({ line }) => line));
    for (const [index, instruction] of model.instructions.entries()) {
      inRow = isBehind(model, instruction, model.instructions[index - 1], commented) ? inRow + 1 : 1;
      if (inRow <= allowed || !stages.has(instruction.stage)) continue;
      yield { message: 'This could be one layer with the RUN before it', range: instruction.keywordRange };
    }
  },
};

/** True when the two could be one. */
function isBehind(model: DockerfileModel, instruction: Instruction, previous: Instruction | undefined, commented: ReadonlySet<number>): boolean {
  if (previous === undefined || !isPlainRun(instruction) || !isPlainRun(previous)) return false;
  // Who chains commands in one of them has set the other apart on purpose.
  if ([instruction, previous].some((run) => model.commandsOf(run).filter(({ wrapper }) => wrapper === undefined).length > 1)) return false;
  return flagsOf(instruction) === flagsOf(previous) && !isCommented(previous, instruction, commented);
}

function isPlainRun({ keyword, json, onbuild, heredocs }: Instruction): boolean {
  return keyword === 'RUN' && !json && !onbuild && heredocs.length === 0;
}

function flagsOf({ flags }: Instruction): string {
  return flags.map(({ name, value }) => `${name}=${value ?? ''}`).join(' ');
}

function isCommented(previous: Instruction, next: Instruction, commented: ReadonlySet<number>): boolean {
  for (let line = previous.range.end.line + 1; line < next.range.start.line; line++) if (commented.has(line)) return true;
  return false;
}
