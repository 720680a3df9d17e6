import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { Definition, DockerfileModel, Instruction } from '../../syntax/model.ts';
import { nameMatcher, optionOf, type TextsOption } from '../options.ts';
import { fixWith, insertAt, removeDefinition } from '../queries/edits.ts';
import { isHarmlessValue, isPlaceholder, isSecretName } from '../queries/secret-names.ts';
import type { Rule } from '../rule.ts';

const ignoredNames: TextsOption = {
  kind: 'texts',
  name: 'ignore',
  description: 'Names of ENV and ARG that hold no secret; `CSRF_*` stands for all that begin so.',
  default: [],
  examples: ['DEMO_PASSWORD', 'CSRF_*'],
};

export const rule: Rule = {
  id: 'PL3001',
  slug: 'secret-in-env-or-arg',
  title: 'Secret in ENV or ARG',
  severity: 'high',
  aliases: ['DL3064', 'SecretsUsedInArgOrEnv', 'DS-0031'],
  fixable: 'suggested',
  givesWayTo: ['PL3002', 'PL3003'],
  docs: {
    reports:
      'ENV and ARG whose name says that they hold a password, token or key. Not reported: an empty ENV, yes/no values, paths, placeholders in an ENV, names such as *_FILE, *_PATH, *_URL, PUBLIC_KEY or GPG_KEY, and an ARG without a value, or with a placeholder, whose secret a --mount=type=secret of the same name gives. A value that is a known token or holds the credentials of a URL is reported by the rule for those alone.',
    why: "Both are written into the image's configuration or history: whoever can pull the image reads them with `docker history` or `docker inspect`, also when a later line unsets them.",
    fix: 'Give the secret only to the RUN that needs it, with `--mount=type=secret,id=…,env=…`, and to the running container at start.',
    bad: [
      'FROM alpine:3.20\nENV DB_PASSWORD=hunter2hunter2\n',
      'FROM node:22\nARG NPM_TOKEN\nRUN npm ci\n',
      'FROM alpine:3.20\nENV A=b apiKey="0e1f3b"\n',
      'FROM alpine:3.20\nARG AWS_SECRET_ACCESS_KEY=0e1f3b\n',
      'FROM alpine:3.20\nENV DB_PASSWORD hunter2 hunter2\n',
    ],
    good: [
      'FROM alpine:3.20\nENV DB_PASSWORD_FILE=/run/secrets/db TOKEN_VERSION=2 ALLOW_EMPTY_PASSWORD=yes\n',
      'FROM alpine:3.20\nARG DOCKER_EMAIL=a@example.com\nARG TRAVIS_OS_NAME=linux\nARG PUBLIC_KEY_URL=https://example.com/key.asc\n',
      'FROM alpine:3.20\nENV DB_PASSWORD="" SSH_KEY=/root/.ssh/id\n',
      'FROM node:22\nARG NPM_TOKEN\nRUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci\n',
      'FROM python:3.13\nENV GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568\n',
    ],
    references: ['https://docs.docker.com/build/building/secrets/', 'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/'],
  },
  options: [ignoredNames],
  *check(model, context) {
    const isIgnored = nameMatcher(optionOf(context, ignoredNames));
    const mounted = mountedSecrets(model);
    for (const definition of model.definitions) {
      const { name, kind } = definition;
      const value = givenValue(definition);
      if (!isSecretName(name) || isIgnored(name) || (value !== undefined && isHarmlessValue(value))) continue;
      if (value === undefined && (kind === 'ENV' || mounted.has(name.toLowerCase()))) continue;
      if (value !== undefined && isEmptyDefault(model, definition, value)) continue;
      yield {
        message: `${name} looks like a secret: ${kind === 'ENV' ? 'ENV stays in the image' : 'ARG stays in the history of the image'}`,
        range: definition.nameRange,
        subject: definition.range,
        fixes: fixWith('suggested', `Give ${name} as a build secret`, useMount(model, definition)),
      };
    }
  },
};

/** An ARG that is empty, or says what to fill in, is given its value by the build. */
function givenValue({ kind, value }: Definition): string | undefined {
  return kind === 'ARG' && value !== undefined && (value === '' || isPlaceholder(value)) ? undefined : value;
}

/** True for `${X:-}` of an X that nothing in the file defines: it puts nothing in. */
function isEmptyDefault(model: DockerfileModel, { instruction }: Definition, value: string): boolean {
  const name = /^\$\{(\w+):?-\}$/.exec(value)?.[1];
  return name !== undefined && !model.definitions.some((other) => other.name === name && other.instruction.index < instruction.index);
}

/** Returns names, in lower case, that a secret mount of the file goes by. */
function mountedSecrets(model: DockerfileModel): ReadonlySet<string> {
  const names = model.instructions.flatMap((instruction) =>
    secretMounts(instruction).flatMap((mount) => [...mount.matchAll(/(?:^|,)(?:id|env|target|dst)=([^,]+)/g)]),
  );
  return new Set(names.map((match) => (match[1] ?? '').replace(/^.*\//, '').replaceAll('-', '_').toLowerCase()));
}

function secretMounts(instruction: Instruction): readonly string[] {
  return instruction.flags.flatMap(({ name, value }) => (name === 'mount' && value?.includes('type=secret') === true ? [value] : []));
}

/** Takes the name out and mounts the secret in the RUNs of the stage that use it. */
function useMount(model: DockerfileModel, definition: Definition): readonly TextEdit[] {
  const { name, instruction } = definition;
  const users = model.instructions.filter(
    (other) => other.keyword === 'RUN' && other.stage === instruction.stage && other.index > instruction.index && mentions(other.body.text, name),
  );
  const mount = ` --mount=type=secret,id=${name},env=${name}`;
  return [...removeDefinition(model, definition), ...users.map((user) => insertAt(user.keywordRange.end, mount))];
}

function mentions(text: string, name: string): boolean {
  return text.includes(`\${${name}}`) || text.split(`$${name}`).some((after, index) => index > 0 && !/^\w/.test(after));
}
