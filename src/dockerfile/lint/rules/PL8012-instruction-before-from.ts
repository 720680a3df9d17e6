import { instructionFlags } from '../queries/keywords.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8012',
  slug: 'instruction-before-from',
  title: 'Instruction before FROM',
  severity: 'low',
  aliases: ['DL3061'],
  appliesToHistory: false,
  docs: {
    reports: 'An instruction other than ARG before the first FROM. In a file without FROM only the first one is reported.',
    why: 'There is no image yet for it to work on: the build fails.',
    fix: 'Put it behind the FROM.',
    bad: ['RUN true\nFROM alpine:3.20\n', 'ARG A=1\nLABEL a=b\nFROM alpine:3.20\n', 'ENV A=1\nRUN true\n'],
    good: ['# syntax=docker/dockerfile:1\nARG A=3.20\nFROM alpine:$A\nRUN true\n', ''],
    references: ['https://docs.docker.com/reference/dockerfile/#format'],
  },
  *check(model) {
    const early = model.instructions.filter(({ stage, keyword }) => stage < 0 && keyword !== 'ARG' && instructionFlags.has(keyword));
    for (const { keyword, keywordRange } of model.stages.length === 0 ? early.slice(0, 1) : early) {
      yield { message: `${keyword} stands before the first FROM: only ARG may`, range: keywordRange };
    }
  },
};
