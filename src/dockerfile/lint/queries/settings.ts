import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import { MAX_DIAGNOSTICS } from '../../../foundation/base/limits.ts';
import type { Definition, DockerfileModel } from '../../syntax/model.ts';
import type { ShellAssignment, ShellCommand } from '../../syntax/shell/command.ts';
import { offsetAt, rangeAt } from '../../syntax/text-document.ts';
import { removeDefinition, replaceRange, textAt } from './edits.ts';
import { Memo } from './memo.ts';

/** A variable set anywhere in the file: by ENV or ARG, by a shell, by env or sudo in front of a command. */
export interface Setting {
  readonly name: string;
  /** Known variables put in, else as written. */
  readonly value: string;
  /** `NAME=value`. */
  readonly range: TextRange;
  readonly valueRange: TextRange | undefined;
  readonly definition: Definition | undefined;
  readonly command: ShellCommand | undefined;
}

const memo = new Memo<readonly Setting[]>();

export function settingsOf(model: DockerfileModel): readonly Setting[] {
  return memo.of(model, () => [
    ...model.definitions.map(fromDefinition),
    ...model.commands().flatMap((command) => settingsOfCommand(model, command)),
  ]);
}

/** Returns the settings of the names asked for; names of `caseless` programs are compared in lower case. */
export function settingsNamed(model: DockerfileModel, ...names: readonly string[]): readonly Setting[] {
  return settingsOf(model)
    .filter((setting) => names.includes(setting.name))
    .slice(0, MAX_DIAGNOSTICS);
}

function fromDefinition(definition: Definition): Setting {
  const { name, range, valueRange } = definition;
  return { name, value: definition.resolved ?? definition.value ?? '', range, valueRange, definition, command: undefined };
}

function settingsOfCommand(model: DockerfileModel, command: ShellCommand): readonly Setting[] {
  // A wrapped command carries the assignments of its wrapper: they are that one's.
  const own = command.wrapper?.assignments === command.assignments ? [] : command.assignments;
  return [...own.map((assignment) => fromAssignment(assignment, command)), ...settingsBefore(model, command)];
}

function fromAssignment({ name, value, range }: ShellAssignment, command: ShellCommand): Setting {
  return { name, value: value?.value ?? '', range, valueRange: value?.range, definition: undefined, command };
}

/** `env A=b program`, `sudo A=b program`. */
function settingsBefore(model: DockerfileModel, command: ShellCommand): readonly Setting[] {
  if (command.name !== 'env' && command.name !== 'sudo') return [];
  const settings: Setting[] = [];
  for (const word of command.args) {
    const match = /^([A-Za-z_]\w*)=/.exec(word.value);
    if (match !== null) {
      const { end } = word.range;
      const start = offsetAt(model.document, word.range.start);
      const valueRange =
        word.written && word.text === word.value ? rangeAt(model.document, start + match[0].length, offsetAt(model.document, end)) : undefined;
      settings.push({
        name: match[1] ?? '',
        value: word.value.slice(match[0].length),
        range: word.range,
        valueRange,
        definition: undefined,
        command,
      });
    } else if (!word.value.startsWith('-')) break;
  }
  return settings;
}

/** Returns the edit that puts another value, which needs no quotes, in a setting's place. */
export function replaceValue(setting: Setting, value: string): readonly TextEdit[] | undefined {
  return setting.valueRange === undefined ? undefined : [replaceRange(setting.valueRange, value)];
}

/** Returns the edits that take a setting away: the pair, the assignment before a command, or `export NAME=…`, which becomes `unset NAME`. */
export function removeSetting(model: DockerfileModel, setting: Setting): readonly TextEdit[] | undefined {
  const { definition, command } = setting;
  if (definition !== undefined) return removeDefinition(model, definition);
  if (command === undefined || command.language === 'exec' || textAt(model, setting.range).includes('\n')) return undefined;
  const isAlone = command.words.length === 0 && command.assignments.length === 1;
  const isExport = command.name === 'export' && command.args.length === 1;
  if (command.language === 'sh' && (isAlone || isExport)) return [replaceRange(command.range, `unset ${setting.name}`)];
  if (command.words.length === 0 || command.name === 'export') return undefined;
  const end = offsetAt(model.document, setting.range.end);
  const blanks = /^[ \t]*/.exec(model.text.slice(end, end + 200))?.[0].length ?? 0;
  return [{ range: { start: setting.range.start, end: rangeAt(model.document, end, end + blanks).end }, newText: '' }];
}

const OFF: ReadonlySet<string> = new Set(['', '0', 'false', 'no', 'off']);

/** True for a value that a program reads as "no". */
export function isOff(value: string): boolean {
  return OFF.has(value.trim().toLowerCase());
}
