import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, ImageName } from '../../syntax/model.ts';
import { rangeInWord } from './instructions.ts';

/** One piece of a tag between its dashes: `1.27`, `alpine3.20`. */
export interface TagPart {
  readonly text: string;
  /** Offset in the tag. */
  readonly start: number;
}

/** Returns the pieces of a tag; none when there is no tag. */
export function tagParts({ tag }: ImageName): readonly TagPart[] {
  if (tag === undefined) return [];
  let start = 0;
  return tag.split('-').map((text) => {
    const part = { text, start };
    start += text.length + 1;
    return part;
  });
}

/** Returns where a piece of the tag stands in the FROM; undefined when a variable holds it. */
export function tagPart(model: DockerfileModel, image: ImageName, part: TagPart): TextRange | undefined {
  const { word, tag, digest } = image;
  const written = digest === undefined ? word.text : word.text.slice(0, Math.max(word.text.indexOf('@'), 0));
  if (tag === undefined || !written.endsWith(`:${tag}`)) return undefined;
  const at = written.length - tag.length + part.start;
  return rangeInWord(model, word, at, at + part.text.length);
}
