import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { commandsNamed, findFlags, hasFlag, optionsOf, pipCommands } from '../queries/commands.ts';
import { fixWith, insertAt } from '../queries/edits.ts';
import { settingsOf } from '../queries/settings.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5014',
  slug: 'pip-no-require-hashes',
  title: 'Hashes are there but not asked for',
  severity: 'negligible',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'pip (uv pip) install -r of a file that holds hashes, as its name (requirements.lock, hashed-requirements.txt) or its here-document says, without --require-hashes.',
    why: 'Without the option a requirement whose hash is missing, or a file whose hashes were taken out, is installed all the same when no other line has one.',
    fix: 'Add --require-hashes.',
    bad: [
      'FROM python:3.13\nCOPY requirements.lock .\nRUN pip install --no-cache-dir -r requirements.lock\n',
      'FROM python:3.13\nCOPY <<EOF /r.txt\na==1 --hash=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d\nEOF\nRUN pip install -r /r.txt\n',
    ],
    good: [
      'FROM python:3.13\nCOPY requirements.lock .\nRUN pip install --require-hashes -r requirements.lock\n',
      'FROM python:3.13\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
    ],
    references: ['https://pip.pypa.io/en/stable/topics/secure-installs/#hash-checking-mode'],
  },
  *check(model) {
    const commands = [...pipCommands(model), ...commandsNamed(model, 'uv')];
    if (commands.length === 0 || settingsOf(model).some(({ name, value }) => /^(?:PIP|UV)_REQUIRE_HASHES$/.test(name) && value !== '')) return;
    for (const command of commands) {
      if (hasFlag(command, { long: 'require-hashes' })) continue;
      const verb = optionsOf(command).operands.find(({ value }) => value === 'install');
      const file = findFlags(command, { short: 'r', long: 'requirement' }).find(
        ({ value }) => value !== undefined && holdsHashes(model, command, value),
      );
      if (verb === undefined || file === undefined) continue;
      const edits = verb.written && command.language === 'sh' ? [insertAt(verb.range.end, ' --require-hashes')] : undefined;
      yield {
        message: `${file.value ?? ''} holds hashes, but they are not required`,
        range: file.valueWord?.range ?? file.word.range,
        fixes: fixWith('suggested', 'Add --require-hashes', edits),
      };
    }
  },
};

function holdsHashes(model: DockerfileModel, { instruction }: ShellCommand, file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (/^(?:[\w.-]{0,60}[-_.])?hash(?:es|ed)?(?:[-_.][\w.-]{0,60})?$|\.lock$|(?:^|[-_.])lock\.txt$/i.test(name)) return true;
  return model.instructions.some(
    (candidate) => candidate.stage === instruction.stage && candidate.index < instruction.index && writesHashes(candidate, name),
  );
}

function writesHashes({ args, heredocs, keyword }: Instruction, name: string): boolean {
  if (keyword !== 'COPY' || args.at(-1)?.value.endsWith(name) !== true) return false;
  return heredocs.some(({ body }) => body.text.includes('--hash=sha256:'));
}
