import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** The command line makes no sense: exit code 2. The message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Returns options and positionals of one command's arguments. @throws {UsageError} */
export function parseCommandLine<const O extends ParseArgsOptionsConfig>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options: { ...commonOptions, ...options }, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error));
  }
}

/** Accepted by every command. */
export const commonOptions = {
  help: { type: 'boolean', short: 'h' },
  quiet: { type: 'boolean', short: 'q' },
} as const satisfies ParseArgsOptionsConfig;

/** Returns `value` when it is one of `allowed`, `fallback` when it is absent. @throws {UsageError} */
export function oneOf<T extends string>(option: string, value: string | undefined, allowed: readonly T[], fallback: T): T {
  if (value === undefined) return fallback;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`--${option} is one of ${allowed.join(', ')}; not '${value}'`);
  return found;
}

/** Returns the comma-separated values of a list option, each one of `allowed`. @throws {UsageError} */
export function listOf<T extends string>(option: string, value: string | undefined, allowed: readonly T[]): readonly T[] | undefined {
  return value?.split(',').map((item) => {
    const found = allowed.find((candidate) => candidate === item.trim());
    if (found === undefined) throw new UsageError(`--${option} is a list of ${allowed.join(', ')}; not '${item.trim()}'`);
    return found;
  });
}
