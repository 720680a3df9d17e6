import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8013',
  slug: 'reserved-stage-name',
  title: 'Reserved word as a stage name',
  severity: 'low',
  aliases: ['DL3063', 'ReservedStageName'],
  appliesToHistory: false,
  docs: {
    reports: 'A stage named `scratch` or `context`.',
    why: 'The builder means something else by these names: the stage cannot be referred to.',
    fix: 'Choose another name.',
    bad: ['FROM alpine:3.20 AS scratch\n', 'FROM alpine:3.20 AS Context\n'],
    good: ['FROM scratch AS base\n', 'FROM alpine:3.20 AS build-context\n'],
    references: ['https://docs.docker.com/reference/build-checks/reserved-stage-name/'],
  },
  *check(model) {
    for (const { alias } of model.stages) {
      if (alias !== undefined && /^(?:scratch|context)$/i.test(alias.value))
        yield { message: `${alias.value} means something else to the builder: name the stage otherwise`, range: alias.range };
    }
  },
};
