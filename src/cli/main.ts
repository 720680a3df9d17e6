import { AdvisoryStoreError } from '../advisories/store/store.ts';
import { messageOf } from '../foundation/base/result.ts';
import { productVersion } from '../foundation/io/resources.ts';
import { ImageSourceError } from '../image/sources/source.ts';
import { UsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { METADATA_WORD, PLUGIN_WORD, pluginMetadata, readPluginCommandLine, watchDocker } from './docker-plugin.ts';
import { createTerminal, exitCodes, type ExitCode, type Terminal } from './output.ts';

/** Each is loaded when it is wanted: what a short run needs most time for is loading. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  lint: async () => (await import('./commands/lint.ts')).lint,
  scan: async () => (await import('./commands/scan.ts')).scan,
  rematch: async () => (await import('./commands/rematch.ts')).rematch,
  sbom: async () => (await import('./commands/sbom.ts')).sbom,
  push: async () => (await import('./commands/push.ts')).push,
  'install-docker-plugin': async () => (await import('./commands/install-docker-plugin.ts')).installDockerPlugin,
  evidence: async () => (await import('./commands/evidence.ts')).evidence,
  attach: async () => (await import('./commands/attach.ts')).attachCommand,
  policy: async () => (await import('./commands/policy.ts')).policy,
  verify: async () => (await import('./commands/verify.ts')).verify,
  db: async () => (await import('./commands/db.ts')).db,
  cache: async () => (await import('./commands/cache.ts')).cache,
  lsp: async () => (await import('./commands/lsp.ts')).lsp,
};

/** Runs one command line and returns its exit code. SIGINT cancels what is under way. */
async function run(args: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === PLUGIN_WORD) return runAsPlugin(rest);
  const terminal = createTerminal(args.includes('--quiet') || args.includes('-q'));
  if (name === '--version' || name === '-V' || name === 'version') {
    await terminal.print(productVersion());
    return exitCodes.ok;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const [topic, ...action] = rest.filter((word) => !word.startsWith('-'));
    const topicCommand = topic === undefined ? undefined : await loadCommand(topic);
    if (topic !== undefined && topicCommand === undefined) return refuseName(topic, terminal);
    await terminal.print(topicCommand === undefined ? await listCommands() : helpFor(topicCommand, action));
    return name === undefined ? exitCodes.usage : exitCodes.ok;
  }
  const command = await loadCommand(name);
  if (command === undefined) return refuseName(name, terminal);
  if (rest.includes('--help') || rest.includes('-h')) {
    await terminal.print(helpFor(command, rest));
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
      terminal.error(`${error.message}\n\n${helpFor(command, rest).split('\n\n')[0] ?? ''}\n\n'plimsoll ${name} --help' tells more.`);
      return exitCodes.usage;
    }
    if (controller.signal.aborted) terminal.error('cancelled');
    else if (error instanceof ImageSourceError || error instanceof AdvisoryStoreError) terminal.error(error.message);
    else terminal.error(messageOf(error));
    return exitCodes.unfinished;
  }
}

/** As `docker plimsoll …`. */
async function runAsPlugin(args: readonly string[]): Promise<ExitCode> {
  const terminal = createTerminal(false);
  if (args[0] === METADATA_WORD) {
    await terminal.print(pluginMetadata());
    return exitCodes.ok;
  }
  try {
    const { args: own, environment } = readPluginCommandLine(args);
    for (const [name, value] of Object.entries(environment)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    watchDocker(() => process.kill(process.pid, 'SIGINT'));
    return await run(own);
  } catch (error) {
    terminal.error(messageOf(error));
    return error instanceof UsageError ? exitCodes.usage : exitCodes.unfinished;
  }
}

function helpFor({ help: whole, helpOf = {} }: Command, [action = '']: readonly string[]): string {
  return (Object.hasOwn(helpOf, action) ? helpOf[action] : undefined) ?? whole;
}

async function loadCommand(name: string): Promise<Command | undefined> {
  return Object.hasOwn(commands, name) ? commands[name]?.() : undefined;
}

function refuseName(name: string, terminal: Terminal): ExitCode {
  terminal.error(`there is no command '${name}'; commands are ${Object.keys(commands).join(', ')}`);
  return exitCodes.usage;
}

async function listCommands(): Promise<string> {
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
