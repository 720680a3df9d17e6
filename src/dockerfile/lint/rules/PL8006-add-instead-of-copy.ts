import type { DockerfileModel, DockerWord, Instruction } from '../../syntax/model.ts';
import { fixWith, replaceRange, textAt } from '../queries/edits.ts';
import { instructionsNamed, resolveWord } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8006',
  slug: 'add-instead-of-copy',
  title: 'ADD where COPY does',
  severity: 'low',
  aliases: ['DL3020', 'DS-0005', 'CKV_DOCKER_4'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: 'ADD of local files and directories that are no archives by their name. URLs, Git repositories and archives are not reported.',
    why: 'ADD unpacks whatever turns out to be an archive and fetches whatever looks like a URL: a file with another content lands elsewhere than meant.',
    fix: 'Use COPY.',
    bad: ['FROM alpine:3.20\nADD app.conf /etc/\n', 'FROM alpine:3.20\nADD --chown=app ["src", "/src"]\n'],
    good: [
      'FROM alpine:3.20\nADD app.tar.gz /opt/\n',
      'FROM alpine:3.20\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a /a\n',
      'FROM alpine:3.20\nADD git@github.com:a/b.git /src\nADD $FILE /x\nCOPY a /a\n',
    ],
    references: ['https://docs.docker.com/build/building/best-practices/#add-or-copy'],
  },
  *check(model) {
    for (const instruction of instructionsNamed(model, 'ADD')) {
      const sources = instruction.args.slice(0, -1);
      if (sources.length === 0 || !sources.every((word) => isPlainFile(model, instruction, word))) continue;
      const written = textAt(model, instruction.keywordRange);
      const keyword = written === written.toLowerCase() ? 'copy' : 'COPY';
      const canCopy = instruction.flags.every(({ name }) => ['chown', 'chmod', 'link', 'exclude'].includes(name));
      yield {
        message: 'ADD may unpack or fetch what COPY would copy as it is',
        range: instruction.keywordRange,
        fixes: fixWith('suggested', 'Use COPY', canCopy ? [replaceRange(instruction.keywordRange, keyword)] : undefined),
      };
    }
  },
};

const REMOTE = /^(?:[a-z][a-z0-9+.-]{1,20}:\/\/|git@|[\w.-]{1,100}@[\w.-]{1,100}:)|\.git(?:#.*)?$|^github\.com\//i;
const ARCHIVE = /\.(?:tar(?:\.\w{1,6})?|tgz|tbz2?|txz|tlz|tzst|gz|bz2|xz|zst|lzma)$/i;

function isPlainFile(model: DockerfileModel, instruction: Instruction, word: DockerWord): boolean {
  const path = resolveWord(model, instruction, word);
  return path !== undefined && !REMOTE.test(path) && !ARCHIVE.test(path);
}
