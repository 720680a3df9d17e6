import type { TextEdit } from '../../../foundation/model/text-range.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import { isSearchedFor } from '../queries/sed.ts';
import type { TextMatch } from '../queries/written-text.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import { isOfCopiedStage } from '../queries/stage-references.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL2005',
  slug: 'passwordless-sudo',
  title: 'sudo without a password',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'A sudoers rule with NOPASSWD, and `Defaults !authenticate`, written by a command or a here-document; a doas rule with nopass. The word alone, in a message or a search, is not reported.',
    why: 'Whoever takes over the process of that user becomes root with one command: USER then protects nothing.',
    fix: 'Leave sudo out of the image. What needs root belongs into build steps in front of USER; what the container itself may do belongs into its capabilities.',
    bad: [
      "FROM ubuntu:24.04\nRUN echo 'app ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/app\n",
      "FROM ubuntu:24.04\nRUN sed -i 's/^%sudo.*/%sudo ALL=(ALL:ALL) NOPASSWD: ALL/' /etc/sudoers\n",
      'FROM ubuntu:24.04\nCOPY <<EOF /etc/sudoers.d/app\n%wheel ALL=(ALL) NOPASSWD: ALL\nEOF\n',
      "FROM ubuntu:24.04\nRUN echo 'Defaults !authenticate' >> /etc/sudoers\n",
      'FROM alpine:3.20\nRUN echo "permit nopass app as root" > /etc/doas.conf\n',
    ],
    good: [
      "FROM ubuntu:24.04\nRUN sed -i 's/NOPASSWD//g' /etc/sudoers && grep -r NOPASSWD: /etc/sudoers.d && exit 1\n",
      "FROM ubuntu:24.04\nRUN echo 'never use NOPASSWD'\n",
    ],
    references: ['https://www.sudo.ws/docs/man/sudoers.man/#NOPASSWD_and_PASSWD', 'https://attack.mitre.org/techniques/T1548/003/'],
  },
  *check(model) {
    for (const text of writtenTexts(model)) {
      if (!SIGNS.test(text.source.text) || isOfCopiedStage(model, text.instruction)) continue;
      for (const found of matchesIn(model, text, RULE)) {
        if (isSearchedFor(text.source.text, found.match.index)) continue;
        yield {
          message: `${found.match[0].trim()} lets a user become root without a password`,
          range: found.range,
          fixes: fixWith('suggested', 'Ask for the password', askAgain(found)),
        };
      }
    }
  },
};

const SIGNS = /NOPASSWD|!authenticate|nopass/;
/** A tag stands behind `host=` and the optional `(runas)`; in doas.conf, behind permit. */
const RULE =
  /(?<==\s{0,4}(?:\([^()\n]{0,100}\)\s{0,8})?(?:[A-Z_]{2,20}:\s{0,4}){0,4})NOPASSWD:|(?<=\bDefaults[^\n]{0,200})!authenticate\b|(?<=\bpermit\s[^\n]{0,100})\bnopass\b(?=\s)/g;

function askAgain({ text, match, range }: TextMatch): readonly TextEdit[] | undefined {
  const instead = match[0] === 'NOPASSWD:' ? 'PASSWD:' : match[0] === 'nopass' ? 'persist' : 'authenticate';
  return text.written ? [replaceRange(range, instead)] : undefined;
}
