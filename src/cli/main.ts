import { AdvisoryStoreError } from '../advisories/store/store.ts';
import { messageOf } from '../foundation/base/result.ts';
import { productVersion } from '../foundation/io/resources.ts';
import { ImageSourceError } from '../image/sources/source.ts';
import { UsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { createTerminal, exitCodes, type ExitCode } from './output.ts';

/** Each is loaded when it is wanted: what a short run needs most time for is loading. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  lint: async () => (await import('./commands/lint.ts')).lint,
  scan: async () => (await import('./commands/scan.ts')).scan,
  rematch: async () => (await import('./commands/rematch.ts')).rematch,
  sbom: async () => (await import('./commands/sbom.ts')).sbom,
  policy: async () => (await import('./commands/policy.ts')).policy,
  db: async () => (await import('./commands/db.ts')).db,
  cache: async () => (await import('./commands/cache.ts')).cache,
  lsp: async () => (await import('./commands/lsp.ts')).lsp,
};

/** Runs one command line and returns its exit code. SIGINT cancels what is under way. */
async function run(args: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = args;
  const terminal = createTerminal(args.includes('--quiet') || args.includes('-q'));
  if (name === '--version' || name === '-V') {
    await terminal.print(productVersion());
    return exitCodes.ok;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    await terminal.print(await help(rest[0]));
    return name === undefined ? exitCodes.usage : exitCodes.ok;
  }
  const command = await loadCommand(name);
  if (command === undefined) {
    terminal.error(`there is no command '${name}'; commands are ${Object.keys(commands).join(', ')}`);
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

async function loadCommand(name: string): Promise<Command | undefined> {
  return Object.hasOwn(commands, name) ? commands[name]?.() : undefined;
}

async function help(topic = ''): Promise<string> {
  const command = await loadCommand(topic);
  if (command !== undefined) return command.help;
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const width = Math.max(...all.map((candidate) => candidate.name.length));
  return [
    'plimsoll: the load line for container images',
    '',
    'usage: plimsoll COMMAND [ARGUMENTS] [--quiet]',
    '',
    ...all.map((candidate) => `  ${candidate.name.padEnd(width)}  ${candidate.summary}`),
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
