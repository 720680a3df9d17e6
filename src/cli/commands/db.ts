import { advisoriesStatus, importAdvisories, updateAdvisories, type AdvisoriesStatus } from '../../engine/advisories.ts';
import { oneOf, parseCommandLine, UsageError } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { exitCodes, type ExitCode } from '../output.ts';

const help = `usage: plimsoll db status [--format table|json] | update [--source REFERENCE,...] | import FILE

The advisory database that scans are made against.

  status    which one is used, from when, and whether it is complete
  update    download the full database (trivy-db, an OCI artefact) from the first source that answers
  import    take a database file, or the artefact's tar.gz, that was carried here by hand

exit codes: 0 done · 2 usage · 3 could not finish; the previous database stays`;

async function run(args: readonly string[], { terminal, signal }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, { format: { type: 'string' }, source: { type: 'string' }, advisories: { type: 'string' } });
  const format = oneOf('format', values.format, ['table', 'json'], 'table');
  const [action, file, ...more] = positionals;
  if (more.length > 0 || (file !== undefined && action !== 'import')) throw new UsageError('too many arguments');
  let status: AdvisoriesStatus;
  switch (action) {
    case 'status':
      status = advisoriesStatus(values.advisories);
      break;
    case 'update':
      status = await updateAdvisories({ signal, onProgress: terminal.progress }, values.source?.split(','));
      break;
    case 'import':
      if (file === undefined) throw new UsageError('name the FILE to import');
      status = await importAdvisories(file);
      break;
    default:
      throw new UsageError(action === undefined ? 'say what to do: status, update or import' : `there is no 'db ${action}'`);
  }
  terminal.endProgress();
  await terminal.print(format === 'json' ? JSON.stringify({ schemaVersion: 1, ...status }, null, 2) : describe(status));
  return exitCodes.ok;
}

function describe(status: AdvisoriesStatus): string {
  return [
    `advisories  ${status.source}`,
    status.ageDays === undefined ? 'built       not known' : `built       ${status.builtAt} (${status.ageDays} days ago)`,
    `coverage    ${status.full ? 'full' : 'starter set: known-exploited and critical ones first, not complete coverage. Run: plimsoll db update'}`,
    `file        ${status.file}`,
  ].join('\n');
}

export const db: Command = { name: 'db', summary: 'show, update or import the advisory database', help, run };
