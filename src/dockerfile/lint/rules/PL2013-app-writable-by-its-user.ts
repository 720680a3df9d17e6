import { fixWith, replaceRange } from '../queries/edits.ts';
import type { DockerWord, Instruction, InstructionFlag, Stage } from '../../syntax/model.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL2013',
  slug: 'app-writable-by-its-user',
  title: 'Program owned by the user that runs it',
  severity: 'negligible',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'COPY and ADD in the final stage that give the program which ENTRYPOINT or CMD starts, or what goes into a bin directory, to the user that runs it. Data, configuration and sources are not reported.',
    why: 'Whoever takes over the process can replace its program, and so stays in the container over every restart of the process.',
    fix: 'Leave programs with root and readable for all: drop --chown, use `--chmod=755`. Give the user only the directories that it writes to.',
    bad: [
      'FROM alpine:3.20\nCOPY --chown=app:app server /usr/local/bin/server\nUSER app\nENTRYPOINT ["/usr/local/bin/server"]\n',
      'FROM alpine:3.20\nUSER 10001\nCOPY --chown=10001 run.sh /run.sh\nCMD /run.sh\n',
    ],
    good: [
      'FROM alpine:3.20\nCOPY --chmod=755 server /usr/local/bin/server\nCOPY --chown=app data /data/\nUSER app\nENTRYPOINT ["/usr/local/bin/server"]\n',
      'FROM alpine:3.20\nCOPY --chown=root server /usr/local/bin/server\nUSER app\nENTRYPOINT ["/usr/local/bin/server"]\n',
    ],
    references: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
  },
  *check(model) {
    const stage = model.finalStage;
    const user = stage?.user?.args[0]?.value.split(':')[0];
    if (stage === undefined || user === undefined || user === '' || /^(?:root|0+)$/.test(user)) return;
    const started = startedPaths(stage);
    for (const instruction of stage.instructions) {
      const chown = chownOf(instruction);
      const target = instruction.args.at(-1);
      if (chown?.value?.split(':')[0] !== user || target === undefined) continue;
      const program = instruction.args
        .slice(0, -1)
        .map((source) => placeOf(source, target))
        .find((path) => started.has(path) || BIN.test(path));
      if (program === undefined) continue;
      yield {
        message: `${user}, who runs ${program}, may replace it`,
        range: chown.range,
        fixes: fixWith('suggested', 'Leave it with root', [replaceRange(chown.range, '--chmod=755')]),
      };
    }
  },
};

const BIN = /^\/(?:usr\/|usr\/local\/)?s?bin\/[^/]{1,200}$/;

function chownOf({ keyword, flags, onbuild }: Instruction): InstructionFlag | undefined {
  if ((keyword !== 'COPY' && keyword !== 'ADD') || onbuild || flags.some(({ name }) => name === 'chmod')) return undefined;
  return flags.find(({ name }) => name === 'chown');
}

/** The absolute paths that the container's command names. */
function startedPaths(stage: Stage): ReadonlySet<string> {
  const starts = stage.instructions.filter(({ keyword, onbuild }) => (keyword === 'ENTRYPOINT' || keyword === 'CMD') && !onbuild);
  return new Set(starts.flatMap(({ args }) => args.slice(0, 3).map(({ value }) => value)).filter((value) => value.startsWith('/')));
}

function placeOf(source: DockerWord, target: DockerWord): string {
  return target.value.endsWith('/') ? target.value + source.value.slice(source.value.replace(/\/$/, '').lastIndexOf('/') + 1) : target.value;
}
