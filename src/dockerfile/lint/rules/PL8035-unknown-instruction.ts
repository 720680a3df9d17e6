import { fixWith, replaceRange } from '../queries/edits.ts';
import { hasForeignSyntax, instructionFlags } from '../queries/keywords.ts';
import { nearestOf } from '../queries/nearest.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8035',
  slug: 'unknown-instruction',
  title: 'Unknown instruction',
  severity: 'low',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'A line that begins with no instruction. Not reported: the word that is just being typed at the end of the file, and files for a front end of their own (`# syntax=…`).',
    why: 'The build fails; mostly a letter is wrong, or the backslash at the end of the line above is missing.',
    fix: 'Correct the instruction, or end the line above with a backslash.',
    bad: ['FROM alpine:3.20\nRUNN true\n', 'FROM alpine:3.20\nRUN a\n  && b\n'],
    good: ['FROM alpine:3.20\nrun true\nWORK', '# syntax=example.com/front-end:1\nFROM alpine:3.20\nINCLUDE other\n'],
    references: ['https://docs.docker.com/reference/dockerfile/'],
  },
  *check(model) {
    if (hasForeignSyntax(model)) return;
    for (const { keyword, keywordRange, index, body, range } of model.instructions) {
      if (instructionFlags.has(keyword)) continue;
      const isLast = index === model.instructions.length - 1 && body.text === '' && range.end.line === model.document.lineStarts.length - 1;
      if (isLast && [...instructionFlags.keys()].some((known) => known.startsWith(keyword))) continue;
      const nearest = nearestOf(keyword, instructionFlags.keys());
      const shown = keyword.slice(0, MAX_SHOWN);
      const isContinuation = /^[^A-Z]/.test(keyword);
      yield {
        message: isContinuation
          ? `A line cannot begin with ${shown}: does the line above lack its ${model.escape}?`
          : `${shown} is no instruction${nearest === undefined ? '' : `: is ${nearest} meant?`}`,
        range: keywordRange,
        fixes: fixWith('suggested', `Write ${nearest ?? ''}`, nearest === undefined ? undefined : [replaceRange(keywordRange, nearest)]),
      };
    }
  },
};

const MAX_SHOWN = 40;
