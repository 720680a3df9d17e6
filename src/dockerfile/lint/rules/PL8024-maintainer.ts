import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import { fixWith, replaceRange, textAt } from '../queries/edits.ts';
import { instructionsNamed } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8024',
  slug: 'maintainer',
  title: 'MAINTAINER is deprecated',
  severity: 'negligible',
  aliases: ['DL4000', 'MaintainerDeprecated', 'DS-0022', 'CKV_DOCKER_6'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: 'MAINTAINER.',
    why: 'It is deprecated since 2017, and no tool looks for it: whoever finds a flaw does not find whom to tell.',
    fix: 'Use the label org.opencontainers.image.authors.',
    bad: ['FROM alpine:3.20\nMAINTAINER Jo <jo@example.com>\n'],
    good: ['FROM alpine:3.20\nLABEL org.opencontainers.image.authors="Jo <jo@example.com>"\n'],
    references: ['https://docs.docker.com/reference/build-checks/maintainer-deprecated/'],
  },
  *check(model) {
    for (const instruction of instructionsNamed(model, 'MAINTAINER')) {
      yield {
        message: 'MAINTAINER is deprecated: use a LABEL',
        range: instruction.keywordRange,
        fixes: fixWith('suggested', 'Use a LABEL', useLabel(model, instruction)),
      };
    }
  },
};

function useLabel(model: DockerfileModel, { keywordRange, range, body }: Instruction): readonly TextEdit[] | undefined {
  const name = /^(["']?)(.*)\1$/.exec(body.text)?.[2] ?? '';
  const at = { start: keywordRange.start, end: range.end };
  if (name === '' || /["$\\`]/.test(name) || /[\r\n]/.test(textAt(model, at))) return undefined;
  return [replaceRange(at, `LABEL org.opencontainers.image.authors="${name}"`)];
}
