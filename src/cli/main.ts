import { AdvisoryStoreError } from '../advisories/store/store.ts';
import { messageOf } from '../foundation/base/result.ts';
import { productVersion } from '../foundation/io/resources.ts';
import { ImageSourceError } from '../image/sources/source.ts';
import { UsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { cache } from './commands/cache.ts';
import { db } from './commands/db.ts';
import { lint } from './commands/lint.ts';
import { lsp } from './commands/lsp.ts';
import { policy } from './commands/policy.ts';
import { sbom } from './commands/sbom.ts';
import { scan } from './commands/scan.ts';
import { createTerminal, exitCodes, type ExitCode } from './output.ts';

const commands: readonly Command[] = [lint, scan, sbom, policy, db, cache, lsp];

/** Runs one command line and returns its exit code. SIGINT cancels what is under way. */
async function run(args: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = args;
  const terminal = createTerminal(args.includes('--quiet') || args.includes('-q'));
  if (name === '--version' || name === '-V') {
    await terminal.print(productVersion());
    return exitCodes.ok;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    await terminal.print(help(rest[0]));
    return name === undefined ? exitCodes.usage : exitCodes.ok;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    terminal.error(`there is no command '${name}'; commands are ${commands.map((candidate) => candidate.name).join(', ')}`);
    return exitCodes.usage;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    await terminal.print(command.help);
    return exitCodes.ok;
  }
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort();
  });
  try {
    return await command.run(rest, { terminal, signal: controller.signal });
  } catch (error) {
    terminal.endProgress();
    if (error instanceof UsageError) {
      terminal.error(`${error.message}\n\n${command.help.split('\n\n')[0] ?? ''}`);
      return exitCodes.usage;
    }
    if (controller.signal.aborted) terminal.error('cancelled');
    else if (error instanceof ImageSourceError || error instanceof AdvisoryStoreError) terminal.error(error.message);
    else terminal.error(messageOf(error));
    return exitCodes.unfinished;
  }
}

function help(topic: string | undefined): string {
  const command = commands.find((candidate) => candidate.name === topic);
  if (command !== undefined) return command.help;
  const width = Math.max(...commands.map((candidate) => candidate.name.length));
  return [
    'plimsoll: the load line for container images',
    '',
    'usage: plimsoll COMMAND [ARGUMENTS] [--quiet]',
    '',
    ...commands.map((candidate) => `  ${candidate.name.padEnd(width)}  ${candidate.summary}`),
    '',
    'plimsoll COMMAND --help tells more. Exit codes: 0 nothing found · 1 findings, or blocked · 2 usage · 3 could not finish.',
  ].join('\n');
}

// A reader that goes away (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
});

void run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
