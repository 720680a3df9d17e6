import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, DockerWord, Instruction } from '../../syntax/model.ts';
import { fixWith, removeInstruction, replaceRange } from '../queries/edits.ts';
import { isSecretFile } from '../queries/secret-files.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL3004',
  slug: 'secret-file-copied',
  title: 'Secret file copied into the image',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'COPY and ADD of files that hold secrets by their nature: .env, private SSH and TLS keys, .npmrc, .netrc, .pypirc, .git, .aws, .kube, .docker/config.json, key stores, service-account files. Samples, public keys and certificates are not reported.',
    why: 'The file stays in its layer for everybody who can pull the image, even when a later instruction deletes it.',
    fix: 'Mount it for the one step that needs it: `RUN --mount=type=secret,id=…,target=…`; name it in .dockerignore.',
    bad: [
      'FROM node:22\nCOPY .npmrc package.json ./\n',
      'FROM alpine:3.20\nCOPY id_rsa /root/.ssh/id_rsa\n',
      'FROM alpine:3.20\nADD ["config/.env", "/app/"]\n',
      'FROM alpine:3.20\nCOPY --chown=app certs/server.key /etc/ssl/\n',
    ],
    good: [
      'FROM node:22\nCOPY .env.example package.json ./\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n',
      'FROM alpine:3.20\nCOPY id_rsa.pub ca.pem fullchain.pem keys.ts .gitignore /etc/\n',
      'FROM alpine:3.20\nCOPY app /root/.ssh\n',
    ],
    references: ['https://docs.docker.com/build/building/secrets/', 'https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  },
  *check(model) {
    for (const instruction of model.instructions) {
      if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') continue;
      const sources = instruction.args.slice(0, -1);
      for (const word of sources) {
        // Who names it `….pub` in the image knows that it is a public key.
        if (!isSecretFile(word.value) || /\.(?:pub|asc|crt)$/.test(instruction.args.at(-1)?.value ?? '')) continue;
        yield {
          message: `${word.value} is a file for secrets: it stays in this layer`,
          range: word.range,
          fixes: fixWith('suggested', 'Do not copy it', removeSource(model, instruction, sources, word)),
        };
      }
    }
  },
};

function removeSource(
  model: DockerfileModel,
  instruction: Instruction,
  sources: readonly DockerWord[],
  word: DockerWord,
): readonly TextEdit[] | undefined {
  if (sources.length === 1) return instruction.heredocs.length === 0 ? removeInstruction(model, instruction) : undefined;
  if (instruction.json) return undefined;
  const next = instruction.args[sources.indexOf(word) + 1];
  return next?.range.start.line === word.range.end.line ? [replaceRange({ start: word.range.start, end: next.range.start }, '')] : undefined;
}
