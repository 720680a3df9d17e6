import { fixWith, removeInstruction } from '../queries/edits.ts';
import { overriddenInstructions } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8019',
  slug: 'duplicate-entrypoint',
  title: 'ENTRYPOINT without effect',
  severity: 'low',
  aliases: ['DL4004', 'DS-0007', 'MultipleInstructionsDisallowed'],
  fixable: 'safe',
  appliesToHistory: false,
  docs: {
    reports: 'A ENTRYPOINT that a later one of the same stage replaces.',
    why: 'Only the last one counts: the program that the reader sees here is never started.',
    fix: 'Keep the last one.',
    bad: ['FROM alpine:3.20\nENTRYPOINT ["a"]\nRUN true\nENTRYPOINT ["b"]\n'],
    good: ['FROM alpine:3.20 AS a\nENTRYPOINT ["a"]\nFROM a\nENTRYPOINT ["b"]\n', 'FROM alpine:3.20\nONBUILD ENTRYPOINT ["a"]\nENTRYPOINT ["b"]\n'],
    references: ['https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/'],
  },
  *check(model) {
    for (const instruction of overriddenInstructions(model, 'ENTRYPOINT')) {
      yield {
        message: 'A later ENTRYPOINT of this stage replaces this one',
        range: instruction.keywordRange,
        fixes: fixWith('safe', 'Remove this ENTRYPOINT', removeInstruction(model, instruction)),
      };
    }
  },
};
