import { fixWith } from '../queries/edits.ts';
import { modeClauses, modeSettings, octalMode } from '../queries/permissions.ts';
import type { Rule } from '../rule.ts';

const SETUID_OR_SETGID = 0o6000;

export const rule: Rule = {
  id: 'PL2004',
  slug: 'setuid-bit',
  title: 'setuid or setgid bit set',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'chmod, install -m and --chmod that set the setuid or setgid bit: u+s, g+s, 4755, 2755. Taking them away (a-s, 0755) is not reported, nor setgid on a directory, which only hands on the group.',
    why: 'A setuid program runs as its owner for whoever starts it: one flaw in it turns the unprivileged user of the container into root.',
    fix: 'Leave the bit out. Where a program needs one privilege, give it that capability at run time, or start it as the user that has it.',
    bad: [
      'FROM alpine:3.20\nRUN chmod u+s /usr/bin/tool\n',
      'FROM alpine:3.20\nRUN chmod 4755 /usr/bin/tool\n',
      'FROM alpine:3.20\nCOPY --chmod=2755 tool /usr/bin/tool\n',
      'FROM alpine:3.20\nRUN install -m4755 tool /usr/bin/tool\n',
    ],
    good: [
      'FROM alpine:3.20\nRUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +\n',
      'FROM alpine:3.20\nRUN chmod 0755 /usr/bin/tool && chmod u=rwx,g-s /d\n',
    ],
    references: ['https://man7.org/linux/man-pages/man1/chmod.1.html'],
  },
  *check(model) {
    for (const setting of modeSettings(model)) {
      const fixed = withoutBits(setting.mode);
      if (fixed === undefined || setting.isDirectory) continue;
      yield {
        message: `Mode ${setting.mode} makes the file run with its owner's or group's rights`,
        range: setting.range,
        fixes: fixWith('suggested', `Use ${fixed}`, setting.replace(fixed)),
      };
    }
  },
};

/** Returns the mode without the bits; undefined when it does not set them. */
function withoutBits(mode: string): string | undefined {
  const octal = octalMode(mode);
  if (octal !== undefined) return (octal & SETUID_OR_SETGID) === 0 ? undefined : (octal & ~SETUID_OR_SETGID).toString(8).padStart(mode.length, '0');
  const clauses = modeClauses(mode);
  if (!clauses.some(({ operator, bits }) => operator !== '-' && bits.includes('s'))) return undefined;
  const kept = clauses.map(({ who, operator, bits }) => {
    if (operator === '-' || !bits.includes('s')) return who + operator + bits;
    const rest = bits.replaceAll('s', '');
    // A clause that only set the bit takes it away instead.
    return rest === '' && operator === '+' ? `${who}-s` : who + operator + rest;
  });
  return kept.join(',');
}
