import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed, findFlags, optionsOf, pipCommands } from '../queries/commands.ts';
import { fixWith, replaceWord } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5011',
  slug: 'pip-from-url',
  title: 'pip installs from a URL that may change',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'pip, uv pip and pipx given `git+https://…` without a full commit, a URL of an archive without a hash, or a requirements file at a URL. A branch or a tag is no commit: both can be moved.',
    why: "Whoever may push to the repository, or takes over the server, has his code run in the build: pip runs the package's setup. Two builds of one Dockerfile get different code.",
    fix: 'Name the commit (`git+https://…@<40 hexadecimal digits>`) or the hash (`https://…/a.whl#sha256=…`).',
    bad: [
      'FROM python:3.13\nRUN pip install git+https://github.com/a/b.git\n',
      'FROM python:3.13\nRUN pip install "b @ git+https://github.com/a/b.git@v1.2#egg=b"\n',
      'FROM python:3.13\nRUN pip install https://example.com/b-1.0.tar.gz\n',
    ],
    good: [
      'FROM python:3.13\nRUN pip install git+https://github.com/a/b.git@0123456789abcdef0123456789abcdef01234567\n',
      'FROM python:3.13\nRUN pip install https://example.com/b-1.0-py3-none-any.whl#sha256=24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d\n',
      'FROM python:3.13\nRUN pip install --index-url https://example.com/simple b==1.0\n',
    ],
    references: ['https://pip.pypa.io/en/stable/topics/vcs-support/', 'https://packaging.python.org/en/latest/specifications/direct-url/'],
  },
  *check(model) {
    for (const command of installs(model)) {
      for (const word of sourcesOf(command)) {
        const url = /(?:^|@\s{0,4})((?:(?:git|hg|svn|bzr)\+[a-z+]{2,8}|https?|ftp):\/\/\S+)$/i.exec(word.value)?.[1];
        if (url === undefined) continue;
        const isRepository = /^(?:git|hg|svn|bzr)\+/i.test(url);
        if (isRepository ? namesCommit(url) : namesHash(url)) continue;
        yield {
          message: isRepository ? whyMoving(url) : 'pip takes whatever this URL serves: no hash is named',
          range: word.range,
          fixes: isRequirements(command, word)
            ? []
            : fixWith('suggested', isRepository ? 'Name the commit' : 'Name the hash', pin(word, url, isRepository)),
        };
      }
    }
  },
};

function installs(model: DockerfileModel): readonly ShellCommand[] {
  const others = commandsNamed(model, 'uv', 'pipx').filter(({ args }) => args.some(({ value }) => value === 'install' || value === 'add'));
  return [...pipCommands(model).filter(({ args }) => args.some(({ value }) => /^(?:install|wheel|download)$/.test(value))), ...others];
}

function sourcesOf(command: ShellCommand): readonly ShellWord[] {
  const files = findFlags(command, { short: 'r', long: 'requirement' });
  const editable = findFlags(command, { short: 'e', long: 'editable' });
  const named = [...files, ...editable].flatMap(({ valueWord, word, value }) =>
    valueWord === undefined || value === undefined ? [] : [valueWord === word ? { ...word, value } : valueWord],
  );
  return [...optionsOf(command).operands, ...named];
}

function isRequirements(command: ShellCommand, word: ShellWord): boolean {
  return findFlags(command, { short: 'r', long: 'requirement' }).some(({ value }) => value === word.value);
}

function whyMoving(url: string): string {
  const ref = /@([^@#/:]{1,60})(?:#|$)/.exec(url)?.[1];
  if (ref === undefined) return 'pip takes whatever this repository holds that day: no commit is named';
  return /^[0-9a-f]{7,39}$/.test(ref)
    ? `${ref} is only part of a commit's id: a tag of that name would be taken for it`
    : `pip takes what ${ref} stands for that day: a tag or branch can be moved`;
}

/** The template that the fix writes counts as one: it is to be filled in. */
function namesCommit(url: string): boolean {
  return /@(?:[0-9a-f]{40}(?:[0-9a-f]{24})?|REPLACE_WITH_COMMIT)(?:#|$)/.test(url) || url.startsWith('git+file:');
}

function namesHash(url: string): boolean {
  return /[#&](?:sha256|sha384|sha512)=/.test(url) || /\/[0-9a-f]{40}(?:\.|\/|$)/.test(url);
}

function pin(word: ShellWord, url: string, isRepository: boolean): readonly TextEdit[] | undefined {
  if (!word.text.includes(url)) return undefined;
  const [place = '', fragment] = url.split('#', 2);
  const path = place.indexOf('/', place.indexOf('://') + 3);
  const at = place.indexOf('@', path < 0 ? place.length : path);
  const pinned = isRepository
    ? `${at < 0 ? place : place.slice(0, at)}@REPLACE_WITH_COMMIT${fragment === undefined ? '' : `#${fragment}`}`
    : `${url}${fragment === undefined ? '#' : '&'}sha256=REPLACE_WITH_SHA256`;
  // Behind an unquoted & the shell would begin another command.
  if (pinned.includes('&') && !/^["']/.test(word.text)) return undefined;
  return replaceWord(
    word,
    word.text.replace(url, () => pinned),
  );
}
