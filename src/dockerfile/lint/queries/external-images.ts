import type { TextRange } from '../../../foundation/model/text-range.ts';
import { parseImageName } from '../../syntax/image-name.ts';
import { emptyMappedText } from '../../syntax/mapped-text.ts';
import type { DockerfileModel, ImageName, Instruction, InstructionFlag } from '../../syntax/model.ts';
import { expandVariables } from '../../syntax/docker-words.ts';
import { offsetAt, rangeAt } from '../../syntax/text-document.ts';
import { textAt } from './edits.ts';

/** An image that files are copied from or that is mounted, without being a stage's base. */
export interface ExternalImage {
  readonly instruction: Instruction;
  readonly image: ImageName;
  readonly range: TextRange;
  /** False when it came out of a variable, or quotes stand between. */
  readonly written: boolean;
}

/** Returns what `COPY --from=` and `RUN --mount=…,from=` name that is no stage of the file, without names whose variables are not known. */
export function externalImages(model: DockerfileModel): readonly ExternalImage[] {
  const stages = new Set(model.stages.flatMap(({ alias }) => (alias === undefined ? [] : [alias.value.toLowerCase()])));
  return model.instructions.flatMap((instruction) =>
    instruction.flags.flatMap((flag) => {
      const place = placeOfImage(model, instruction, flag);
      if (place === undefined) return [];
      const { value, known } = expandVariables(place.text, model.escape, (name) => model.resolveVariable(name, instruction));
      if (!known || value === '' || value === 'scratch' || /^\d+$/.test(value) || stages.has(value.toLowerCase())) return [];
      const word = { text: place.text, value, range: place.range, source: emptyMappedText };
      const written = value === place.text && textAt(model, place.range) === value;
      return [{ instruction, image: parseImageName(word, value, 'image', false), range: place.range, written }];
    }),
  );
}

function placeOfImage(
  model: DockerfileModel,
  { keyword }: Instruction,
  { name, value = '', valueRange }: InstructionFlag,
): { readonly text: string; readonly range: TextRange } | undefined {
  if (keyword === 'COPY' && name === 'from') return { text: value, range: valueRange };
  if (keyword !== 'RUN' || name !== 'mount') return undefined;
  const match = /(?:^|,)from=([^,]*)/.exec(value);
  const text = match?.[1];
  if (match === null || text === undefined) return undefined;
  if (textAt(model, valueRange) !== value) return { text, range: valueRange };
  const start = offsetAt(model.document, valueRange.start) + match.index + match[0].length - text.length;
  return { text, range: rangeAt(model.document, start, start + text.length) };
}
