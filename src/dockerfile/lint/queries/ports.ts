import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, DockerWord, Instruction } from '../../syntax/model.ts';
import { instructionsNamed, resolveWord } from './instructions.ts';

/** One word of an EXPOSE: `80`, `8000-8010/udp`. */
export interface ExposedPort {
  readonly instruction: Instruction;
  readonly word: DockerWord;
  readonly range: TextRange;
  /** Variables put in. */
  readonly text: string;
  /** First and last port, the same when there is no range; undefined when the word is none of the known forms. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** As written; undefined when there is none. */
  readonly protocol: string | undefined;
}

/** Returns what EXPOSE names, without words whose variables are not known. */
export function exposedPorts(model: DockerfileModel): readonly ExposedPort[] {
  return instructionsNamed(model, 'EXPOSE').flatMap((instruction) =>
    instruction.args.flatMap((word) => {
      const text = resolveWord(model, instruction, word);
      return text === undefined || text === '' ? [] : [readPort(instruction, word, text)];
    }),
  );
}

function readPort(instruction: Instruction, word: DockerWord, text: string): ExposedPort {
  const match = /^(\d{1,9})(?:-(\d{1,9}))?(?:\/(\w{0,16}))?$/.exec(text);
  const [, first, last = first, protocol] = match ?? [];
  const toPort = (digits: string | undefined): number | undefined => (digits === undefined ? undefined : Number(digits));
  return { instruction, word, range: word.range, text, first: toPort(first), last: toPort(last), protocol };
}
