import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { cmdletArguments, findParameter } from './cmdlets.ts';
import { commandsNamed } from './commands.ts';
import { Memo } from './memo.ts';

/** A value written into the Windows registry. */
export interface RegistryWrite {
  readonly command: ShellCommand;
  /** In lower case, as written otherwise. */
  readonly key: string;
  /** In lower case. */
  readonly name: string;
  readonly value: string;
  readonly valueWord: ShellWord;
}

const memo = new Memo<readonly RegistryWrite[]>();
const SWITCHES = ['force', 'passthru', 'whatif', 'confirm', 'verbose'];

/** Returns what `reg add`, Set-ItemProperty and New-ItemProperty write. */
export function registryWrites(model: DockerfileModel): readonly RegistryWrite[] {
  return memo.of(model, () => [
    ...commandsNamed(model, 'reg').flatMap(writtenByReg),
    ...commandsNamed(model, 'set-itemproperty', 'sp', 'new-itemproperty').flatMap(writtenByCmdlet),
  ]);
}

function writtenByReg(command: ShellCommand): readonly RegistryWrite[] {
  const { args, language } = command;
  const [verb, key] = args;
  if (language === 'sh' || verb?.value.toLowerCase() !== 'add' || key === undefined) return [];
  const valueOf = (option: string): ShellWord | undefined => args[args.findIndex((word) => word.value.toLowerCase() === option) + 1 || args.length];
  return toWrite(command, key, valueOf('/v'), valueOf('/d'));
}

function writtenByCmdlet(command: ShellCommand): readonly RegistryWrite[] {
  if (command.language !== 'powershell') return [];
  const given = cmdletArguments(command, SWITCHES);
  const named = (name: string, shortest: string): ShellWord | undefined => findParameter(given, name, shortest)?.valueWord;
  const byPlace = [...given.operands];
  const key = named('path', 'pa') ?? named('literalpath', 'l') ?? byPlace.shift();
  const name = named('name', 'n') ?? byPlace.shift();
  const value = named('value', 'v') ?? byPlace.shift();
  return toWrite(command, key, name, value);
}

function toWrite(
  command: ShellCommand,
  key: ShellWord | undefined,
  name: ShellWord | undefined,
  value: ShellWord | undefined,
): readonly RegistryWrite[] {
  if (key === undefined || name === undefined || value === undefined) return [];
  return [{ command, key: key.value.toLowerCase(), name: name.value.toLowerCase(), value: value.value, valueWord: value }];
}

/** True for a number that is 0, decimal or hexadecimal, or `$false`. */
export function isZero(value: string): boolean {
  return /^(?:0|0x0{1,8}|\$false)$/i.test(value);
}

export function isOne(value: string): boolean {
  return /^(?:1|0x0{0,7}1|\$true)$/i.test(value);
}
