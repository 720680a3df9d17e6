import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed, findFlags, hasFlag, optionsOf } from './commands.ts';
import { replaceRange, replaceWord } from './edits.ts';
import { addsToShared, changesOnlyDirectories, isSetBack } from './mode-context.ts';

/** A file mode that the file sets: chmod, install -m, mkdir -m, --chmod of COPY and ADD. */
export interface ModeSetting {
  readonly mode: string;
  /** True where only directories can be meant, on which setgid hands on the group and gives no one any right. */
  readonly isDirectory: boolean;
  readonly range: TextRange;
  replace(mode: string): readonly TextEdit[] | undefined;
}

/** Returns the modes that are still in force behind their instruction: not of what it removes again, nor one that it replaces, nor rights that /tmp has already. */
export function modeSettings(model: DockerfileModel): readonly ModeSetting[] {
  const settings: ModeSetting[] = [];
  for (const command of commandsNamed(model, 'chmod')) {
    // `chmod -R 777`: a mode that begins with a dash takes bits away.
    const word = optionsOf(command).operands[0];
    if (word !== undefined && !isSetBack(model, command) && !addsToShared(command))
      settings.push(fromWord(word, changesOnlyDirectories(model, command)));
  }
  for (const command of commandsNamed(model, 'install', 'mkdir')) {
    const isDirectory = command.name === 'mkdir' || hasFlag(command, { short: 'd', long: 'directory' });
    for (const { value, word, valueWord } of findFlags(command, { short: 'm', long: 'mode' })) {
      if (value === undefined || valueWord === undefined) continue;
      const replace = (mode: string): readonly TextEdit[] | undefined =>
        valueWord === word ? replaceWord(word, word.value.slice(0, word.value.length - value.length) + mode) : replaceWord(valueWord, mode);
      settings.push({ mode: value, isDirectory, range: valueWord.range, replace });
    }
  }
  for (const { keyword, flags } of model.instructions) {
    const chmod = keyword === 'COPY' || keyword === 'ADD' ? flags.find((flag) => flag.name === 'chmod') : undefined;
    if (chmod?.value !== undefined)
      settings.push({ mode: chmod.value, isDirectory: false, range: chmod.valueRange, replace: (mode) => [replaceRange(chmod.valueRange, mode)] });
  }
  return settings;
}

function fromWord(word: ShellWord, isDirectory: boolean): ModeSetting {
  return { mode: word.value, isDirectory, range: word.range, replace: (mode) => replaceWord(word, mode) };
}

/** Returns an octal mode as a number; undefined when it is symbolic. */
export function octalMode(mode: string): number | undefined {
  return /^[0-7]{1,5}$/.test(mode) ? Number.parseInt(mode, 8) : undefined;
}

export interface ModeClause {
  readonly who: string;
  readonly operator: string;
  readonly bits: string;
}

/** Returns the clauses of a symbolic mode: `u+rwx,go=rx`. */
export function modeClauses(mode: string): readonly ModeClause[] {
  return mode.split(',').flatMap((clause) => {
    const match = /^([ugoa]*)([-+=])([rwxXst]*)$/.exec(clause);
    return match === null ? [] : [{ who: match[1] ?? '', operator: match[2] ?? '', bits: match[3] ?? '' }];
  });
}
