import { commandsNamed, findFlags } from '../queries/commands.ts';
import { fixWith, removeOption } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5008',
  slug: 'rpm-no-signature',
  title: 'rpm does not check signatures',
  severity: 'high',
  aliases: ['CKV2_DOCKER_10'],
  fixable: 'safe',
  docs: {
    reports: 'rpm with --nosignature, --nodigest, --nofiledigest, --nogpg or --nopgp; zypper with --allow-unsigned-rpm. --nodeps is not reported.',
    why: 'rpm then unpacks a package that anybody could have changed on the way, and runs its scripts as root.',
    fix: "Remove the option; import the maker's key with `rpm --import` from a file that you checked.",
    bad: [
      'FROM rockylinux:9\nCOPY a.rpm /tmp/\nRUN rpm -ivh --nosignature /tmp/a.rpm\n',
      'FROM rockylinux:9\nRUN rpm --nodigest --nogpg -i /tmp/a.rpm\n',
      'FROM opensuse/leap:15.6\nRUN zypper -n install --allow-unsigned-rpm /tmp/a.rpm\n',
    ],
    good: ['FROM rockylinux:9\nRUN rpm --import /tmp/key.asc && rpm -ivh --nodeps /tmp/a.rpm\n', 'FROM rockylinux:9\nRUN echo rpm --nosignature\n'],
    references: ['https://rpm.org/docs/latest/man/rpm.8', 'https://cwe.mitre.org/data/definitions/347.html'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'rpm', 'zypper')) {
      for (const long of command.name === 'rpm' ? RPM_FLAGS : ZYPPER_FLAGS) {
        for (const option of findFlags(command, { long })) {
          yield {
            message: `${command.name} takes packages that nobody signed, or somebody changed, with --${long}`,
            range: option.word.range,
            fixes: fixWith('safe', `Remove --${long}`, removeOption(model, command, option)),
          };
        }
      }
    }
  },
};

const RPM_FLAGS = ['nosignature', 'nodigest', 'nofiledigest', 'nogpg', 'nopgp'];
const ZYPPER_FLAGS = ['allow-unsigned-rpm'];
