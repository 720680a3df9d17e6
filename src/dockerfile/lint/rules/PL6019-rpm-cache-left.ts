import { fixWith } from '../queries/edits.ts';
import { cleanBehind, isCleaned, isInFinalImage, isMounted, isRemoved, packageActions } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6019',
  slug: 'rpm-cache-left',
  title: 'Package manager leaves its cache in the image',
  severity: 'negligible',
  aliases: ['DL3032', 'DL3036', 'DL3040', 'DS-0015', 'DS-0019', 'DS-0020'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'yum, dnf, microdnf, tdnf or zypper that installs or upgrades in an instruction of the final image without `clean` behind it. With a cache mounted there, or /var/cache removed, it is not reported.',
    why: 'Packages and lists that nothing uses any more make the layer bigger, often by hundreds of megabytes.',
    fix: 'Clean up in the same RUN: `dnf clean all`, `zypper clean --all`.',
    bad: [
      'FROM rockylinux:9\nRUN dnf install -y httpd\n',
      'FROM centos:7\nRUN yum -y update\n',
      'FROM opensuse/leap:15.6\nRUN zypper -n install curl\n',
    ],
    good: [
      'FROM rockylinux:9\nRUN dnf install -y httpd && dnf clean all\n',
      'FROM rockylinux:9\nRUN dnf install -y httpd && rm -rf /var/cache/dnf\n',
      'FROM rockylinux:9\nRUN --mount=type=cache,target=/var/cache/dnf dnf install -y httpd\n',
    ],
    references: ['https://dnf.readthedocs.io/en/latest/command_ref.html#clean-command'],
  },
  *check(model) {
    for (const [managers, verbs, cleaning] of MANAGERS) {
      const reported = new Set<number>();
      for (const { command, verb } of packageActions(model, managers, verbs)) {
        const { instruction } = command;
        if (
          reported.has(instruction.index) ||
          !isInFinalImage(model, instruction) ||
          isMounted(instruction, '/var/cache') ||
          isRemoved(model, command, CACHE)
        )
          continue;
        if (managers.some((name) => isCleaned(model, command, name, CLEAN))) continue;
        reported.add(instruction.index);
        const clean = cleaning ?? `${command.name} clean all`;
        yield {
          message: `${command.name} leaves its cache in this layer`,
          range: verb.range,
          fixes: fixWith('suggested', `Add ${clean}`, cleanBehind(model, instruction, managers, clean)),
        };
      }
    }
  },
};

const INSTALL =
  /^(?:in|install|rei|reinstall|update|up|upgrade|update-minimal|up-min|upgrade-minimal|downgrade|distro-sync|dsync|groupinstall|localinstall|builddep|group|module|swap)$/;
const MANAGERS: readonly (readonly [managers: readonly string[], verbs: RegExp, cleaning: string | undefined])[] = [
  // microdnf and tdnf keep caches of their own.
  [['yum', 'dnf', 'dnf5'], INSTALL, undefined],
  [['microdnf'], INSTALL, undefined],
  [['tdnf'], INSTALL, undefined],
  [['zypper'], /^(?:in|install|up|update|patch|dup|dist-upgrade)$/, 'zypper clean --all'],
];
const CACHE = /^\/var(?:\/cache(?:\/(?:yum|dnf|libdnf5|zypp|tdnf))?)?(?:\/\*?)?$|^\/var\/cache\/(?:yum|dnf|libdnf5|zypp|tdnf)\//;
const CLEAN = /^(?:clean|cc)(?: |$)/;
