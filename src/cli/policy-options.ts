import path from 'node:path';
import { readConfiguration, type Configuration } from '../engine/configuration.ts';
import { toPlainLine } from '../evidence/report/sanitize.ts';
import type { PolicyDecision } from '../foundation/model/policy.ts';
import { UsageError } from './arguments.ts';
import { exitCodes, type ExitCode, type Terminal } from './output.ts';

/** Returns the project's configuration: the file that --config names, else the nearest one. What is wrong in it is said; what is right in it counts. @throws {UsageError} */
export async function configurationFor(named: string | undefined, terminal: Terminal): Promise<Configuration> {
  const configuration = await readConfiguration(path.resolve('image'), named);
  for (const { message } of configuration.problems) terminal.error(toPlainLine(message));
  if (named !== undefined && configuration.problems.some(({ range }) => range === undefined))
    throw new UsageError(`--config ${named} cannot be read`);
  return configuration;
}

/** Returns what a script is told of a decision. */
export function exitCodeOf(decision: PolicyDecision): ExitCode {
  switch (decision.decision) {
    case 'allow':
      return exitCodes.ok;
    case 'block':
    case 'block-until-scanned':
      return exitCodes.findings;
    case 'unknown':
      return exitCodes.unfinished;
  }
}
