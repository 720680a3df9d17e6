import { expandVariables } from '../../syntax/docker-words.ts';
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
    reports: 'ADD of an http, https or ftp URL without --checksum. Not reported: a git repository at a full commit id.',
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
      if (instruction.keyword !== 'ADD' || instruction.flags.some((flag) => flag.name === 'checksum')) continue;
      for (const word of instruction.args.slice(0, -1)) {
        const { value } = expandVariables(word.text, model.escape, (name) => model.resolveVariable(name, instruction));
        if (!/^(?:https?|ftps?):\/\//i.test(value) || /\.git(?:\/)?#[0-9a-f]{40}(?:[0-9a-f]{24})?(?::|$)/.test(value)) continue;
        const template = ' --checksum=sha256:REPLACE_WITH_THE_SHA256_OF_THE_FILE';
        yield {
          message: 'What this URL serves goes into the image unchecked',
          range: word.range,
          fixes: fixWith('suggested', 'Add --checksum to fill in', [insertAt(instruction.keywordRange.end, template)]),
        };
      }
    }
  },
};
