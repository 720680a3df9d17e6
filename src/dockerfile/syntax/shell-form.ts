import { readJsonStrings } from './docker-words.ts';
import { toStringWord } from './instruction.ts';
import type { MappedText } from './mapped-text.ts';
import { MappedTextBuilder, sliceMapped } from './mapped-text.ts';
import type { DockerWord, Heredoc, Instruction, Stage } from './model.ts';
import type { ShellLanguage, ShellWord } from './shell/command.ts';
import { isShell } from './shell/interpreters.ts';
import { literalWord } from './shell/word-builder.ts';
import type { TextDocument } from './text-document.ts';

/** The shell of the shell form: 'other' for one whose language is not read, such as python. */
export type FormLanguage = Exclude<ShellLanguage, 'exec'> | 'other';

/** Knows which shell each instruction's shell form runs in: the last SHELL of its stage, else the base stage's, else the system's own. */
export class ShellForms {
  readonly #byInstruction: FormLanguage[] = [];

  constructor(instructions: readonly Instruction[], stages: readonly Stage[]) {
    const atEnd: FormLanguage[] = [];
    let current: FormLanguage = 'sh';
    for (const instruction of instructions) {
      const stage = stages[instruction.stage];
      if (instruction === stage?.from) {
        const inherited = stage.base === undefined ? undefined : atEnd[stage.base.index];
        current = inherited ?? (stage.isWindows ? 'cmd' : 'sh');
      }
      this.#byInstruction.push(current);
      if (instruction.keyword === 'SHELL' && !instruction.onbuild && instruction.json) current = languageOf(instruction.args[0]?.value ?? '');
      if (instruction.stage >= 0) atEnd[instruction.stage] = current;
    }
  }

  of(instruction: Instruction): FormLanguage {
    return this.#byInstruction[instruction.index] ?? 'sh';
  }
}

/** Returns the shell that a program is. */
function languageOf(program: string): FormLanguage {
  const name = (/[^/\\]*$/.exec(program)?.[0] ?? '').toLowerCase().replace(/\.exe$/, '');
  if (isShell(name)) return 'sh';
  if (name === 'powershell' || name === 'pwsh') return 'powershell';
  return name === 'cmd' ? 'cmd' : 'other';
}

export type Script = { readonly language: ShellLanguage; readonly source: MappedText } | { readonly words: readonly ShellWord[] };

/** Returns what an instruction would run: a script, or the words of the exec form; undefined when it runs nothing that is read. */
export function scriptOf(document: TextDocument, instruction: Instruction, language: FormLanguage): Script | undefined {
  const { keyword, body, json } = instruction;
  if (keyword === 'HEALTHCHECK') return healthcheckScript(document, instruction, language);
  if (keyword !== 'RUN' && keyword !== 'CMD' && keyword !== 'ENTRYPOINT') return undefined;
  if (json) return { words: instruction.args.map(toShellWord) };
  const [heredoc] = instruction.heredocs;
  if (heredoc === undefined) return shellScript(body, language);
  return instruction.args.length === 1 ? heredocScript(heredoc, language) : shellScript(withHeredocs(body, instruction.heredocs), language);
}

function healthcheckScript(document: TextDocument, instruction: Instruction, language: FormLanguage): Script | undefined {
  const { body } = instruction;
  const match = /^CMD\s+/i.exec(body.text);
  if (match === null) return undefined;
  const command = sliceMapped(body, match[0].length, body.text.length);
  const strings = readJsonStrings(command);
  if (strings === undefined) return shellScript(command, language);
  return { words: strings.map((source) => toShellWord(toStringWord(document, source, command))) };
}

function shellScript(source: MappedText, language: FormLanguage): Script | undefined {
  return language === 'other' ? undefined : { language, source };
}

/** `RUN <<EOF`: the lines are the script, of the interpreter that their first line names. */
function heredocScript(heredoc: Heredoc, language: FormLanguage): Script | undefined {
  const interpreter = /^#!\s*(\S+)(?:[ \t]+(?:-S[ \t]+)?(\S+))?/.exec(heredoc.body.text);
  if (interpreter === null) return shellScript(heredoc.body, language);
  const program = interpreter[1]?.endsWith('/env') === true ? interpreter[2] : interpreter[1];
  return shellScript(heredoc.body, languageOf(program ?? ''));
}

/** The shell itself reads the here-documents: the line, their lines, their closing names. */
function withHeredocs(body: MappedText, heredocs: readonly Heredoc[]): MappedText {
  const builder = new MappedTextBuilder();
  builder.addSlice(body, 0, body.text.length);
  const end = body.pieces.at(-1)?.end ?? 0;
  for (const heredoc of heredocs) {
    builder.addOpaque('\n', end, end);
    builder.addSlice(heredoc.body, 0, heredoc.body.text.replace(/\n$/, '').length);
    const last = heredoc.body.pieces.at(-1)?.end ?? end;
    builder.addOpaque(heredoc.body.text === '' ? heredoc.name : `\n${heredoc.name}`, last, last);
  }
  return builder.build();
}

function toShellWord(word: DockerWord): ShellWord {
  return literalWord(word.text, word.source, word.range);
}
