import { isPathIgnored } from '../queries/dockerignore.ts';
import { copiesOf, resolveWord } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8043',
  slug: 'copy-ignored-file',
  title: 'Copied file is kept out of the build context',
  severity: 'low',
  aliases: ['CopyIgnoredFile'],
  appliesToHistory: false,
  docs: {
    reports:
      'COPY and ADD of a file or folder that .dockerignore keeps out. Not reported: patterns such as `*.js`, --from, and what an exception (`!…`) may take in again.',
    why: 'The builder does not see the file: the build stops and says that it does not exist, although it lies there.',
    fix: 'Take it in again with a line `!name` at the end of .dockerignore, or do not copy it.',
    bad: ['FROM scratch\nCOPY tmp/app /app\n', 'FROM scratch\nCOPY package.json node_modules ./\n', 'FROM scratch\nADD ["./src/tmp/a.log", "/"]\n'],
    good: ['FROM scratch\nCOPY . .\nCOPY src/app package.json ./\n', 'FROM a:1 AS a\nFROM scratch\nCOPY --from=a tmp/app /app\n'],
    dockerignore: '# builds\ntmp\nnode_modules/\n**/*.log\n',
    references: [
      'https://docs.docker.com/reference/build-checks/copy-ignored-file/',
      'https://docs.docker.com/build/concepts/context/#dockerignore-files',
    ],
  },
  *check(model, { dockerignore }) {
    if (dockerignore === undefined) return;
    let looked = 0;
    for (const instruction of copiesOf(model)) {
      if (instruction.onbuild || instruction.flags.some(({ name }) => name === 'from')) continue;
      for (const word of instruction.args.slice(0, -1)) {
        const path = resolveWord(model, instruction, word);
        if (looked++ > MAX_SOURCES) return;
        if (path === undefined || !isPlainPath(path) || !isPathIgnored(dockerignore, path)) continue;
        yield { message: `.dockerignore keeps ${nameOf(path)} out of the build context`, range: word.range };
      }
    }
  },
};

/** Most sources that are compared with each line of .dockerignore. */
const MAX_SOURCES = 500;

/** No pattern, here-document, URL or way out of the context. */
function isPlainPath(path: string): boolean {
  return !/[*?[\\]|^<<|^[a-z][a-z0-9+.-]*:|^git@|(?:^|\/)\.\.(?:\/|$)/i.test(path);
}

function nameOf(path: string): string {
  return /^[./]*$/.test(path) ? 'everything' : path;
}
