import type { FixLookUp } from '../../../foundation/model/diagnostic.ts';
import { expandVariables } from '../../syntax/docker-words.ts';
import type { DockerfileModel, DockerWord, Instruction } from '../../syntax/model.ts';
import { lookUpOf } from '../queries/download-source.ts';
import { fixWith, insertAt } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5002',
  slug: 'add-without-checksum',
  title: 'ADD of a remote file without a checksum',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'ADD of an http, https or ftp URL without --checksum. Not reported: a git repository or a file of GitHub at a full commit id, and what is only there to make a cached layer old: a file that the next RUN removes first thing, and what GitHub tells of the newest commit.',
    why: 'Whoever controls the server, the name or the path to it decides what lands in the image, and each build may get something else.',
    fix: 'Add `--checksum=sha256:…` of the file that was checked; for git, name the commit.',
    bad: [
      'FROM alpine:3.20\nADD https://example.com/a.tar.gz /opt/\n',
      'FROM alpine:3.20\nARG V=1\nADD --chown=app https://example.com/a-$V.tar /\n',
      'FROM alpine:3.20\nADD ["http://example.com/a", "/a"]\n',
    ],
    good: [
      'FROM alpine:3.20\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a.tar.gz /opt/\n',
      'FROM alpine:3.20\nADD a.tar.gz /opt/\nCOPY b https://example.com/\n',
      'FROM alpine:3.20\nADD https://github.com/a/b.git#0123456789012345678901234567890123456789 /src\n',
    ],
    references: ['https://docs.docker.com/reference/dockerfile/#add---checksum'],
  },
  *check(model) {
    for (const instruction of model.instructions) {
      if (instruction.keyword !== 'ADD' || instruction.flags.some((flag) => flag.name === 'checksum') || isCacheBreaker(model, instruction)) continue;
      for (const word of instruction.args.slice(0, -1)) {
        const expanded = expandVariables(word.text, model.escape, (name) => model.resolveVariable(name, instruction));
        const { value } = expanded;
        if (!/^(?:https?|ftps?):\/\//i.test(value) || AT_COMMIT.test(value)) continue;
        const template = ` --checksum=sha256:${PLACEHOLDER}`;
        yield {
          message: 'What this URL serves goes into the image unchecked',
          range: word.range,
          fixes: fixWith(
            'suggested',
            'Add --checksum to fill in',
            [insertAt(instruction.keywordRange.end, template)],
            lookUpFor(instruction, word, expanded),
          ),
        };
      }
    }
  },
};

const PLACEHOLDER = 'REPLACE_WITH_THE_SHA256_OF_THE_FILE';

function lookUpFor(instruction: Instruction, { text }: DockerWord, { value, known }: ReturnType<typeof expandVariables>): FixLookUp {
  if (instruction.args.length > 2 || instruction.heredocs.length > 0)
    return { placeholder: PLACEHOLDER, refused: '--checksum is for an ADD with one source; give this one an ADD of its own' };
  // The builder clones such an address; its --checksum is that of a commit.
  if (/\.git\/?(?:[?#]|$)/.test(value)) return { placeholder: PLACEHOLDER, refused: 'it is a git repository; name the commit behind #' };
  return lookUpOf(PLACEHOLDER, { address: value, written: text, known });
}

const AT_COMMIT =
  /\.git\/?#[0-9a-f]{40}(?:[0-9a-f]{24})?(?::|$)|^https:\/\/(?:raw\.githubusercontent\.com|github\.com)\/(?:[^/\s]{1,100}\/){2}(?:(?:raw|archive|blob|tarball|zipball)\/)?[0-9a-f]{40}(?:[/.]|$)/;
const NEWEST_COMMIT = /^https:\/\/api\.github\.com\/repos\/[^/\s]{1,100}\/[^/\s]{1,100}\/(?:git\/refs?|commits|branches)\b/;

function isCacheBreaker(model: DockerfileModel, { index, args }: Instruction): boolean {
  if (args.length === 2 && NEWEST_COMMIT.test(args[0]?.value ?? '')) return true;
  const next = model.instructions[index + 1];
  if (next?.keyword !== 'RUN' || args.length !== 2) return false;
  const [first] = model.commandsOf(next);
  return first?.name === 'rm' && first.args.some(({ value }) => value === args[1]?.value);
}
