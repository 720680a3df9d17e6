import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import { hasFlag } from '../queries/commands.ts';
import { fixWith } from '../queries/edits.ts';
import { isCleaned, isInFinalImage, isMounted, isRemoved, optionBehind, packageActions } from '../queries/package-managers.ts';
import { settingsNamed, type Setting } from '../queries/settings.ts';
import { isDefinedBefore } from '../queries/variables.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6020',
  slug: 'pip-cache-left',
  title: 'pip leaves its cache in the image',
  severity: 'negligible',
  aliases: ['DL3042'],
  fixable: 'safe',
  appliesToHistory: false,
  docs: {
    reports:
      'pip install without --no-cache-dir, PIP_NO_CACHE_DIR or a cache mounted; not where the instruction removes the cache, nor outside the final image.',
    why: 'The cache holds every downloaded package a second time, and nothing uses it any more.',
    fix: 'Add --no-cache-dir, or mount a cache: `RUN --mount=type=cache,target=/root/.cache/pip …`.',
    bad: ['FROM python:3.13\nRUN pip install requests==2.32.3\n'],
    good: [
      'FROM python:3.13\nRUN pip install --no-cache-dir requests==2.32.3\n',
      'FROM python:3.13\nENV PIP_NO_CACHE_DIR=1\nRUN pip install requests==2.32.3\n',
      'FROM python:3.13\nRUN --mount=type=cache,target=/root/.cache/pip pip install requests==2.32.3\n',
    ],
    references: ['https://pip.pypa.io/en/stable/topics/caching/'],
  },
  *check(model) {
    const actions = packageActions(model, ['pip'], /^(?:install|wheel)$/);
    const settings = settingsNamed(model, 'PIP_NO_CACHE_DIR').filter(({ value }) => value !== '');
    for (const action of actions) {
      const { command, verb } = action;
      const { instruction } = command;
      if (
        hasFlag(command, { long: 'no-cache-dir' }) ||
        settings.some((setting) => isSeen(model, setting, instruction)) ||
        !isInFinalImage(model, instruction) ||
        isRemoved(model, command, CACHE)
      )
        continue;
      const isPurged = isCleaned(model, command, command.name, PURGE);
      const isCached = instruction.flags.some(
        ({ name, value }) => name === 'mount' && /type=(?:cache|tmpfs)/.test(value ?? '') && /cache|pip/.test(value?.replace('type=cache', '') ?? ''),
      );
      if (isPurged || isCached || isMounted(instruction, '/root/.cache')) continue;
      yield {
        message: 'pip keeps what it downloads in this layer',
        range: verb.range,
        fixes: fixWith('safe', 'Add --no-cache-dir', optionBehind(action, '--no-cache-dir')),
      };
    }
  },
};

/** True when the setting holds in a RUN: it is of its shell, or of ENV or ARG of its stage or one that it builds on. pip takes any value, `off` too, for yes. */
function isSeen(model: DockerfileModel, { definition, command }: Setting, run: Instruction): boolean {
  if (command !== undefined) return command.instruction === run;
  return definition !== undefined && isDefinedBefore(model, definition.name, run);
}

const CACHE = /\/\.cache(?:\/|$)/;
const PURGE = /^cache purge$/;
