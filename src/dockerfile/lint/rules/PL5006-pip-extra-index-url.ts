import { findFlags, optionsOf, pipCommands } from '../queries/commands.ts';
import { fixWith, replaceWord } from '../queries/edits.ts';
import { settingsNamed } from '../queries/settings.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5006',
  slug: 'pip-extra-index-url',
  title: 'pip mixes package indexes',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports: 'pip --extra-index-url, PIP_EXTRA_INDEX_URL and `pip config set global.extra-index-url`.',
    why: 'pip takes the highest version that any of its indexes offers: whoever registers the name of your private package on the public index, with a higher number, gets his code into the build.',
    fix: 'Use one index, --index-url, that proxies the public one; or install private packages in a step of their own with --index-url and --no-deps.',
    bad: [
      'FROM python:3.13\nRUN pip install --extra-index-url https://pypi.example.com/simple a==1\n',
      'FROM python:3.13\nRUN pip3 install --extra-index-url=https://pypi.example.com/simple a==1\n',
      'FROM python:3.13\nENV PIP_EXTRA_INDEX_URL=https://pypi.example.com/simple\n',
    ],
    good: [
      'FROM python:3.13\nRUN pip install --index-url https://pypi.example.com/simple a==1\n',
      'FROM python:3.13\nENV PIP_INDEX_URL=https://pypi.example.com/simple\n',
    ],
    references: ['https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-extra-index-url'],
  },
  *check(model) {
    const message = 'pip takes the highest version of any index: a public package of the same name wins';
    for (const command of pipCommands(model)) {
      const hasIndex = findFlags(command, { short: 'i', long: 'index-url' }).length > 0;
      for (const { word } of findFlags(command, { long: 'extra-index-url' })) {
        const edits = hasIndex ? undefined : replaceWord(word, word.value.replace('--extra-index-url', '--index-url'));
        yield { message, range: word.range, fixes: fixWith('suggested', 'Use it as the only index', edits) };
      }
      const [verb, set, name] = optionsOf(command).operands;
      if (verb?.value === 'config' && set?.value === 'set' && name !== undefined && /^[\w-]+\.extra[-_]index[-_]url$/.test(name.value)) {
        const edits = replaceWord(name, name.value.replace(/extra[-_]/, ''));
        yield { message, range: name.range, fixes: fixWith('suggested', 'Use it as the only index', edits) };
      }
    }
    for (const { name, value, range, definition } of settingsNamed(model, 'PIP_EXTRA_INDEX_URL')) {
      if (value.trim() === '') continue;
      const edits = definition === undefined ? undefined : [{ range: definition.nameRange, newText: name.replace('EXTRA_', '') }];
      yield { message, range, fixes: fixWith('suggested', 'Use it as the only index', edits) };
    }
  },
};
