import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { MappedText } from '../../syntax/mapped-text.ts';
import { originRange } from '../../syntax/mapped-text.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import { rangeAt } from '../../syntax/text-document.ts';

export interface SecretPlace {
  readonly instruction: Instruction;
  readonly source: MappedText;
}

/** Returns all text that ends up in the image or its history: what stands behind each keyword, and here-documents. Comments do not. */
export function recordedTexts(model: DockerfileModel): readonly SecretPlace[] {
  return model.instructions.flatMap((instruction) => [
    { instruction, source: instruction.body },
    ...instruction.heredocs.map((heredoc) => ({ instruction, source: heredoc.body })),
  ]);
}

export function rangeIn(model: DockerfileModel, source: MappedText, start: number, end: number): TextRange {
  return rangeAt(model.document, ...originRange(source, start, end));
}
