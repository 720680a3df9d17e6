import type { ExitCode, Terminal } from './output.ts';

/** One word of `plimsoll WORD`. */
export interface Command {
  readonly name: string;
  /** A few words for the list of commands. */
  readonly summary: string;
  /** Usage first, then an empty line, then the rest. */
  readonly help: string;
  /** The same for actions that have much to tell, by their name. */
  readonly helpOf?: Readonly<Record<string, string>>;
  /** @throws {UsageError} for a command line that makes no sense; anything else thrown is a failure to finish. */
  run(args: readonly string[], context: CommandContext): Promise<ExitCode>;
}

export interface CommandContext {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}
