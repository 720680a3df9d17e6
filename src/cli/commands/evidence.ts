import { existsSync } from 'node:fs';
import { evidenceLogFile, readEvidence } from '../../engine/evidence-log.ts';
import { renderLog, renderVerdict } from '../../evidence/log/render-log.ts';
import { oneOf, parseCommandLine, UsageError } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { exitCodes, type ExitCode } from '../output.ts';

const help = `usage: plimsoll evidence show | verify  [options]

The evidence log has a line for each push that 'plimsoll push' or the editor made or refused: when, who, what, by which decision, and the reason of whoever pushed all the same.
Each line has the hash of the one before, so that a line that was changed or removed shows. 'plimsoll cache clear' leaves it alone.

  show                   every entry, and whether the log is as it was written
  verify                 only whether it is
  --file FILE            another log (default: this user's, in PLIMSOLL_STATE_DIR or the platform's place for a user's data)
  --format FORMAT        table (default) or json

exit codes: 0 as it was written · 1 lines were changed or removed · 2 usage · 3 cannot be read`;

async function run(args: readonly string[], { terminal }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, { format: { type: 'string' }, file: { type: 'string' } });
  const format = oneOf('format', values.format, ['table', 'json'], 'table');
  const [action, ...more] = positionals;
  if (more.length > 0 || (action !== 'show' && action !== 'verify')) throw new UsageError('say evidence show or evidence verify');
  if (values.file !== undefined && !existsSync(values.file)) throw new Error(`there is no log ${values.file}`);
  const log = await readEvidence(values.file ?? evidenceLogFile());
  if (action === 'show') await terminal.print(renderLog(format, log, terminal));
  else if (format === 'table') await terminal.print(renderVerdict(log.file, log.verdict).join('\n'));
  else await terminal.print(JSON.stringify({ schemaVersion: 1, file: log.file, ...log.verdict }, undefined, 2));
  return log.verdict.faults.length === 0 ? exitCodes.ok : exitCodes.findings;
}

export const evidence: Command = { name: 'evidence', summary: 'what was pushed, by whom and why; and whether that log is whole', help, run };
