import type { ModeSetting } from '../queries/permissions.ts';
import { modeClauses, modeSettings, octalMode } from '../queries/permissions.ts';
import { fixWith } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

const OTHERS_WRITE = 0o002;
const GROUP_AND_OTHERS_WRITE = 0o022;
const STICKY = 0o1000;

export const rule: Rule = {
  id: 'PL2003',
  slug: 'world-writable',
  title: 'Files that everybody may write',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'chmod, install -m, mkdir -m and --chmod of COPY and ADD that let others write: 777, 666, a+rwx, o+w. Not reported with the sticky bit (1777), as on /tmp, and of what the same RUN removes or closes again.',
    why: 'Any process in the container, however low its user, can replace the program or script that a higher one runs next.',
    fix: 'Give the files to the user that needs them (`COPY --chown`), and let only that user write: 755 or u+rwX.',
    bad: [
      'FROM alpine:3.20\nRUN chmod -R 777 /app\n',
      'FROM alpine:3.20\nRUN mkdir /d && chmod a+rwx,g-s /d\n',
      'FROM alpine:3.20\nCOPY --chmod=0666 app.conf /etc/app.conf\n',
      'FROM alpine:3.20\nRUN install -m 777 a /usr/bin/a\n',
    ],
    good: [
      'FROM alpine:3.20\nRUN chmod 1777 /tmp && chmod -R u+rwX,go-w /app\n',
      'FROM alpine:3.20\nCOPY --chmod=755 run.sh /run.sh\n',
      'FROM alpine:3.20\nRUN chmod +x 777 && chmod o-w a\n',
    ],
    references: ['https://man7.org/linux/man-pages/man1/chmod.1.html'],
  },
  *check(model) {
    for (const setting of modeSettings(model)) {
      const fixed = withoutWrite(setting);
      if (fixed === undefined) continue;
      yield {
        message: `Mode ${setting.mode} lets every user of the container write here`,
        range: setting.range,
        fixes: fixWith('suggested', `Use ${fixed}`, setting.replace(fixed)),
      };
    }
  },
};

/** Returns the mode without writing by others; undefined when it lets them not write. */
function withoutWrite({ mode }: ModeSetting): string | undefined {
  const octal = octalMode(mode);
  if (octal !== undefined) {
    if ((octal & OTHERS_WRITE) === 0 || (octal & STICKY) !== 0) return undefined;
    return (octal & ~GROUP_AND_OTHERS_WRITE).toString(8).padStart(mode.length, '0');
  }
  const clauses = modeClauses(mode);
  const opens = clauses.map(({ who, operator, bits }) => /[oa]/.test(who) && operator !== '-' && bits.includes('w'));
  if (!opens.includes(true) || clauses.some(({ operator, bits }) => operator !== '-' && bits.includes('t'))) return undefined;
  return clauses
    .flatMap(({ who, operator, bits }, index) => {
      if (opens[index] !== true) return [who + operator + bits];
      const rest = bits.replaceAll('w', '');
      const kept = rest === '' && operator === '+' ? [] : [who + operator + rest];
      return /[ua]/.test(who) || kept.length === 0 ? [...kept, 'u+w'] : kept;
    })
    .join(',');
}
