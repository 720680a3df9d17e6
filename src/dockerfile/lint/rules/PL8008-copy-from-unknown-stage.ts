import { fixWith, replaceRange } from '../queries/edits.ts';
import { nearestOf } from '../queries/nearest.ts';
import { stageReferences } from '../queries/stage-references.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8008',
  slug: 'copy-from-unknown-stage',
  title: 'COPY --from an unknown stage',
  severity: 'low',
  aliases: ['DL3022'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      '--from of COPY, or from= of --mount, with a bare name that is no earlier stage, the number of a stage that comes later or never, or a later stage. Images with a registry, a tag or a digest are not reported.',
    why: 'A misspelt stage name is taken for the name of an image: whoever owns that name on Docker Hub decides what is copied in.',
    fix: 'Name an earlier stage of the file; write an image with its tag and digest.',
    bad: [
      'FROM golang:1.23 AS build\nFROM alpine:3.20\nCOPY --from=biuld /app /app\n',
      'FROM alpine:3.20\nCOPY --from=1 /app /app\n',
      'FROM golang:1.23 AS build\nFROM alpine:3.20\nRUN --mount=type=bind,from=builder,target=/b cp /b/app /app\n',
    ],
    good: [
      'FROM golang:1.23 AS Build\nFROM alpine:3.20\nCOPY --from=build /app /app\nCOPY --from=0 /app /app\n',
      'FROM alpine:3.20\nCOPY --from=docker.io/library/nginx:1.27 /etc/nginx /etc/nginx\nCOPY --from=busybox:1.36 /bin/busybox /bin/\n',
      'FROM alpine:3.20\nARG STAGE\nCOPY --from=$STAGE /a /a\n',
    ],
    references: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
  },
  *check(model) {
    for (const { instruction, name, range, stage, isLater } of stageReferences(model)) {
      if (stage !== undefined || /[/:@.]/.test(name)) continue;
      const own = model.stages[instruction.stage];
      if (name === String(instruction.stage) || name.toLowerCase() === own?.alias?.value.toLowerCase()) continue;
      const earlier = model.stages.slice(Math.max(0, instruction.stage - MAX_COMPARED), instruction.stage);
      const nearest = nearestOf(
        name,
        earlier.flatMap(({ alias }) => (alias === undefined ? [] : [alias.value])),
      );
      const message = /^\d+$/.test(name)
        ? `There is no earlier stage ${name}`
        : isLater
          ? `Stage ${name} comes later: only earlier ones can be copied from`
          : `${name} is no stage of this file, so an image or build context of that name is taken`;
      yield {
        message,
        range,
        fixes: fixWith('suggested', `Use ${nearest ?? ''}`, nearest === undefined ? undefined : [replaceRange(range, nearest)]),
      };
    }
  },
};

/** Stages whose names a misspelt one is compared with. */
const MAX_COMPARED = 100;
