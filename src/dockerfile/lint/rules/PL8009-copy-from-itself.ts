import { stageReferences } from '../queries/stage-references.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8009',
  slug: 'copy-from-itself',
  title: 'COPY --from the stage itself',
  severity: 'low',
  aliases: ['DL3023', 'DS-0006'],
  appliesToHistory: false,
  docs: {
    reports: '--from of COPY, or from= of --mount, that names the stage it stands in.',
    why: 'A stage cannot copy from itself: the build fails, or an image of that name is fetched instead.',
    fix: 'Name an earlier stage; inside the stage use `RUN cp`.',
    bad: ['FROM alpine:3.20 AS build\nCOPY --from=build /a /b\n', 'FROM alpine:3.20\nCOPY --from=0 /a /b\n'],
    good: ['FROM alpine:3.20 AS build\nFROM alpine:3.20 AS app\nCOPY --from=build /a /b\n'],
    references: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
  },
  *check(model) {
    for (const { instruction, name, range, stage } of stageReferences(model)) {
      const own = model.stages[instruction.stage];
      if (stage === undefined && (name === String(instruction.stage) || name.toLowerCase() === own?.alias?.value.toLowerCase()))
        yield { message: `${name} is this stage itself: a stage cannot copy from itself`, range };
    }
  },
};
