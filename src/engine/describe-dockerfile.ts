import { foldsOf } from '../dockerfile/outline/folds.ts';
import type { Fold } from '../dockerfile/outline/folds.ts';
import { imageLinksOf, ruleMentionsOf } from '../dockerfile/outline/links.ts';
import type { ImageLink, RuleMention } from '../dockerfile/outline/links.ts';
import { outlineOf } from '../dockerfile/outline/outline.ts';
import type { InstructionOutline, Outline, StageOutline } from '../dockerfile/outline/outline.ts';
import { parseDockerfile } from '../dockerfile/syntax/parse.ts';

export type { Fold, ImageLink, InstructionOutline, RuleMention, StageOutline };

/** What an editor shows of a Dockerfile beside what is wrong with it. */
export interface DockerfileDescription extends Outline {
  readonly folds: readonly Fold[];
  readonly imageLinks: readonly ImageLink[];
  readonly ruleMentions: readonly RuleMention[];
}

export function describeDockerfile(text: string): DockerfileDescription {
  const model = parseDockerfile(text);
  return { ...outlineOf(model), folds: foldsOf(model), imageLinks: imageLinksOf(model), ruleMentions: ruleMentionsOf(model) };
}
