import { commandsNamed, findFlags, optionsOf } from '../queries/commands.ts';
import { fixWith, removeOption, replaceRange, replaceWord } from '../queries/edits.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5004',
  slug: 'apt-unauthenticated',
  title: 'apt does not check signatures',
  severity: 'high',
  aliases: ['CKV2_DOCKER_8', 'CKV2_DOCKER_11'],
  fixable: 'safe',
  docs: {
    reports:
      'apt, apt-get and aptitude with --allow-unauthenticated, --force-yes or --allow-insecure-repositories, the same as -o options or written to apt.conf.d, and sources written with [trusted=yes] (Trusted: yes). Not reported: commands that only remove packages.',
    why: "apt then installs what the mirror or anybody on the way to it serves, unsigned, and runs the packages' scripts as root.",
    fix: "Remove the option; put the repository's key in /etc/apt/keyrings and name it with signed-by.",
    bad: [
      'FROM debian:12\nRUN apt-get install -y --allow-unauthenticated curl\n',
      'FROM debian:12\nRUN apt-get install --force-yes curl\n',
      'FROM debian:12\nRUN apt-get -o Acquire::AllowInsecureRepositories=true update\n',
      'FROM debian:12\nRUN echo "deb [arch=amd64 trusted=yes] https://example.com/apt stable main" > /etc/apt/sources.list.d/a.list\n',
      'FROM debian:12\nRUN echo "APT::Get::AllowUnauthenticated true;" > /etc/apt/apt.conf.d/99a\n',
      'FROM debian:12\nCOPY <<EOF /etc/apt/sources.list.d/a.sources\nTypes: deb\nTrusted: yes\nEOF\n',
    ],
    good: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends curl\n',
      'FROM debian:12\nRUN echo "deb [signed-by=/etc/apt/keyrings/a.gpg] https://example.com/apt stable main" > /etc/apt/sources.list.d/a.list\n',
      'FROM debian:12\nRUN apt-get -o Acquire::AllowInsecureRepositories=false update && echo --force-yes\n',
    ],
    references: ['https://manpages.debian.org/bookworm/apt/apt-secure.8.en.html'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'apt-get', 'apt', 'aptitude')) {
      if (TAKES_AWAY.test(optionsOf(command).operands[0]?.value ?? '')) continue;
      for (const long of ['allow-unauthenticated', 'allow-insecure-repositories']) {
        for (const option of findFlags(command, { long })) {
          if (/^(?:no|false|0)$/.test(option.value ?? '')) continue;
          yield {
            message: `apt takes packages without a valid signature with --${long}`,
            range: option.word.range,
            fixes: fixWith('safe', `Remove --${long}`, removeOption(model, command, option)),
          };
        }
      }
      for (const option of findFlags(command, { long: 'force-yes' })) {
        yield {
          message: 'apt takes unsigned and older packages with --force-yes',
          range: option.word.range,
          fixes: fixWith('suggested', 'Use -y', replaceWord(option.word, '-y')),
        };
      }
      for (const option of findFlags(command, { short: 'o', long: 'option' })) {
        if (option.valueWord === undefined || !INSECURE_OPTION.test(option.value ?? '')) continue;
        yield {
          message: `apt takes packages without a valid signature with ${option.value ?? ''}`,
          range: option.valueWord.range,
          fixes: fixWith('safe', 'Remove the option', removeOption(model, command, option)),
        };
      }
    }
    for (const text of writtenTexts(model)) {
      for (const { range, match } of matchesIn(model, text, TRUSTED)) {
        // A repository of files that the build made itself has no one to sign it.
        if (/^[^\]]*\]\s*(?:file|copy|cdrom):/.test(text.source.text.slice(match.index))) continue;
        const key = match[0].startsWith('T') ? 'Signed-By: /etc/apt/keyrings/REPLACE.gpg' : 'signed-by=/etc/apt/keyrings/REPLACE.gpg';
        const edits = text.written ? [replaceRange(range, key)] : undefined;
        yield { message: 'apt trusts this repository without a signature', range, fixes: fixWith('suggested', 'Name its key instead', edits) };
      }
      for (const { range } of matchesIn(model, text, CONFIGURED)) {
        const edits = text.written ? [replaceRange(range, 'false')] : undefined;
        yield { message: 'apt is set to take packages without a valid signature', range, fixes: fixWith('safe', 'Write false', edits) };
      }
    }
  },
};

/** What downloads and installs nothing. */
const TAKES_AWAY = /^(?:remove|purge|autoremove|autopurge|clean|autoclean|dist-clean|distclean)$/;

const INSECURE_OPTION =
  /^(?:APT::Get::AllowUnauthenticated|Acquire::AllowInsecureRepositories|Acquire::AllowWeakRepositories|Acquire::AllowDowngradeToInsecureRepositories)=["']?(?:true|yes|1|on)["']?$/i;
/** A line of apt.conf: `APT::Get::AllowUnauthenticated "true";`. */
const CONFIGURED =
  /(?<=\b(?:APT::Get::AllowUnauthenticated|Acquire::Allow(?:Insecure|Weak|DowngradeToInsecure)Repositories)[ \t]{1,8}["']?)(?:true|yes|1|on)\b/gi;
/** `[… trusted=yes …]` in one-line sources, a `Trusted: yes` line in deb822 ones. */
const TRUSTED = /(?<=\[[^\][\n]{0,200})\btrusted\s{0,4}=\s{0,4}yes\b|(?<=^|\n)Trusted:[ \t]{0,8}yes\b/gi;
