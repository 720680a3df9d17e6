import type { DockerWord, Instruction } from '../../syntax/model.ts';
import { isIgnored } from '../queries/dockerignore.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import { copiesOf, finalStageIndexes } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL3005',
  slug: 'whole-context-copied',
  title: 'Whole build context copied',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'COPY and ADD of the whole build context (`.`, `./`, `*`) into the final image without a .dockerignore that keeps .git and .env out. Where the file is linted without its directory, none is taken to exist. Stages that are only copied from, and COPY --from, are not reported.',
    why: 'Whatever lies in the directory at build time goes along: .env files, keys, and the whole history in .git with every secret that was ever committed.',
    fix: 'Name what the image needs (`COPY src package.json ./`), or write a .dockerignore with at least .git and .env in it; best begin it with `*` and let in with `!` what is needed.',
    bad: ['FROM node:22\nWORKDIR /app\nCOPY . .\n', 'FROM alpine:3.20\nADD --chown=1000 ./ /app/\n', 'FROM alpine:3.20\nCOPY ["*", "/app/"]\n'],
    good: [
      'FROM node:22\nCOPY src package.json ./\n',
      'FROM golang:1.23 AS build\nCOPY . /src\nRUN go build -o /app /src\nFROM scratch\nCOPY --from=build /app /app\n',
      'FROM node:22 AS build\nFROM node:22-slim\nCOPY --from=build . .\n',
    ],
    references: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  },
  *check(model, { dockerignore }) {
    const missing = missingPatterns(dockerignore);
    if (missing.length === 0) return;
    const stages = finalStageIndexes(model);
    for (const instruction of copiesOf(model)) {
      const { flags, stage, args } = instruction;
      if (!stages.has(stage) || flags.some(({ name }) => name === 'from' || name === 'exclude')) continue;
      for (const word of args.slice(0, -1)) {
        if (!isWholeContext(word)) continue;
        const reason = dockerignore === undefined ? 'there is no .dockerignore' : `.dockerignore does not name ${missing.join(' and ')}`;
        yield {
          message: `All of the build context goes into the image, and ${reason}`,
          range: word.range,
          fixes: fixWith('suggested', 'Copy a folder to be named', [replaceRange(word.range, templateFor(instruction))]),
        };
      }
    }
  },
};

/** What a build context should not bring, by the names that every project may have. */
const KEPT_OUT = ['.git', '.env'];

function missingPatterns(text: string | undefined): readonly string[] {
  return text === undefined ? KEPT_OUT : KEPT_OUT.filter((name) => !isIgnored(text, name));
}

function isWholeContext({ value }: DockerWord): boolean {
  return /^(?:\.\/?|\/|\.?\/?\*{1,2})$/.test(value);
}

function templateFor({ args }: Instruction): string {
  return args.at(-1)?.value.endsWith('/') === true ? 'REPLACE_WITH_WHAT_IS_NEEDED/' : 'REPLACE_WITH_WHAT_IS_NEEDED';
}
