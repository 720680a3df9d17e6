import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { isMountedAs, secretMount } from '../queries/build-secrets.ts';
import { fixWith, insertAt } from '../queries/edits.ts';
import { instructionsNamed } from '../queries/instructions.ts';
import { isSecretName } from '../queries/secret-names.ts';
import { rangeIn } from '../queries/secret-texts.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL3009',
  slug: 'secret-argument-used',
  title: 'Secret build argument used in RUN',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  givesWayTo: ['PL3002'],
  appliesToHistory: false,
  docs: {
    reports:
      'A RUN that uses a build argument as a secret: by the name of the ARG, or by the place it is used in (an Authorization header, a password option, the credentials of a URL). Not reported when the RUN is given a variable of that name by --mount=type=secret.',
    why: 'The builder records the values of all build arguments with each RUN that could use them: `docker history --no-trunc` shows them to whoever has the image, and so does the provenance that is pushed with it.',
    fix: 'Give it to that RUN alone: `RUN --mount=type=secret,id=npm-token,env=NPM_TOKEN …`, and take the ARG out.',
    bad: [
      'FROM node:22\nARG NPM_TOKEN\nRUN npm config set //registry.example.com/:_authToken $NPM_TOKEN\n',
      'FROM alpine:3.20\nARG AUTH\nRUN curl -H "Authorization: Bearer ${AUTH}" https://example.com/a\n',
      'FROM alpine:3.20\nARG P\nRUN git clone https://bob:$P@example.com/a.git\n',
      'FROM alpine:3.20\nARG KEY\nRUN curl --user bob:$KEY https://example.com/a\n',
    ],
    good: [
      'FROM node:22\nRUN --mount=type=secret,id=npm-token,env=NPM_TOKEN npm config set //registry.example.com/:_authToken $NPM_TOKEN\n',
      'FROM node:22\nARG VERSION\nRUN curl https://example.com/a-$VERSION.tar | tar x\n',
      "FROM node:22\nARG NPM_TOKEN\nRUN echo '//registry.example.com/:_authToken=${NPM_TOKEN}' > .npmrc\n",
    ],
    references: ['https://docs.docker.com/build/building/secrets/', 'https://docs.docker.com/reference/dockerfile/#arg'],
  },
  *check(model) {
    const stages = argumentsByStage(model);
    if (stages.size === 0) return;
    for (const instruction of instructionsNamed(model, 'RUN')) {
      const names = stages.get(instruction.stage);
      for (const { name, range, definition } of names === undefined ? [] : secretsUsed(model, instruction, names)) {
        yield {
          message: `The value of ${name} is recorded with this RUN in the image's history`,
          range,
          subject: definition,
          fixes: fixWith('suggested', `Give ${name} as a build secret`, [insertAt(instruction.keywordRange.end, secretMount(name))]),
        };
      }
    }
  },
};

/** A build argument, and where it begins to be known. */
interface Argument {
  readonly index: number;
  readonly onbuild: boolean;
  readonly isSecret: boolean;
  readonly range: TextRange;
}

/** Returns the ARGs of each stage that has any; those before the first FROM are known to FROM alone. */
function argumentsByStage(model: DockerfileModel): ReadonlyMap<number, ReadonlyMap<string, Argument>> {
  const stages = new Map<number, Map<string, Argument>>();
  for (const { kind, name, range, instruction } of model.definitions) {
    if (kind !== 'ARG' || instruction.stage < 0) continue;
    const names = stages.get(instruction.stage) ?? new Map<string, Argument>();
    stages.set(instruction.stage, names);
    if (!names.has(name)) names.set(name, { index: instruction.index, onbuild: instruction.onbuild, isSecret: isSecretName(name), range });
  }
  return stages;
}

/** Returns the first use of each argument that is a secret in an instruction. */
function* secretsUsed(
  model: DockerfileModel,
  instruction: Instruction,
  names: ReadonlyMap<string, Argument>,
): Iterable<Use & { readonly definition: TextRange }> {
  const seen = new Set<string>();
  for (const command of model.commandsOf(instruction)) {
    if (command.language !== 'sh') continue;
    for (const word of wordsOf(command)) {
      for (const use of usesIn(model, word, names)) {
        const argument = names.get(use.name);
        if (argument === undefined || argument.index > instruction.index || argument.onbuild !== instruction.onbuild || seen.has(use.name)) continue;
        if (!(argument.isSecret || isSecretPlace(command, word, use.before)) || isMountedAs(instruction, use.name)) continue;
        seen.add(use.name);
        yield { ...use, definition: argument.range };
      }
    }
  }
}

function wordsOf({ words, assignments }: ShellCommand): readonly ShellWord[] {
  return [...words, ...assignments.flatMap(({ value }) => value ?? [])];
}

interface Use {
  readonly name: string;
  readonly range: TextRange;
  /** What stands before it in the word. */
  readonly before: string;
}

const MAX_BEFORE = 100;

const VARIABLE = /\$(?:\{(\w{1,100})[^}]{0,100}\}|(\w{1,100}))/g;

/** Returns where a word uses one of the variables; text in single quotes, which the shell leaves alone, uses none. */
function usesIn(model: DockerfileModel, word: ShellWord, names: ReadonlyMap<string, Argument>): readonly Use[] {
  if (!word.text.includes('$') || (word.known && word.written)) return [];
  // A known default stands in the value: the whole word is what can be shown.
  const source = word.written ? word.source.text : word.text;
  return [...source.matchAll(VARIABLE)].flatMap((match) => {
    const name = match[1] ?? match[2] ?? '';
    if (!names.has(name)) return [];
    const before = source.slice(Math.max(0, match.index - MAX_BEFORE), match.index);
    return [{ name, before, range: word.written ? rangeIn(model, word.source, match.index, match.index + match[0].length) : word.range }];
  });
}

const PASSWORD_OPTION = /^(?:--?(?:[\w-]{0,30}(?:password|passwd|passphrase|token|secret)|api-?key|storepass|keypass))(?:=|$)/i;

/** True where what is given can only be a secret. */
function isSecretPlace(command: ShellCommand, word: ShellWord, before: string): boolean {
  if (
    /authorization:\s{0,4}(?:basic|bearer|token)\s{1,4}$|(?:x-api-key|private-token|job-token):\s{0,4}$|:\/\/[^\s/@]{0,80}:$|_authToken=$/i.test(
      before,
    )
  )
    return true;
  if (PASSWORD_OPTION.test(word.value) && word.value.includes('=')) return true;
  const previous = command.args[command.args.indexOf(word) - 1]?.value ?? '';
  if (PASSWORD_OPTION.test(previous) && !previous.includes('=')) return true;
  return command.name === 'curl' && /^(?:-u|--user|--proxy-user|-U)$/.test(previous) && before.endsWith(':');
}
