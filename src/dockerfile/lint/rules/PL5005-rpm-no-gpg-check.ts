import { commandsNamed, findFlags } from '../queries/commands.ts';
import { fixWith, removeOption, replaceRange } from '../queries/edits.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5005',
  slug: 'rpm-no-gpg-check',
  title: 'yum, dnf or zypper does not check signatures',
  severity: 'high',
  aliases: ['CKV2_DOCKER_9'],
  fixable: 'safe',
  docs: {
    reports:
      'yum, dnf, microdnf, tdnf and zypper with --nogpgcheck, --no-gpg-checks or --setopt=gpgcheck=0, and gpgcheck=0 in words and here-documents that become repository files. repo_gpgcheck, which is off by default, is not reported.',
    why: 'Packages are then installed whoever made them: a mirror, or anybody on the way to it, runs code as root in the build.',
    fix: "Remove it; import the repository's key with `rpm --import` or name it as gpgkey.",
    bad: [
      'FROM rockylinux:9\nRUN dnf install -y --nogpgcheck nginx\n',
      'FROM rockylinux:9\nRUN yum -y --setopt=gpgcheck=0 install nginx\n',
      'FROM opensuse/leap:15\nRUN zypper --no-gpg-checks install -y nginx\n',
      'FROM rockylinux:9\nRUN sed -i "s/gpgcheck=1/gpgcheck=0/" /etc/yum.conf\n',
      'FROM rockylinux:9\nRUN printf "[a]\\nbaseurl=https://example.com\\ngpgcheck=0\\n" > /etc/yum.repos.d/a.repo\n',
    ],
    good: [
      'FROM rockylinux:9\nRUN dnf install -y nginx && sed -i s/gpgcheck=0/gpgcheck=1/ /etc/yum.conf\n',
      'FROM rockylinux:9\nRUN printf "[a]\\nbaseurl=https://example.com\\ngpgcheck=1\\nrepo_gpgcheck=0\\n" > /etc/yum.repos.d/a.repo\n',
    ],
    references: ['https://dnf.readthedocs.io/en/latest/command_ref.html', 'https://dnf.readthedocs.io/en/latest/conf_ref.html'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'yum', 'dnf', 'dnf5', 'microdnf', 'tdnf', 'zypper', 'yum-config-manager')) {
      const options = ['nogpgcheck', 'no-gpgchecks', 'no-gpg-checks', 'no-gpgcheck'].flatMap((long) => findFlags(command, { long }));
      const setopts = findFlags(command, { long: 'setopt' }).filter(({ value }) => /(?:^|\.)gpgcheck=(?:0|false|no)$/i.test(value ?? ''));
      for (const option of [...options, ...setopts]) {
        yield {
          message: `${command.name} installs packages without a valid signature`,
          range: option.word.range,
          fixes: fixWith('safe', 'Check signatures', removeOption(model, command, option)),
        };
      }
    }
    for (const text of writtenTexts(model)) {
      if (text.source.text.startsWith('--setopt')) continue;
      for (const { range, match } of matchesIn(model, text, /(?:(?<=\\n)|(?<![\w.]))gpgcheck\s{0,4}=\s{0,4}(?:0|no|false)\b/gi)) {
        if (isSearchedFor(text.source.text, match.index)) continue;
        const edits = text.written && !match[0].includes('\n') ? [replaceRange(range, 'gpgcheck=1')] : undefined;
        yield {
          message: 'Packages of this repository are installed without a valid signature',
          range,
          fixes: fixWith('safe', 'Write gpgcheck=1', edits),
        };
      }
    }
  },
};

/** True inside the first half of sed's `s/gpgcheck=0/gpgcheck=1/`, which takes it out. */
function isSearchedFor(text: string, index: number): boolean {
  return /(?:^|[\s;'"])s([/|#,])(?:(?!\1).)*$/.test(text.slice(Math.max(0, index - 40), index));
}
