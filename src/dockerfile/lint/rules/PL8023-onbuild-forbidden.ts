import { textAt } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8023',
  slug: 'onbuild-forbidden',
  title: 'Instruction that ONBUILD cannot hold',
  severity: 'low',
  aliases: ['DL3043'],
  appliesToHistory: false,
  docs: {
    reports: '`ONBUILD FROM`, `ONBUILD MAINTAINER` and `ONBUILD ONBUILD`.',
    why: 'Builders refuse them.',
    fix: 'Take the instruction out, or write it without ONBUILD.',
    bad: ['FROM alpine:3.20\nONBUILD FROM debian:12\n', 'FROM alpine:3.20\nONBUILD MAINTAINER me\n', 'FROM alpine:3.20\nONBUILD ONBUILD RUN true\n'],
    good: ['FROM alpine:3.20\nONBUILD RUN true\nONBUILD COPY . /src\n'],
    references: ['https://docs.docker.com/reference/dockerfile/#onbuild'],
  },
  *check(model) {
    for (const { onbuild, keyword, keywordRange, range } of model.instructions) {
      if (!onbuild) continue;
      if (keyword === 'FROM' || keyword === 'MAINTAINER') yield { message: `ONBUILD ${keyword} is not allowed`, range: keywordRange };
      const before = { start: range.start, end: keywordRange.start };
      if (keyword === 'ONBUILD' || (textAt(model, before).match(/onbuild/gi) ?? []).length > 1)
        yield { message: 'An ONBUILD inside an ONBUILD is not allowed', range: before };
    }
  },
};
