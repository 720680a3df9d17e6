import type { TextEdit } from '../../../foundation/model/text-range.ts';
import { fixWith, insertLineAbove } from '../queries/edits.ts';
import { finalStageIndexes } from '../queries/instructions.ts';
import { labelName } from '../queries/label-forms.ts';
import { labelsOf } from '../queries/labels.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8041',
  slug: 'missing-label',
  title: 'Required label missing',
  severity: 'low',
  aliases: ['DL3049'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: 'A label of `requiredLabels` that neither the final stage nor those it builds on set. Silent while the list is empty.',
    why: 'Who answers for the image, and where it comes from, is asked in an emergency; images without the labels cannot be found by them.',
    fix: 'Set the label.',
    policy: { requiredLabels: ['org.opencontainers.image.source=url', 'com.example.team'] },
    bad: [
      'FROM alpine:3.20\nLABEL com.example.team=a\n',
      'FROM alpine:3.20 AS a\nLABEL com.example.team=a org.opencontainers.image.source=https://example.com\nFROM alpine:3.20\nRUN true\n',
    ],
    good: ['FROM alpine:3.20 AS a\nLABEL com.example.team=a\nFROM a\nARG SOURCE\nLABEL org.opencontainers.image.source=$SOURCE\n', 'ARG A\n'],
    references: ['https://docs.docker.com/engine/manage-resources/labels/'],
  },
  *check(model, { policy }) {
    const { finalStage } = model;
    if (policy.requiredLabels.length === 0 || finalStage === undefined) return;
    const stages = finalStageIndexes(model);
    const present = new Set(labelsOf(model).flatMap(({ key, instruction }) => (stages.has(instruction.stage) ? [key] : [])));
    const missing = policy.requiredLabels.map(labelName).filter((name) => name !== '' && !present.has(name));
    if (missing.length === 0) return;
    yield {
      message: `The image lacks ${missing.length === 1 ? 'the label' : 'the labels'} ${missing.join(', ')}`,
      range: finalStage.image?.word.range ?? finalStage.from.keywordRange,
      fixes: fixWith('suggested', 'Add what is missing, to fill in', addLabels(model, missing)),
    };
  },
};

/** Before what the container starts; a name from the configuration may need quotes. */
function addLabels(model: DockerfileModel, missing: readonly string[]): readonly TextEdit[] | undefined {
  const next = model.finalStage?.instructions.findLast(({ onbuild }) => !onbuild);
  if (next === undefined || missing.some((name) => !/^[\w./-]+$/.test(name))) return undefined;
  return [insertLineAbove(model, next, `LABEL ${missing.map((name) => `${name}="REPLACE_ME"`).join(' ')}`)];
}
