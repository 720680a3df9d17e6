import { fixWith, replaceRange, textAt } from '../queries/edits.ts';
import { instructionFlags } from '../queries/keywords.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8034',
  slug: 'instruction-casing',
  title: 'Instructions in different case',
  severity: 'negligible',
  aliases: ['ConsistentInstructionCasing'],
  fixable: 'safe',
  appliesToHistory: false,
  docs: {
    reports: 'An instruction that is not written in the case of most others of the file, upper or lower.',
    why: 'Instructions in one case are told from their arguments at a glance.',
    fix: 'Write all instructions in upper case.',
    bad: ['FROM alpine:3.20\nrun true\n', 'from alpine:3.20\nrun true\nCMD ["a"]\n', 'From alpine:3.20\n'],
    good: ['FROM alpine:3.20\nRUN true\n', 'from alpine:3.20\nrun true\n'],
    references: ['https://docs.docker.com/reference/build-checks/consistent-instruction-casing/'],
  },
  *check(model) {
    const known = model.instructions.filter(({ keyword }) => instructionFlags.has(keyword));
    const written = known.map(({ keywordRange }) => textAt(model, keywordRange));
    const lower = written.filter((text) => text === text.toLowerCase()).length;
    const isLower = lower > written.filter((text) => text === text.toUpperCase()).length;
    for (const [index, { keyword, keywordRange }] of known.entries()) {
      const wanted = isLower ? keyword.toLowerCase() : keyword;
      if (written[index] === wanted) continue;
      yield {
        message: `Write ${wanted}, as most instructions of this file`,
        range: keywordRange,
        fixes: fixWith('safe', `Write ${wanted}`, [replaceRange(keywordRange, wanted)]),
      };
    }
  },
};
