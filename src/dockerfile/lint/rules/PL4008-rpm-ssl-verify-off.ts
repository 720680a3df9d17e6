import { commandsNamed, findFlags } from '../queries/commands.ts';
import { fixWith, removeOption, replaceRange, replaceWord } from '../queries/edits.ts';
import { isSearchedFor } from '../queries/sed.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL4008',
  slug: 'rpm-ssl-verify-off',
  title: 'yum, dnf or zypper does not check certificates',
  severity: 'high',
  aliases: ['CKV2_DOCKER_15'],
  fixable: 'safe',
  docs: {
    reports:
      'yum, dnf, microdnf, tdnf and their config-manager with --setopt=sslverify=0, `dnf config-manager setopt sslverify=0`, sslverify=0 in words and here-documents that become their configuration, and ssl_verify=no in the URL of a zypper repository.',
    why: "Whoever answers in the mirror's place chooses which packages there are, holds back security updates, and where signatures are not checked either, runs code as root in the build.",
    fix: 'Remove it. For a mirror with a private CA name its certificate as sslcacert.',
    bad: [
      'FROM rockylinux:9\nRUN dnf --setopt=sslverify=0 install -y nginx\n',
      'FROM rockylinux:9\nRUN yum install -y --setopt=sslverify=false nginx\n',
      'FROM rockylinux:9\nRUN echo "sslverify=0" >> /etc/yum.conf\n',
      'FROM rockylinux:9\nRUN sed -i s/sslverify=1/sslverify=0/ /etc/yum.repos.d/a.repo\n',
      "FROM opensuse/leap:15\nRUN zypper addrepo 'https://example.com/repo?ssl_verify=no' a\n",
    ],
    good: [
      'FROM rockylinux:9\nRUN dnf --setopt=sslverify=1 --setopt=sslcacert=/ca.pem install -y nginx\n',
      'FROM rockylinux:9\nRUN echo "sslverify=true" >> /etc/yum.conf && sed -i s/sslverify=0/sslverify=1/ /a\n',
    ],
    references: ['https://dnf.readthedocs.io/en/latest/conf_ref.html'],
  },
  *check(model) {
    const message = "The mirror's certificate is not checked";
    for (const command of commandsNamed(model, 'yum', 'dnf', 'dnf5', 'microdnf', 'tdnf', 'yum-config-manager', 'dnf-config-manager')) {
      const words = command.args.map(({ value }) => value);
      const setopt = words[0] === 'config-manager' ? words.indexOf('setopt') : -1;
      for (const word of setopt < 0 ? [] : command.args.slice(setopt + 1)) {
        const off = /^(.*\b)?sslverify=(?:0|false|no)$/i.exec(word.value);
        if (off === null) continue;
        yield { message, range: word.range, fixes: fixWith('safe', 'Check certificates', replaceWord(word, `${off[1] ?? ''}sslverify=1`)) };
      }
      for (const option of findFlags(command, { long: 'setopt' })) {
        if (!/(?:^|\.)sslverify=(?:0|false|no)$/i.test(option.value ?? '')) continue;
        yield { message, range: option.word.range, fixes: fixWith('safe', 'Check certificates', removeOption(model, command, option)) };
      }
    }
    for (const text of writtenTexts(model)) {
      if (!/ssl_?verify/i.test(text.source.text) || text.source.text.startsWith('--setopt')) continue;
      for (const { range, match } of matchesIn(model, text, OFF)) {
        if (isSearchedFor(text.source.text, match.index)) continue;
        const on = match[0].startsWith('ssl_') ? 'ssl_verify=yes' : 'sslverify=1';
        yield { message, range, fixes: fixWith('safe', 'Check certificates', text.written ? [replaceRange(range, on)] : undefined) };
      }
    }
  },
};

/** Not http.sslVerify of git, nor proxy_sslverify. */
const OFF = /(?:(?<=\\n)|(?<![\w.]))sslverify\s{0,4}=\s{0,4}(?:0|no|false)\b|(?<=[?&])ssl_verify=(?:no|0|host|peer)\b/gi;
