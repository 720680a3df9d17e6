import { clearImageCache, imageCacheStatus } from '../../engine/image-memory.ts';
import { clearSeen } from '../../engine/seen-images.ts';
import { oneOf, parseCommandLine, UsageError } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { exitCodes, type ExitCode } from '../output.ts';

const help = `usage: plimsoll cache status | clear  [options]

What was found in layers and images is remembered, so that an unchanged image is answered at once and a new layer on a known base is the only one looked at.
The editor and the command line share it. What was used longest ago is forgotten first.

  status                 where it is, and how large
  clear                  forget everything; it is found out again when needed
  --format FORMAT        table (default) or json, of status

exit codes: 0 done · 2 usage`;

const BYTES_PER_MEGABYTE = 1_000_000;

async function run(args: readonly string[], { terminal }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, { format: { type: 'string' } });
  const format = oneOf('format', values.format, ['table', 'json'], 'table');
  const [action, ...more] = positionals;
  if (more.length > 0 || (action !== 'status' && action !== 'clear')) throw new UsageError('say cache status or cache clear');
  if (action === 'clear') {
    await clearImageCache();
    await clearSeen();
    terminal.note('Forgot what was found in layers and images.');
    return exitCodes.ok;
  }
  const { directory, entries, sizeBytes } = await imageCacheStatus();
  const table = [`directory  ${directory}`, `entries    ${entries}`, `size       ${(sizeBytes / BYTES_PER_MEGABYTE).toFixed(1)} MB`].join('\n');
  await terminal.print(format === 'json' ? JSON.stringify({ schemaVersion: 1, directory, entries, sizeBytes }, undefined, 2) : table);
  return exitCodes.ok;
}

export const cache: Command = { name: 'cache', summary: 'what is remembered of layers and images: how much, or forget it', help, run };
