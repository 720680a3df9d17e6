import type { TextRange } from '../../../foundation/model/text-range.ts';
import { unquote } from '../../syntax/docker-words.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import { instructionsNamed, rangeInWord, resolveWord } from './instructions.ts';
import { Memo } from './memo.ts';

/** One key of a LABEL. */
export interface Label {
  readonly instruction: Instruction;
  readonly key: string;
  readonly keyRange: TextRange;
  /** Quotes taken off, known variables put in; undefined when a variable in it is not known. */
  readonly value: string | undefined;
  readonly valueRange: TextRange;
  /** `LABEL key value`, without `=`. */
  readonly legacy: boolean;
}

const memo = new Memo<readonly Label[]>();

/** Returns the labels of the file, in order. */
export function labelsOf(model: DockerfileModel): readonly Label[] {
  return memo.of(model, () => instructionsNamed(model, 'LABEL').flatMap((instruction) => labelsIn(model, instruction)));
}

function labelsIn(model: DockerfileModel, instruction: Instruction): readonly Label[] {
  const [first, ...rest] = instruction.args;
  if (first === undefined) return [];
  if (!first.text.includes('=')) {
    const words = rest.map((word) => resolveWord(model, instruction, word));
    const end = rest.at(-1)?.range.end ?? first.range.end;
    const valueRange = { start: rest[0]?.range.start ?? end, end };
    const value = words.includes(undefined) ? undefined : words.join(' ');
    return [{ instruction, key: first.value, keyRange: first.range, value, valueRange, legacy: true }];
  }
  return instruction.args.flatMap((word) => {
    const equals = word.text.indexOf('=');
    if (equals < 0) return [];
    const whole = resolveWord(model, instruction, word);
    const key = unquote(word.text.slice(0, equals), model.escape);
    const value = whole?.slice(key.length + 1);
    const keyRange = rangeInWord(model, word, 0, equals);
    // An empty value has no character of its own: it is placed behind the equals sign.
    const isEmpty = equals + 1 === word.text.length;
    const valueRange = isEmpty ? { start: word.range.end, end: word.range.end } : rangeInWord(model, word, equals + 1, word.text.length);
    return [{ instruction, key, keyRange, value, valueRange, legacy: false }];
  });
}
