import { fixWith, replaceRange, textAt } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8015',
  slug: 'from-as-casing',
  title: 'FROM and AS in different case',
  severity: 'negligible',
  aliases: ['FromAsCasing'],
  fixable: 'safe',
  appliesToHistory: false,
  docs: {
    reports: '`FROM … as …` and `from … AS …`.',
    why: 'Keywords in one case are told from names at a glance.',
    fix: 'Write both in the same case.',
    bad: ['FROM alpine:3.20 as build\n', 'from alpine:3.20 AS build\n'],
    good: ['FROM alpine:3.20 AS build\n', 'from alpine:3.20 as build\n'],
    references: ['https://docs.docker.com/reference/build-checks/from-as-casing/'],
  },
  *check(model) {
    for (const { from, alias } of model.stages) {
      const as = from.args[1];
      if (as === undefined || alias === undefined) continue;
      const keyword = textAt(model, from.keywordRange);
      const wanted = keyword === keyword.toLowerCase() ? 'as' : 'AS';
      if (as.text !== wanted && as.text.toLowerCase() === 'as')
        yield {
          message: `Write ${wanted} beside ${keyword}`,
          range: as.range,
          fixes: fixWith('safe', `Write ${wanted}`, [replaceRange(as.range, wanted)]),
        };
    }
  },
};
