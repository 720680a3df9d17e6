import { hasFlag, optionsOf } from '../queries/commands.ts';
import { fixWith } from '../queries/edits.ts';
import { optionBehind, packageActions } from '../queries/package-managers.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6016',
  slug: 'apt-recommends',
  title: 'Recommended packages are installed as well',
  severity: 'negligible',
  aliases: ['DL3015', 'DS-0029'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'apt-get install without --no-install-recommends, unless a configuration in the file switches them off or --install-recommends asks for them.',
    why: 'Packages that nobody asked for come along: more to keep up to date, and more for an attacker to use.',
    fix: 'Add --no-install-recommends, and name what is needed after all.',
    bad: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl\n'],
    good: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends curl\n',
      'FROM debian:12\nRUN apt-get install -y -o APT::Install-Recommends=false curl\n',
    ],
    references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  },
  *check(model) {
    const actions = packageActions(model, ['apt-get', 'apt', 'aptitude'], /^install$/);
    if (actions.length === 0) return;
    const configured = new Set(
      writtenTexts(model)
        .filter((text) => matchesIn(model, text, /APT::Install-Recommends\s{0,4}["']?(?:false|no|0)/gi).length > 0)
        .map(({ instruction }) => instruction.stage),
    );
    for (const action of actions) {
      const { command, verb } = action;
      if (configured.has(command.instruction.stage) || NAMES.some((long) => hasFlag(command, { long })) || hasFlag(command, { short: 'R' })) continue;
      if (optionsOf(command).options.some(({ value }) => /^APT::Install-Recommends=/i.test(value ?? ''))) continue;
      if (action.operands.length === 0 || action.operands.every(({ value }) => value.startsWith('-'))) continue;
      yield {
        message: 'apt installs what the packages only recommend as well',
        range: verb.range,
        fixes: fixWith(
          'suggested',
          'Add --no-install-recommends',
          optionBehind(action, command.name === 'aptitude' ? '--without-recommends' : '--no-install-recommends'),
        ),
      };
    }
  },
};

const NAMES = ['no-install-recommends', 'install-recommends', 'without-recommends', 'with-recommends', 'only-upgrade'];
