import { commandsNamed, nameWord, optionsOf } from '../queries/commands.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6014',
  slug: 'apt-in-script',
  title: 'apt used in a script',
  severity: 'low',
  aliases: ['DL3027', 'CKV_DOCKER_9'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: 'apt with a command that apt-get or apt-cache has as well: install, update, upgrade, remove, search ….',
    why: 'apt is made for people: its output and its options may change from one release to the next, and it says so on every call.',
    fix: 'Use apt-get, or apt-cache for questions.',
    bad: ['FROM debian:12\nRUN apt update && apt install -y curl\n'],
    good: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl && apt list --installed\n'],
    references: ['https://manpages.debian.org/bookworm/apt/apt.8.en.html'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'apt')) {
      const name = nameWord(command);
      const verb = optionsOf(command).operands[0]?.value ?? '';
      const instead = QUESTIONS.test(verb) ? 'apt-cache' : 'apt-get';
      if (name === undefined || !(instead === 'apt-cache' || ACTIONS.test(verb))) continue;
      const isPlain = name.written && name.text === 'apt' && verb !== 'full-upgrade';
      const edits = isPlain ? [replaceRange(name.range, instead)] : undefined;
      yield {
        message: `apt ${verb} is for people; ${instead} is for scripts`,
        range: name.range,
        fixes: fixWith('suggested', `Use ${instead}`, edits),
      };
    }
  },
};

const ACTIONS =
  /^(?:install|update|upgrade|full-upgrade|dist-upgrade|remove|purge|autoremove|autopurge|build-dep|source|download|clean|autoclean|reinstall|satisfy)$/;
const QUESTIONS = /^(?:search|show|policy|depends|rdepends)$/;
