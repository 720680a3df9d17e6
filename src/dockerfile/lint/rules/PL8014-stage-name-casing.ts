import { fixWith, replaceRange } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8014',
  slug: 'stage-name-casing',
  title: 'Stage name in upper case',
  severity: 'negligible',
  aliases: ['StageNameCasing'],
  fixable: 'safe',
  appliesToHistory: false,
  docs: {
    reports: 'A stage name with upper-case letters.',
    why: 'Builders read stage names without regard to case; a name that looks like two to the reader is one to them.',
    fix: 'Write stage names in lower case.',
    bad: ['FROM alpine:3.20 AS Builder\n'],
    good: ['FROM alpine:3.20 AS builder-2\n', 'FROM Alpine\n'],
    references: ['https://docs.docker.com/reference/build-checks/stage-name-casing/'],
  },
  *check(model) {
    for (const { alias } of model.stages) {
      if (alias === undefined || !/[A-Z]/.test(alias.value) || alias.value !== alias.text) continue;
      const name = alias.value.toLowerCase();
      yield {
        message: `Write the stage's name as ${name}`,
        range: alias.range,
        fixes: fixWith('safe', `Write ${name}`, [replaceRange(alias.range, name)]),
      };
    }
  },
};
