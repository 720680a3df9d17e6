import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction, Stage } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed, optionsOf, pipCommands } from './commands.ts';
import { fixWith, insertAt, replaceRange } from './edits.ts';
import { Memo } from './memo.ts';
import { nameMatcher, optionOf, type TextsOption } from '../options.ts';
import type { RuleContext, RuleHit } from '../rule.ts';

/** A package manager told to do something to packages. */
export interface PackageAction {
  readonly command: ShellCommand;
  /** `install`, `add`. */
  readonly verb: ShellWord;
  /** What stands behind the verb and is no option: names with their versions, files, URLs. */
  readonly operands: readonly ShellWord[];
}

/** Returns what `managers` are told by a RUN with one of the verbs. */
export function packageActions(model: DockerfileModel, managers: readonly string[], verbs: RegExp): readonly PackageAction[] {
  const commands = managers.includes('pip') ? pipCommands(model) : commandsNamed(model, ...managers);
  return commands.flatMap((command) => {
    if (command.instruction.keyword !== 'RUN' || (command.language !== 'sh' && command.language !== 'exec')) return [];
    const [verb, ...operands] = optionsOf(command).operands;
    return verb !== undefined && verbs.test(verb.value) ? [{ command, verb, operands }] : [];
  });
}

/** Returns the operands that name a package of a repository: no file, URL, pattern, option or unknown variable. */
export function namedPackages({ operands }: PackageAction): readonly ShellWord[] {
  return operands.filter(
    ({ value }) =>
      /^[A-Za-z0-9@][^\s$`*?/\\]*(?:\/[^\s$`*?/\\]+)?$/.test(value) && !/^\S+:\/\/|\.(?:deb|rpm|apk|whl|gem|tgz|zip|tar|tar\.gz)$/.test(value),
  );
}

/** Returns what yum or dnf are told by `module install`, the verb of the group left out. */
export function moduleActions(model: DockerfileModel, managers: readonly string[]): readonly PackageAction[] {
  return packageActions(model, managers, /^module$/).flatMap((action) => {
    const [verb, ...operands] = action.operands;
    return verb?.value === 'install' ? [{ ...action, verb, operands }] : [];
  });
}

/** `nodejs:20`: the stream, and maybe a profile. */
export const moduleStyle: PinStyle = { isPinned: (name) => name.includes(':'), pin: (name) => `${name}:${VERSION_TEMPLATE}` };

/** How one package manager writes a version behind a name. */
export interface PinStyle {
  isPinned(name: string): boolean;
  /** Returns the name with a version to fill in. */
  pin(name: string): string;
}

/** Stands where the user is to fill a version in; a rule takes it for one. */
export const VERSION_TEMPLATE = 'CHOOSE-A-VERSION';

/** Of the rules that ask for a version. */
export const ignoredPackages: TextsOption = {
  kind: 'texts',
  name: 'ignore',
  description: 'Packages that may go without a version; `ca-*` stands for all that begin so.',
  default: [],
  examples: ['ca-certificates', 'tzdata'],
};

