import {
  advisoriesStatus,
  compactAdvisories,
  importAdvisories,
  resetAdvisories,
  rollBackAdvisories,
  updateAdvisories,
  type AdvisoriesStatus,
  type ListStatus,
} from '../../engine/advisories.ts';
import { describeCoverage } from '../../engine/advisory-coverage.ts';
import { formatAge } from '../advisories-age.ts';
import { oneOf, parseCommandLine, UsageError } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { exitCodes, type ExitCode } from '../output.ts';
import { runDbBuild } from './db-build.ts';

const help = `usage: plimsoll db status [--advisories FILE] [--format table|json]
       plimsoll db update [--source REFERENCE,...] [--kev-source URL] [--epss-source URL] [--no-extras] [--format table|json]
       plimsoll db import FILE... | rollback | reset [--format table|json]
       plimsoll db build --from DIR... -o FILE [--feed ID=PATH...] [--compact] [--format table|json]
       plimsoll db compact [FILE] -o FILE

The advisory database that scans are made against.

  status    which one is used, from when, and what it covers
  update    download the full database (trivy-db, an OCI artefact) from the first source that answers, and beside it the vulnerabilities
            known to be exploited (CISA KEV) and the probabilities of exploitation (FIRST EPSS); --no-extras leaves those two as they are
  import    take files that were carried here by hand: a database, the artefact's tar.gz, CISA's JSON, FIRST's CSV or csv.gz
  rollback  go back to the database before the one in use; a second time undoes it
  reset     go back to what came with Plimsoll, until the next update or import; rollback undoes it
  build     make a database of publishers' own files: folders, archives and files, each read by the feed that knows its name;
            --feed hands a file to a feed whatever it is called; --compact gives a fraction of the size, for Plimsoll only
  compact   write a database (FILE, or the one in use) in a fraction of its size: the same matches, no titles, descriptions or references

exit codes: 0 done · 2 usage · 3 could not finish; the previous database stays`;

const options = {
  format: { type: 'string' },
  source: { type: 'string' },
  'kev-source': { type: 'string' },
  'epss-source': { type: 'string' },
  'no-extras': { type: 'boolean' },
  advisories: { type: 'string' },
  output: { type: 'string', short: 'o' },
} as const;

type Values = ReturnType<typeof parseCommandLine<typeof options>>['values'];

async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  if (args[0] === 'build') return runDbBuild(args.slice(1), context);
  const { terminal, signal } = context;
  const { values, positionals } = parseCommandLine(args, options);
  const format = oneOf('format', values.format, ['table', 'json'], 'table');
  const [action, ...files] = positionals;
  if (action === 'compact') return compact(values, files, context);
  if (files.length > 0 && action !== 'import') throw new UsageError('too many arguments');
  const hooks = { signal, onProgress: terminal.progress };
  const { problems = [], ...status } = await perform(action, files, values, hooks).catch((error: unknown) => {
    if (action === 'update' && !signal.aborted) tellInUse(context);
    throw error;
  });
  terminal.endProgress();
  await terminal.print(
    format === 'json' ? JSON.stringify({ schemaVersion: 1, ...status, ...(problems.length > 0 && { problems }) }, null, 2) : describe(status),
  );
  // The database is what an update is for; a list that could not be had is told, and is no failure.
  for (const problem of problems) terminal.error(`${problem}; what was there before is used`);
  return exitCodes.ok;
}

async function perform(
  action: string | undefined,
  files: readonly string[],
  values: Values,
  hooks: Parameters<typeof updateAdvisories>[0],
): Promise<AdvisoriesStatus & { readonly problems?: readonly string[] }> {
  switch (action) {
    case 'status':
      return advisoriesStatus(values.advisories);
    case 'update':
      return updateAdvisories(hooks, toUpdateOptions(values));
    case 'import':
      if (files.length === 0) throw new UsageError('name the FILE to import');
      return importAdvisories(files, hooks);
    case 'rollback':
      return rollBackAdvisories();
    case 'reset':
      return resetAdvisories();
    default:
      throw new UsageError(
        action === undefined ? 'say what to do: status, update, import, rollback, reset, build or compact' : `there is no 'db ${action}'`,
      );
  }
}

/** Whoever could not get newer advisories wants to know what there is. */
function tellInUse({ terminal }: CommandContext): void {
  terminal.endProgress();
  try {
    const { source, builtAt, ageDays } = advisoriesStatus();
    terminal.error(`in use: ${source}${ageDays === undefined ? '' : `, built ${builtAt.slice(0, 10)} (${formatAge(ageDays)})`}`);
  } catch {
    terminal.error('in use: no advisories that can be read');
  }
}

function toUpdateOptions(values: Values): Parameters<typeof updateAdvisories>[1] {
  const [kevSource, epssSource] = [values['kev-source'], values['epss-source']];
  return {
    ...(values.source !== undefined && { sources: values.source.split(',') }),
    ...(kevSource !== undefined && { kevSource }),
    ...(epssSource !== undefined && { epssSource }),
    withLists: values['no-extras'] !== true,
  };
}

async function compact(values: Values, [file, ...more]: readonly string[], { terminal, signal }: CommandContext): Promise<ExitCode> {
  if (more.length > 0) throw new UsageError('too many arguments');
  if (values.output === undefined) throw new UsageError('name the database to write: -o FILE');
  const written = await compactAdvisories(file ?? values.advisories, values.output, { signal, onProgress: terminal.progress });
  terminal.endProgress();
  const share = ((100 * written.sizeBytes) / written.originalBytes).toFixed(1);
  await terminal.print(`${written.file}: ${written.sizeBytes} bytes, ${share} % of ${written.originalBytes}`);
  return exitCodes.ok;
}

function describe(status: AdvisoriesStatus): string {
  return [
    `advisories  ${status.source}`,
    status.ageDays === undefined ? 'built       not known' : `built       ${status.builtAt} (${formatAge(status.ageDays)})`,
    `coverage    ${describeKnown(status)}`,
    `file        ${status.file}`,
    `exploited   ${describeList(status.kev)}`,
    `probable    ${describeList(status.epss)}`,
    `asked       ${status.checkedAt === undefined ? 'never for newer ones' : `for newer ones at ${status.checkedAt}`}`,
    ...(status.previous === undefined ? [] : [`previous    ${status.previous.source}, built ${status.previous.builtAt} (plimsoll db rollback)`]),
  ].join('\n');
}

function describeKnown({ full, coverage }: AdvisoriesStatus): string {
  if (!full) return 'starter set: known-exploited and critical ones first, not complete coverage. Run: plimsoll db update';
  return coverage === undefined ? 'full' : `part: ${describeCoverage(coverage)}`;
}

function describeList(list: ListStatus | undefined): string {
  if (list === undefined) return 'as far as the database says; no list beside it';
  return list.ageDays === undefined ? list.source : `${list.source}, of ${list.publishedAt.slice(0, 10)} (${formatAge(list.ageDays)})`;
}

export const db: Command = { name: 'db', summary: 'show, update, import, build or compact the advisory database', help, run };
