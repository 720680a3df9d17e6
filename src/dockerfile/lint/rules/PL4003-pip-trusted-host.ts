import { findFlags, optionsOf, pipCommands } from '../queries/commands.ts';
import { fixWith, removeOption, removeWord } from '../queries/edits.ts';
import { removeSetting, settingsNamed } from '../queries/settings.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL4003',
  slug: 'pip-trusted-host',
  title: 'pip does not check certificates',
  severity: 'high',
  aliases: ['CKV2_DOCKER_4', 'CKV2_DOCKER_16'],
  fixable: 'suggested',
  docs: {
    reports: 'pip --trusted-host, PIP_TRUSTED_HOST in any form, and `pip config set global.trusted-host`. An empty value is not reported.',
    why: 'For a trusted host pip takes any certificate and plain http: whoever answers in its place chooses the packages, whose setup code runs in the build.',
    fix: 'Remove it and reach the index over https. For a private CA use --cert or PIP_CERT.',
    bad: [
      'FROM python:3.13\nRUN pip install --trusted-host pypi.example.com requests==2.32.3\n',
      'FROM python:3.13\nENV PIP_TRUSTED_HOST=pypi.example.com\n',
      'FROM python:3.13\nRUN python3 -m pip install --trusted-host=pypi.example.com -r r.txt\n',
      'FROM python:3.13\nRUN pip config set global.trusted-host pypi.example.com\n',
    ],
    good: [
      'FROM python:3.13\nRUN pip install --cert /ca.pem requests==2.32.3\n',
      'FROM python:3.13\nRUN echo --trusted-host\nENV PIP_TRUSTED_HOST=\n',
    ],
    references: ['https://pip.pypa.io/en/stable/cli/pip/#cmdoption-trusted-host'],
  },
  *check(model) {
    for (const command of pipCommands(model)) {
      for (const option of findFlags(command, { long: 'trusted-host' })) {
        const fixes = fixWith('suggested', 'Remove --trusted-host', removeOption(model, command, option));
        yield { message: `pip takes any certificate, or none, from ${option.value ?? 'this host'}`, range: option.word.range, fixes };
      }
      const [verb, set, name, value] = optionsOf(command).operands;
      if (verb?.value === 'config' && set?.value === 'set' && name !== undefined && /^[\w-]+\.trusted[-_]host$/.test(name.value)) {
        const [nameEdit, valueEdit] = [removeWord(model, command, name), value === undefined ? [] : removeWord(model, command, value)];
        const edits =
          nameEdit === undefined || valueEdit === undefined ? undefined : [{ range: set.range, newText: 'list' }, ...nameEdit, ...valueEdit];
        yield {
          message: 'pip is set to take any certificate, or none, from a host',
          range: name.range,
          fixes: fixWith('suggested', 'Do not set it', edits),
        };
      }
    }
    for (const setting of settingsNamed(model, 'PIP_TRUSTED_HOST')) {
      if (setting.value.trim() === '') continue;
      const fixes = fixWith('suggested', 'Remove PIP_TRUSTED_HOST', removeSetting(model, setting));
      yield { message: `pip takes any certificate, or none, from ${setting.value}`, range: setting.range, fixes };
    }
  },
};
