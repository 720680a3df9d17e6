import type { TextEdit } from '../../../foundation/model/text-range.ts';
import { expandVariables } from '../../syntax/docker-words.ts';
import type { DockerfileModel, ImageName, Stage } from '../../syntax/model.ts';
import { offsetAt } from '../../syntax/text-document.ts';
import { fixWith, insertAt, insertLineAbove, lineBreak } from '../queries/edits.ts';
import { baseImageUser } from '../queries/image-users.ts';
import { lineageOf } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL2001',
  slug: 'final-user-root',
  title: 'Container runs as root',
  severity: 'medium',
  aliases: ['DL3002', 'DS-0002', 'CKV_DOCKER_3', 'CKV_DOCKER_8'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'The last USER of the final stage is root, or neither it nor the stages it builds on set one. Not reported: other stages, a user from a variable, base images that are known not to run as root or say so in their name, images from scratch that start nothing, Windows.',
    why: 'Whoever takes over the process is root inside the container: free to change its files and tools, and one kernel or runtime flaw away from being root on the host.',
    fix: 'Put `USER` with a numeric id in front of CMD or ENTRYPOINT, behind the last step that needs root.',
    bad: [
      'FROM alpine:3.20\nRUN apk add --no-cache nginx\nCMD ["nginx"]\n',
      'FROM alpine:3.20\nUSER root\nCMD ["nginx"]\n',
      'FROM alpine:3.20 AS base\nUSER 0:0\nFROM base\nCMD ["nginx"]\n',
    ],
    good: [
      'FROM alpine:3.20\nUSER 10001:10001\nCMD ["nginx"]\n',
      'FROM alpine:3.20 AS base\nUSER app\nFROM base\nCMD ["nginx"]\n',
      'FROM alpine:3.20 AS build\nUSER root\nFROM gcr.io/distroless/static:nonroot\nCOPY --from=build /app /app\n',
    ],
    references: ['https://docs.docker.com/reference/dockerfile/#user', 'https://docs.docker.com/build/building/best-practices/#user'],
  },
  *check(model) {
    const stage = model.finalStage;
    if (stage === undefined || stage.isWindows) return;
    const word = stage.user?.args[0];
    if (word === undefined) {
      const base = lineageOf(stage).at(-1)?.image;
      if (stage.image === undefined || base === undefined || base.unresolved || startsNothing(stage, base)) return;
      const user = baseImageUser(base);
      if (user === 'own') return;
      yield {
        message:
          user === 'root'
            ? 'No USER is set, so the container runs as root'
            : 'No USER is set: unless the base image sets one, the container runs as root',
        // The stage lacks something; its image is not at fault, and has rules of its own that underline it.
        range: stage.from.keywordRange,
        fixes: fixWith('suggested', 'Add a USER that is not root', addUser(model, stage)),
      };
      return;
    }
    const user = expandVariables(word.text, model.escape, (name) => (stage.user === undefined ? undefined : model.resolveVariable(name, stage.user)));
    if (!user.known || !/^(?:root|0+)(?::.*)?$/i.test(user.value)) return;
    const message = `The last USER is ${word.value}: the container runs as root`;
    yield { message, range: word.range, fixes: fixWith('suggested', 'Add a USER that is not root', addUser(model, stage)) };
  },
};

/** True for an image that only hands files on: without a command of its own no container of it runs. */
function startsNothing(stage: Stage, base: ImageName): boolean {
  return (
    base.kind === 'scratch' &&
    !lineageOf(stage).some(({ instructions }) => instructions.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT'))
  );
}

const USER_LINE = 'USER 10001:10001';

/** Before what the container starts when nothing is built behind it, else at the end. */
function addUser(model: DockerfileModel, stage: Stage): readonly TextEdit[] | undefined {
  const last = stage.instructions.at(-1) ?? stage.from;
  const lastBuilding = stage.instructions.findLastIndex(
    ({ keyword }) => keyword === 'RUN' || keyword === 'COPY' || keyword === 'ADD' || keyword === 'USER',
  );
  const start = stage.instructions.slice(lastBuilding + 1).find(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  if (start !== undefined && !start.onbuild) return [insertLineAbove(model, start, USER_LINE)];
  const rest = model.text.slice(offsetAt(model.document, last.range.end));
  // A continuation that nothing follows yet, or a here-document that is still open, would swallow the new line.
  if (rest.trim() !== '' || last.heredocs.some((heredoc) => !heredoc.terminated)) return undefined;
  return [insertAt(last.range.end, lineBreak(model) + USER_LINE)];
}
