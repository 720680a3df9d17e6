import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction, InstructionFlag } from '../../syntax/model.ts';
import { offsetAt, rangeAt } from '../../syntax/text-document.ts';
import { fixWith, removeDefinition, removeInstruction, replaceRange, textAt } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL2011',
  slug: 'container-engine-socket',
  title: "Container engine's socket in the container",
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'The socket of Docker, containerd, Podman or CRI-O as a VOLUME, as a mount of a RUN or copied, `-v /var/run/docker.sock` in a command, and ENV DOCKER_HOST with an engine that listens on tcp without TLS (port 2375).',
    why: "Whoever speaks to the engine starts a privileged container with the host's disk in it: the socket is root on the host.",
    fix: 'Build images with a tool that needs no engine (BuildKit rootless, buildah, kaniko); let an application that must see containers speak to a proxy that passes only the calls it needs.',
    bad: [
      'FROM docker:27-cli\nVOLUME /var/run/docker.sock\n',
      'FROM docker:27-cli\nVOLUME ["/data", "/run/containerd/containerd.sock"]\n',
      'FROM docker:27-cli\nRUN --mount=type=bind,source=/var/run/docker.sock,target=/var/run/docker.sock docker ps\n',
      'FROM docker:27-cli\nCMD ["docker", "run", "-v", "/var/run/docker.sock:/var/run/docker.sock", "a"]\n',
      'FROM docker:27-cli\nENV DOCKER_HOST=tcp://host.docker.internal:2375\n',
    ],
    good: [
      'FROM docker:27-cli\nVOLUME /var/lib/docker\nENV DOCKER_HOST=tcp://docker:2376 DOCKER_TLS_VERIFY=1\n',
      'FROM php:8.3\nRUN chmod 660 /run/php-fpm.sock\nVOLUME /run/mysqld\n',
    ],
    references: ['https://docs.docker.com/engine/security/#docker-daemon-attack-surface', 'https://attack.mitre.org/techniques/T1611/'],
  },
  *check(model) {
    for (const instruction of model.instructions) {
      for (const { range, edits } of placesIn(model, instruction)) {
        yield { message: "The engine's socket is root on the host", range, fixes: fixWith('suggested', 'Remove it', edits) };
      }
    }
    for (const definition of model.definitions) {
      if (definition.name !== 'DOCKER_HOST' || !/^tcp:\/\/[^/\s]{1,200}:2375\/?$/.test(definition.resolved ?? definition.value ?? '')) continue;
      yield {
        message: 'An engine that listens on port 2375 takes orders from everybody: it is root on its host',
        range: definition.range,
        fixes: fixWith('suggested', 'Remove DOCKER_HOST', removeDefinition(model, definition)),
      };
    }
    for (const command of model.commands()) {
      if (!/^(?:docker|podman|nerdctl)$/.test(command.name)) continue;
      for (const { value, range } of command.args) {
        if (/(?:^|=|,)[\w/.-]{0,200}\.sock:/.test(value) && SOCKET.test(value)) yield { message: "The engine's socket is root on the host", range };
      }
    }
  },
};

const SOCKET = /(?:^|[/=])(?:docker|containerd|podman|crio|dockershim)\.sock(?:$|[:,])/;

interface Place {
  readonly range: TextRange;
  readonly edits: readonly TextEdit[] | undefined;
}

function placesIn(model: DockerfileModel, instruction: Instruction): readonly Place[] {
  const { keyword, flags, json } = instruction;
  if (keyword === 'RUN') return flags.filter(({ name, value }) => name === 'mount' && SOCKET.test(value ?? '')).map((flag) => toPlace(model, flag));
  if (keyword !== 'VOLUME' && keyword !== 'COPY' && keyword !== 'ADD') return [];
  const { args } = instruction;
  const paths = args.filter(({ value }) => SOCKET.test(value));
  const isAll = keyword !== 'VOLUME' || args.length === 1;
  return paths.slice(0, isAll ? 1 : undefined).map(({ range }) => ({
    range,
    edits: isAll ? removeInstruction(model, instruction) : json ? undefined : withoutWord(model, range),
  }));
}

function toPlace(model: DockerfileModel, { range }: InstructionFlag): Place {
  return { range, edits: withoutWord(model, range) };
}

/** Undefined when the word goes over several lines. */
function withoutWord(model: DockerfileModel, range: TextRange): readonly TextEdit[] | undefined {
  if (textAt(model, range).includes('\n')) return undefined;
  const start = offsetAt(model.document, range.start);
  const before = /[ \t]*$/.exec(model.text.slice(Math.max(0, start - 200), start))?.[0].length ?? 0;
  return [replaceRange(rangeAt(model.document, start - before, offsetAt(model.document, range.end)), '')];
}
