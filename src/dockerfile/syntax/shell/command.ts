import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { MappedText } from '../mapped-text.ts';
import type { Instruction } from '../model.ts';

/** `exec`: started without any shell (JSON form). */
export type ShellLanguage = 'sh' | 'powershell' | 'cmd' | 'exec';

/**
 * One program (or builtin) that would be started, wherever it stands: in a pipeline, a subshell, a loop, a substitution, behind sudo or env, inside `sh -c "…"`.
 * A wrapper such as sudo is a command of its own, and what it starts is another one whose `wrapper` it is.
 */
export interface ShellCommand {
  readonly instruction: Instruction;
  readonly language: ShellLanguage;
  /** Last part of the path of words[0]; on Windows lower-case and without .exe. Empty when there is only an assignment or redirection. */
  readonly name: string;
  /** The name and its arguments, known variables put in. */
  readonly words: readonly ShellWord[];
  /** words without the name. */
  readonly args: readonly ShellWord[];
  /** `A=b` before the name, or alone, or as an argument of export, env and the like. */
  readonly assignments: readonly ShellAssignment[];
  readonly redirects: readonly ShellRedirect[];
  readonly range: TextRange;
  readonly wrapper: ShellCommand | undefined;
  /** True when it stands inside a string (`sh -c "…"`, JSON, a variable's value): text put in there would need that string's escapes. */
  readonly embedded: boolean;
  /** Pipelines it is part of, innermost first, up to the substitution or script it stands in. */
  readonly places: readonly PipelinePlace[];
  /** The substitution it is part of, with the word that holds it. */
  readonly within: ShellSubstitution | undefined;
}

export interface PipelinePlace {
  readonly pipeline: Pipeline;
  /** Index into pipeline.stages. */
  readonly stage: number;
}

/** `a | b`: each stage holds every command that runs there (a subshell or group has several). */
export interface Pipeline {
  readonly stages: readonly (readonly ShellCommand[])[];
}

export interface ShellWord {
  /** As written. */
  readonly text: string;
  /** Quotes taken off, known variables put in; expansions without a known value as written. */
  readonly value: string;
  /** Of the word as written: for a value that came out of a variable, of the `$name`. */
  readonly range: TextRange;
  /** `value` with the place of each character. */
  readonly source: MappedText;
  /** `source` as a script that a shell would be given; substitutions, which were read where they stand, are a single `$_` in it. */
  readonly script: MappedText;
  /** True when all of the value stands in the document at `range`, none of it taken from a variable. */
  readonly written: boolean;
  /** True when nothing unknown is left in it. */
  readonly known: boolean;
  readonly substitutions: readonly ShellSubstitution[];
}

/** `$(…)`, backquotes: 'output'. `<(…)`: 'input-file'. `>(…)`: 'output-file'. */
export interface ShellSubstitution {
  readonly kind: 'output' | 'input-file' | 'output-file';
  readonly range: TextRange;
  readonly commands: readonly ShellCommand[];
}

export interface ShellAssignment {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly value: ShellWord | undefined;
  readonly range: TextRange;
}

export interface ShellRedirect {
  /** `>`, `>>`, `<`, `<<`, `<<<` … */
  readonly operator: string;
  readonly descriptor: number | undefined;
  readonly target: ShellWord | undefined;
  /** Text of a here-document or here-string. */
  readonly body: MappedText | undefined;
  readonly substitutions: readonly ShellSubstitution[];
  readonly range: TextRange;
}
