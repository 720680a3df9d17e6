import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8011',
  slug: 'duplicate-stage-name',
  title: 'Stage name used twice',
  severity: 'low',
  aliases: ['DL3024', 'DuplicateStageName', 'DS-0012', 'CKV_DOCKER_11'],
  appliesToHistory: false,
  docs: {
    reports: 'A stage with the name of an earlier one; upper and lower case count as the same.',
    why: 'What `COPY --from` or `--target` means depends on the place in the file: files come from another stage than the reader believes.',
    fix: 'Give each stage a name of its own.',
    bad: ['FROM golang:1.23 AS build\nFROM node:22 AS Build\nFROM alpine:3.20\nCOPY --from=build /a /a\n'],
    good: ['FROM golang:1.23 AS build-go\nFROM node:22 AS build-web\nFROM alpine:3.20\n'],
    references: ['https://docs.docker.com/reference/build-checks/duplicate-stage-name/'],
  },
  *check(model) {
    const seen = new Map<string, number>();
    for (const { alias, index } of model.stages) {
      if (alias === undefined) continue;
      const name = alias.value.toLowerCase();
      const first = seen.get(name);
      if (first === undefined) seen.set(name, index);
      else yield { message: `Stage ${first} has the name ${alias.value} already`, range: alias.range };
    }
  },
};
