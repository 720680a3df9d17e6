import { fixWith, removeInstruction } from '../queries/edits.ts';
import { overriddenInstructions } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8018',
  slug: 'duplicate-cmd',
  title: 'CMD without effect',
  severity: 'low',
  aliases: ['DL4003', 'DS-0016', 'MultipleInstructionsDisallowed'],
  fixable: 'safe',
  appliesToHistory: false,
  docs: {
    reports: 'A CMD that a later one of the same stage replaces.',
    why: 'Only the last one counts: the program that the reader sees here is never started.',
    fix: 'Keep the last one.',
    bad: ['FROM alpine:3.20\nCMD ["a"]\nRUN true\nCMD ["b"]\n'],
    good: ['FROM alpine:3.20 AS a\nCMD ["a"]\nFROM a\nCMD ["b"]\n', 'FROM alpine:3.20\nONBUILD CMD ["a"]\nCMD ["b"]\n'],
    references: ['https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/'],
  },
  *check(model) {
    for (const instruction of overriddenInstructions(model, 'CMD')) {
      yield {
        message: 'A later CMD of this stage replaces this one',
        range: instruction.keywordRange,
        fixes: fixWith('safe', 'Remove this CMD', removeInstruction(model, instruction)),
      };
    }
  },
};
