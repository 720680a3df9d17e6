import { MAX_DOCKERFILE_LENGTH, MAX_INSTRUCTIONS, MAX_PROBLEMS } from '../../foundation/base/limits.ts';
import type { ParseProblem } from '../../foundation/base/result.ts';
import { messageOf } from '../../foundation/base/result.ts';
import { Definitions } from './definitions.ts';
import { InstructionReader } from './instruction.ts';
import { LogicalLineReader } from './logical-lines.ts';
import type { Definition, DockerfileModel, Instruction, Stage } from './model.ts';
import type { ShellBudget } from './shell/collector.ts';
import { createShellBudget } from './shell/collector.ts';
import type { ShellCommand } from './shell/command.ts';
import { readCommands } from './shell/read-commands.ts';
import { scriptOf, ShellForms } from './shell-form.ts';
import { readStages } from './stages.ts';
import type { TextDocument } from './text-document.ts';
import { createTextDocument, positionAt } from './text-document.ts';

/**
 * Returns the model of a Dockerfile, however broken: every instruction that can be read is in it. A text longer than MAX_DOCKERFILE_LENGTH is read up to there, with a problem.
 * @see https://docs.docker.com/reference/dockerfile/
 */
export function parseDockerfile(text: string): DockerfileModel {
  return new ParsedDockerfile(text);
}

class ParsedDockerfile implements DockerfileModel {
  readonly text: string;
  readonly document: TextDocument;
  readonly escape: DockerfileModel['escape'];
  readonly directives: DockerfileModel['directives'];
  readonly comments: DockerfileModel['comments'];
  readonly instructions: readonly Instruction[];
  readonly stages: readonly Stage[];
  readonly finalStage: Stage | undefined;
  readonly definitions: readonly Definition[];
  readonly problems: ParseProblem[] = [];
  readonly #definitions: Definitions;
  readonly #shells: ShellForms;
  readonly #budget: ShellBudget = createShellBudget();
  readonly #commands = new Map<Instruction, readonly ShellCommand[]>();
  #isExhausted = false;
  #allCommands: readonly ShellCommand[] | undefined;

  constructor(text: string) {
    this.text = text;
    const read = text.slice(0, MAX_DOCKERFILE_LENGTH);
    if (read.length < text.length) this.problems.push({ message: `only the first ${read.length} characters were read`, offset: read.length });
    this.document = createTextDocument(read);
    const nul = read.indexOf('\0');
    if (nul >= 0) this.problems.push({ message: 'the file holds NUL characters: it is no text', line: positionAt(this.document, nul).line + 1 });
    const lines = new LogicalLineReader(this.document);
    this.escape = lines.escape;
    this.instructions = this.#readInstructions(lines);
    this.directives = lines.directives;
    this.comments = lines.comments;
    this.#definitions = new Definitions(this.document, this.escape);
    this.#definitions.readGlobals(this.instructions);
    this.stages = readStages(this.instructions, this.escape, (name) => this.#definitions.lookupGlobal(name));
    this.finalStage = this.stages.at(-1);
    this.#definitions.readStages(this.instructions, this.stages);
    this.definitions = this.#definitions.all;
    this.#shells = new ShellForms(this.instructions, this.stages);
  }

  commands(): readonly ShellCommand[] {
    this.#allCommands ??= this.instructions.flatMap((instruction) => this.commandsOf(instruction));
    return this.#allCommands;
  }

  commandsOf(instruction: Instruction): readonly ShellCommand[] {
    const known = this.#commands.get(instruction);
    if (known !== undefined) return known;
    const commands = this.#readCommands(instruction);
    this.#commands.set(instruction, commands);
    return commands;
  }

  resolveVariable(name: string, instruction: Instruction): string | undefined {
    return this.#definitions.lookup(name, instruction);
  }

  #report(problem: ParseProblem): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push(problem);
  }

  #readInstructions(lines: LogicalLineReader): readonly Instruction[] {
    const reader = new InstructionReader(lines);
    const instructions: Instruction[] = [];
    let stage = -1;
    for (;;) {
      const line = lines.line;
      try {
        const instruction = reader.next(instructions.length, (keyword) => (keyword === 'FROM' ? stage + 1 : stage));
        if (instruction === undefined) return instructions;
        if (instructions.length >= MAX_INSTRUCTIONS) {
          this.#report({ message: 'the file has too many instructions: from here on they were not read', line: instruction.range.start.line + 1 });
          return instructions;
        }
        if (instruction.keyword === 'FROM' && !instruction.onbuild) stage++;
        instructions.push(instruction);
        for (const heredoc of instruction.heredocs) {
          if (!heredoc.terminated) this.#report({ message: `the here-document ${heredoc.name} is not closed`, line: heredoc.range.start.line + 1 });
        }
      } catch (error) {
        this.#report({ message: `this instruction could not be read: ${messageOf(error)}`, line: line + 1 });
        lines.line = Math.max(lines.line, line + 1);
      }
    }
  }

  #readCommands(instruction: Instruction): readonly ShellCommand[] {
    const line = instruction.range.start.line + 1;
    try {
      const script = scriptOf(this.document, instruction, this.#shells.of(instruction));
      if (script === undefined) return [];
      const lookup = (name: string): string | undefined => this.resolveVariable(name, instruction);
      const { commands, limit } = readCommands({ instruction, document: this.document, budget: this.#budget, lookup, script });
      if (limit === 'instruction')
        this.#report({ message: 'this instruction nests too deep or is too long: not all of its commands were looked at', line });
      if (limit === 'file' && !this.#isExhausted) {
        this.#isExhausted = true;
        this.#report({ message: 'the file has too many commands: from here on they were not looked at', line });
      }
      return commands;
    } catch (error) {
      this.#report({ message: `the commands of this instruction could not be read: ${messageOf(error)}`, line });
      return [];
    }
  }
}