/** Returns the test for packages that {@link ignoredPackages} names. A version, an extra or an architecture behind the name does not count. */
export function packageIgnorer(context: RuleContext): (name: string) => boolean {
  const isIgnored = nameMatcher(optionOf(context, ignoredPackages));
  return (name) => isIgnored(name) || isIgnored(/^@?[^@:[\s]*/.exec(name)?.[0] ?? name);
}

/** Returns one hit for each action that names packages without a version; the first such is underlined, the fix is for all of them. */
export function unpinnedPackages(
  actions: readonly PackageAction[],
  style: PinStyle,
  where: string,
  context: RuleContext,
  packagesOf = namedPackages,
): readonly RuleHit[] {
  const isIgnored = packageIgnorer(context);
  return actions.flatMap((action) => {
    const unpinned = packagesOf(action).filter(({ value }) => !style.isPinned(value) && !isIgnored(value));
    const [first] = unpinned;
    if (first === undefined) return [];
    const others = unpinned.length > 1 ? ` and ${unpinned.length - 1} more` : '';
    const edits = unpinned.map((word) => replaceName(word, style.pin(word.value)));
    const known = edits.filter((edit) => edit !== undefined);
    return [
      {
        message: `${shorten(first.value)}${others}: each build installs whatever version ${where} has that day`,
        range: first.range,
        fixes: fixWith('suggested', 'Add versions to fill in', known.length === edits.length ? known : undefined),
      },
    ];
  });
}

function replaceName(word: ShellWord, pinned: string): TextEdit | undefined {
  if (!word.written || /\s/.test(word.text)) return undefined;
  if (word.text === word.value) return replaceRange(word.range, pinned);
  const quote = word.text[0] ?? '';
  return /["']/.test(quote) && word.text === quote + word.value + quote ? replaceRange(word.range, quote + pinned + quote) : undefined;
}

function shorten(name: string): string {
  return name.length > 60 ? `${name.slice(0, 59)}…` : name;
}

/** Returns the edit that puts an option right behind a verb; undefined in the JSON form and where the verb came out of a variable. */
export function optionBehind({ command, verb }: PackageAction, option: string): readonly TextEdit[] | undefined {
  return command.language === 'sh' && verb.written ? [insertAt(verb.range.end, ` ${option}`)] : undefined;
}

/** True when a RUN mounts a directory that is not part of the image over `directory` or one above or below it. */
export function isMounted({ flags }: Instruction, directory: string): boolean {
  return flags.some(({ name, value }) => {
    if (name !== 'mount' || value === undefined || !/(?:^|,)type=(?:cache|tmpfs)(?:,|$)/.test(value)) return false;
    const target = /(?:^|,)(?:target|dst|destination)=([^,]*)/.exec(value)?.[1]?.replace(/\/$/, '');
    return target !== undefined && (target === directory || directory.startsWith(`${target}/`) || target.startsWith(`${directory}/`));
  });
}

/** True when the same instruction empties a directory behind the command: `rm -rf DIRECTORY/*`, or one above it. */
export function isRemoved(model: DockerfileModel, command: ShellCommand, directory: RegExp): boolean {
  const { instruction } = command;
  const last = remember(instruction, directory, () =>
    model
      .commandsOf(instruction)
      .findLastIndex(({ name, args }) => (name === 'rm' || name === 'find') && args.some(({ value }) => directory.test(value))),
  );
  return last > placeOf(model, command);
}

/** True when a manager of that name is told one of the verbs behind the command, in the same instruction. */
export function isCleaned(model: DockerfileModel, command: ShellCommand, name: string, verbs: RegExp): boolean {
  const { instruction } = command;
  const last = remember(
    instruction,
    verbs,
    () => new Map(model.commandsOf(instruction).flatMap((other, index) => (verbs.test(firstWords(other)) ? [[other.name, index] as const] : []))),
  );
  return (last.get(name) ?? -1) > placeOf(model, command);
}

function firstWords(command: ShellCommand): string {
  return optionsOf(command)
    .operands.slice(0, 2)
    .map(({ value }) => value)
    .join(' ');
}

const places = new Memo<ReadonlyMap<ShellCommand, number>>();

/** Returns which command of its instruction it is. */
function placeOf(model: DockerfileModel, command: ShellCommand): number {
  const { instruction } = command;
  return places.of(instruction, () => new Map(model.commandsOf(instruction).map((other, index) => [other, index]))).get(command) ?? -1;
}

const remembered = new Memo<Map<RegExp, unknown>>();

/** Returns what was found out of an instruction with a pattern, which is asked for each of its commands. Patterns are constants of the rules. */
function remember<T>(instruction: Instruction, pattern: RegExp, find: () => T): T {
  const known = remembered.of(instruction, () => new Map());
  if (!known.has(pattern)) known.set(pattern, find());
  return known.get(pattern) as T;
}

/** Returns the edit that runs `cleaning` behind the last command of the instruction that goes by one of `names`. */
export function cleanBehind(
  model: DockerfileModel,
  instruction: Instruction,
  names: readonly string[],
  cleaning: string,
): readonly TextEdit[] | undefined {
  const last = model.commandsOf(instruction).findLast(({ name }) => names.includes(name));
  const isPlain = last?.language === 'sh' && !last.embedded && last.places.length === 0 && last.within === undefined;
  return isPlain ? [insertAt(last.range.end, ` && ${cleaning}`)] : undefined;
}

const finals = new Memo<ReadonlySet<number>>();

/** True for an instruction whose files end up in the image that is built when no target is named: of the final stage, or of one that it starts from. */
export function isInFinalImage(model: DockerfileModel, { stage }: Instruction): boolean {
  return finals.of(model, () => stagesOfFinalImage(model)).has(stage);
}

function stagesOfFinalImage(model: DockerfileModel): ReadonlySet<number> {
  const found = new Set<number>([-1]);
  for (let at: Stage | undefined = model.finalStage; at !== undefined && !found.has(at.index); at = at.base) found.add(at.index);
  return found;
}
