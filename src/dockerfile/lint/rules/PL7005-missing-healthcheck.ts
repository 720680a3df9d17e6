import { fixWith, insertLineAbove } from '../queries/edits.ts';
import { finalInstructions } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL7005',
  slug: 'missing-healthcheck',
  title: 'No HEALTHCHECK',
  severity: 'negligible',
  aliases: ['DL3057', 'DS-0026', 'CKV_DOCKER_2'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'A final image that starts a program (CMD or ENTRYPOINT) without a HEALTHCHECK in its stage or those it builds on. Images that start nothing of their own are not reported.',
    why: 'Docker and Compose take a hung service for a healthy one. Orchestrators with probes of their own, as Kubernetes, do not need it.',
    fix: 'Add a HEALTHCHECK that asks the service, or `HEALTHCHECK NONE` to say that none is wanted.',
    bad: ['FROM alpine:3.20\nCMD ["nginx"]\n', 'FROM alpine:3.20 AS a\nENTRYPOINT ["/app"]\nFROM a\nRUN true\n'],
    good: [
      'FROM alpine:3.20\nHEALTHCHECK CMD ["/app", "--check"]\nCMD ["/app"]\n',
      'FROM alpine:3.20\nHEALTHCHECK NONE\nCMD ["/app"]\n',
      'FROM alpine:3.20\nRUN true\n',
    ],
    references: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  },
  *check(model) {
    const instructions = finalInstructions(model);
    if (instructions.some(({ keyword }) => keyword === 'HEALTHCHECK')) return;
    const start = instructions.findLast(({ keyword, onbuild }) => (keyword === 'CMD' || keyword === 'ENTRYPOINT') && !onbuild);
    if (start === undefined) return;
    const template = insertLineAbove(model, start, 'HEALTHCHECK CMD ["REPLACE-WITH-A-CHECK"]');
    yield {
      message: 'Nothing tells whether what is started here still works: there is no HEALTHCHECK',
      range: start.keywordRange,
      fixes: fixWith('suggested', 'Add a HEALTHCHECK to fill in', [template]),
    };
  },
};
