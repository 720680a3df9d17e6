import { rematchInWorker } from '../../engine/rematch-in-worker.ts';
import { renderRematch } from '../../evidence/rematch-report.ts';
import type { RematchResult } from '../../foundation/model/rematch.ts';
import { oneOf, parseCommandLine, UsageError } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { exitCodes, type ExitCode } from '../output.ts';

const help = `usage: plimsoll rematch [options]

Says what the advisories of now find in every image that was scanned before, without looking at the images again: what is
new, and what went away. What is new is remembered, so that the next run does not call it new again; a scan of the image
begins anew.

  --since DATE           what came and went from DATE on (YYYY-MM-DD, or a time in ISO 8601), in earlier runs too
  --format FORMAT        table (default) or json
  -o, --output FILE      write the result there instead of stdout
  --advisories FILE      use this advisory database

exit codes: 0 nothing new · 1 something new · 2 usage · 3 could not finish, or not everything could be matched`;

async function run(args: readonly string[], { terminal, signal }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, {
    since: { type: 'string' },
    format: { type: 'string' },
    output: { type: 'string', short: 'o' },
    advisories: { type: 'string' },
  });
  if (positionals.length > 0) throw new UsageError('rematch looks at every image that was scanned: name none');
  const format = oneOf('format', values.format, ['table', 'json'], 'table');
  const since = toSince(values.since);
  const result = await rematchInWorker(
    { ...(since === undefined ? {} : { since }), ...(values.advisories === undefined ? {} : { advisoriesFile: values.advisories }) },
    { signal, onProgress: terminal.progress },
  );
  terminal.endProgress();
  await terminal.print(renderRematch(format, result, values.output === undefined ? terminal : {}), values.output);
  return exitCodeOf(result);
}

/** A day begins at midnight, UTC. */
function toSince(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const isTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(value) && !Number.isNaN(Date.parse(value));
  if (!isTime) throw new UsageError(`--since is a day, such as 2026-01-31, or a time with its zone; not '${value}'`);
  return value;
}

/** What could not be matched wins, as in a scan: a pipeline must not take what was found for all there is. */
function exitCodeOf({ images }: RematchResult): ExitCode {
  if (images.some(({ problems }) => problems.length > 0)) return exitCodes.unfinished;
  return images.some((image) => image.new.length > 0) ? exitCodes.findings : exitCodes.ok;
}

export const rematch: Command = { name: 'rematch', summary: 'match new advisories against every image scanned before', help, run };
