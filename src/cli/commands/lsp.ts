import { pathToFileURL } from 'node:url';
import { workerEntry } from '../../foundation/io/resources.ts';
import { parseCommandLine, UsageError } from '../arguments.ts';
import type { Command } from '../command.ts';
import { exitCodes, type ExitCode } from '../output.ts';

const help = `usage: plimsoll lsp --stdio

The language server, for any editor that speaks LSP over stdin and stdout.`;

async function run(args: readonly string[]): Promise<ExitCode> {
  const { values } = parseCommandLine(args, { stdio: { type: 'boolean' }, clientProcessId: { type: 'string' } });
  if (values.stdio !== true) throw new UsageError('the server speaks over --stdio');
  // The server bundle finds --stdio in process.argv and serves from the moment it is loaded.
  await import(pathToFileURL(workerEntry('server.cjs', 'server/main.ts')).href);
  return exitCodes.ok;
}

export const lsp: Command = { name: 'lsp', summary: 'the language server, for other editors', help, run };
