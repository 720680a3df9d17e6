import { replaceWord, fixWith } from '../queries/edits.ts';
import { packageActions } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6013',
  slug: 'distribution-upgrade',
  title: 'Upgrade of the whole distribution',
  severity: 'low',
  aliases: ['DL3035', 'DS-0024'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: '`apt-get dist-upgrade`, `apt full-upgrade`, `zypper dist-upgrade` (dup), `dnf distro-sync` and `dnf system-upgrade` in a build.',
    why: 'The build then removes and replaces packages of the base image as the mirrors have it that day: what comes out was never tested, and the layers below carry the old files still.',
    fix: 'Take a newer base image instead; upgrade single packages where a fix is needed before it.',
    bad: ['FROM debian:12\nRUN apt-get update && apt-get dist-upgrade -y\n', 'FROM opensuse/leap:15.6\nRUN zypper -n dup\n'],
    good: ['FROM debian:12\nRUN apt-get update && apt-get upgrade -y\n', 'FROM opensuse/leap:15.6\nRUN zypper -n update\n'],
    references: ['https://docs.docker.com/build/building/best-practices/'],
  },
  *check(model) {
    for (const [managers, verbs, instead] of UPGRADES) {
      for (const { command, verb } of packageActions(model, managers, verbs)) {
        yield {
          message: `${command.name} ${verb.value} changes the base image into something that was never tested`,
          range: verb.range,
          fixes: fixWith('suggested', `Use ${instead}`, replaceWord(verb, instead)),
        };
      }
    }
  },
};

const UPGRADES: readonly (readonly [managers: readonly string[], verbs: RegExp, instead: string])[] = [
  [['apt-get', 'apt', 'aptitude'], /^(?:dist-upgrade|full-upgrade)$/, 'upgrade'],
  [['zypper'], /^(?:dist-upgrade|dup)$/, 'update'],
  [['dnf', 'dnf5', 'yum'], /^(?:distro-sync|distribution-synchronization|dsync|system-upgrade)$/, 'upgrade'],
];
