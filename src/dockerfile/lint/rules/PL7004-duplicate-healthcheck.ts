import { fixWith, removeInstruction } from '../queries/edits.ts';
import { overriddenInstructions } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL7004',
  slug: 'duplicate-healthcheck',
  title: 'HEALTHCHECK without effect',
  severity: 'low',
  aliases: ['DL3012', 'DS-0023', 'MultipleInstructionsDisallowed'],
  fixable: 'safe',
  appliesToHistory: false,
  docs: {
    reports: 'A HEALTHCHECK that a later one in the same stage replaces.',
    why: 'Only the last one counts; whoever relies on the other does not learn when the service is down.',
    fix: 'Keep one HEALTHCHECK; put several checks into one script.',
    bad: ['FROM alpine:3.20\nHEALTHCHECK CMD wget -q -O /dev/null http://localhost/\nHEALTHCHECK CMD ["/check"]\n'],
    good: [
      'FROM alpine:3.20 AS a\nHEALTHCHECK NONE\nFROM a\nHEALTHCHECK CMD ["/check"]\n',
      'FROM alpine:3.20\nONBUILD HEALTHCHECK NONE\nHEALTHCHECK CMD ["/check"]\n',
    ],
    references: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  },
  *check(model) {
    for (const instruction of overriddenInstructions(model, 'HEALTHCHECK')) {
      yield {
        message: 'A later HEALTHCHECK of this stage replaces this one',
        range: instruction.keywordRange,
        fixes: fixWith('safe', 'Remove this HEALTHCHECK', removeInstruction(model, instruction)),
      };
    }
  },
};
