import type { ParseProblem } from '../../foundation/base/result.ts';
import type { TextRange } from '../../foundation/model/text-range.ts';
import type { MappedText } from './mapped-text.ts';
import type { ShellCommand } from './shell/command.ts';
import type { TextDocument } from './text-document.ts';

/**
 * The parsed Dockerfile that rules ask questions of. Ranges are exact places in the text as the editor shows it. Shell commands are parsed when first asked for, one
 * instruction at a time, and kept.
 */
export interface DockerfileModel {
  readonly text: string;
  readonly document: TextDocument;
  readonly escape: '\\' | '`';
  readonly directives: readonly ParserDirective[];
  /** Whole-line comments, those between continuation lines included, in order. Directives are not among them. */
  readonly comments: readonly Comment[];
  /** In order. `ONBUILD RUN x` is here once, as the RUN with `onbuild` true, so that a rule sees it without doing anything for it. */
  readonly instructions: readonly Instruction[];
  readonly stages: readonly Stage[];
  /** The stage whose image is built when no target is named. */
  readonly finalStage: Stage | undefined;
  /** What ARG and ENV define, in order. */
  readonly definitions: readonly Definition[];
  /** Grows as shells are parsed: ask for `commands()` before reading it to the end. */
  readonly problems: readonly ParseProblem[];

  /** Every command that the instructions would start, in order. */
  commands(): readonly ShellCommand[];
  commandsOf(instruction: Instruction): readonly ShellCommand[];
  /** Value of an ARG's default or ENV as `instruction` sees it; undefined when unknown or not literal. */
  resolveVariable(name: string, instruction: Instruction): string | undefined;
}

export interface ParserDirective {
  /** Lower-case: syntax, escape, check. */
  readonly name: string;
  readonly value: string;
  readonly range: TextRange;
  readonly valueRange: TextRange;
}

export interface Comment {
  /** Without the leading #. */
  readonly text: string;
  readonly line: number;
  readonly range: TextRange;
}

export interface Instruction {
  /** Place in DockerfileModel.instructions. */
  readonly index: number;
  /** Upper-case. May be a word that is no instruction. */
  readonly keyword: string;
  readonly keywordRange: TextRange;
  /** From the keyword (ONBUILD included) to the end of the last line, heredocs included. */
  readonly range: TextRange;
  /** To be run in a later build that starts from this image. */
  readonly onbuild: boolean;
  readonly flags: readonly InstructionFlag[];
  /** What stands behind the flags, continuations taken out. */
  readonly body: MappedText;
  /** What stands behind the keyword, flags included, continuations taken out. */
  readonly argsText: string;
  /** Words behind the flags: the strings of the JSON form when `json`, else split as the instruction splits them. */
  readonly args: readonly DockerWord[];
  /** Exec form. */
  readonly json: boolean;
  readonly heredocs: readonly Heredoc[];
  /** Index into stages; -1 before the first FROM. */
  readonly stage: number;
}

/** `--name=value` behind the keyword. */
export interface InstructionFlag {
  /** Without the dashes. */
  readonly name: string;
  /** Undefined when there is no `=`. */
  readonly value: string | undefined;
  readonly range: TextRange;
  readonly valueRange: TextRange;
}

export interface DockerWord {
  /** As written, continuations taken out. */
  readonly text: string;
  /** Quotes and escapes taken off; variables as written. */
  readonly value: string;
  readonly range: TextRange;
  /** Of `text`, or of the decoded string in the JSON form. */
  readonly source: MappedText;
}

export interface Heredoc {
  readonly name: string;
  /** `<<-`: leading tabs are cut. */
  readonly chomp: boolean;
  /** False when the name is quoted: variables stay as they are. */
  readonly expand: boolean;
  readonly terminated: boolean;
  /** The lines between, line breaks as LF. */
  readonly body: MappedText;
  /** Of the `<<NAME` word. */
  readonly range: TextRange;
  readonly delimiterText: string;
}

export interface Stage {
  readonly index: number;
  readonly from: Instruction;
  readonly image: ImageName | undefined;
  readonly alias: DockerWord | undefined;
  /** Value of --platform. */
  readonly platform: InstructionFlag | undefined;
  /** The earlier stage that FROM names. */
  readonly base: Stage | undefined;
  readonly isFinal: boolean;
  /** Without the FROM itself. */
  readonly instructions: readonly Instruction[];
  /** The USER instruction in force at the end, the base stage's when this one has none; undefined when the base image decides. */
  readonly user: Instruction | undefined;
  readonly isWindows: boolean;
}

/** The image that FROM names, its parts found after ARG defaults were put in. */
export interface ImageName {
  readonly word: DockerWord;
  /** ARG defaults put in; `$NAME` stays where there is none. */
  readonly resolved: string;
  readonly kind: 'image' | 'stage' | 'scratch';
  readonly registry: string | undefined;
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** True when a variable without a known value is left in `resolved`. */
  readonly unresolved: boolean;
}

export interface Definition {
  readonly kind: 'ARG' | 'ENV';
  readonly name: string;
  readonly nameRange: TextRange;
  /** Quotes taken off, variables as written; undefined for an ARG without a default. */
  readonly value: string | undefined;
  readonly valueRange: TextRange | undefined;
  /** From name to value. */
  readonly range: TextRange;
  /** Known variables put in; undefined when something stays unknown. */
  readonly resolved: string | undefined;
  readonly instruction: Instruction;
}
