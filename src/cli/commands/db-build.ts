import { buildAdvisories, feedIds } from '../../engine/build-advisories.ts';
import type { BuiltAdvisories, FeedCounts } from '../../engine/build-advisories.ts';
import { oneOf, parseCommandLine, UsageError } from '../arguments.ts';
import type { CommandContext } from '../command.ts';
import { exitCodes, type ExitCode } from '../output.ts';

/** Problems that the table lists; --format json lists more. */
const SHOWN_PROBLEMS = 20;

/** Runs `plimsoll db build …`; `args` are what comes after. @throws {UsageError} {NothingToBuildError} {FileError} what the operating system reports */
export async function runDbBuild(args: readonly string[], { terminal, signal }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, {
    from: { type: 'string', multiple: true },
    feed: { type: 'string', multiple: true },
    output: { type: 'string', short: 'o' },
    compact: { type: 'boolean' },
    format: { type: 'string' },
  });
  const format = oneOf('format', values.format, ['table', 'json'], 'table');
  // `--from a b` is what people write for two folders.
  const from = [...(values.from ?? []), ...positionals];
  const forced = (values.feed ?? []).map(parseForced);
  if (from.length === 0 && forced.length === 0) throw new UsageError('name what to build from: --from DIR...');
  if (values.output === undefined) throw new UsageError('name the database to write: -o FILE');
  const isCompact = values.compact === true;
  const built = await buildAdvisories({ from, forced, file: values.output, isCompact }, { signal, onProgress: terminal.progress });
  terminal.endProgress();
  await terminal.print(format === 'json' ? JSON.stringify({ schemaVersion: 1, ...built }, null, 2) : describe(built));
  for (const problem of built.problems.slice(0, SHOWN_PROBLEMS)) terminal.note(problem);
  if (built.problemCount > 0) terminal.error(describeProblems(built));
  return built.problemCount === 0 ? exitCodes.ok : exitCodes.unfinished;
}

function parseForced(option: string): { readonly feedId: string; readonly place: string } {
  const [, feedId = '', place = ''] = /^([^=]*)=(.+)$/s.exec(option) ?? [];
  if (place === '') throw new UsageError(`--feed is ID=PATH; not '${option}'`);
  if (!feedIds().includes(feedId)) throw new UsageError(`there is no feed '${feedId}'; feeds are ${feedIds().join(', ')}`);
  return { feedId, place };
}

function describe(built: BuiltAdvisories): string {
  const rows = built.feeds.flatMap(toRows);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const [feedWidth = 0, filesWidth = 0, recordsWidth = 0] = widths;
  return [
    ...rows.map(
      ([feed, files, records, bucket]) => `${feed.padEnd(feedWidth)}  ${files.padStart(filesWidth)}  ${records.padStart(recordsWidth)}  ${bucket}`,
    ),
    '',
    `file        ${built.file}, ${built.sizeBytes} bytes from ${built.inputBytes}`,
    `built       ${built.builtAt}`,
    `advisories  ${built.advisories} in ${built.buckets} platforms and languages, on ${built.vulnerabilities} vulnerabilities`,
    `passed over ${built.passedOver} files that no feed reads`,
  ].join('\n');
}

type Row = readonly [feed: string, files: string, records: string, bucket: string];

function toRows(counts: FeedCounts): Row[] {
  const rows: (readonly [string, number])[] = [
    ...Object.entries(counts.buckets),
    ...(counts.other > 0 ? [['(facts on vulnerabilities)', counts.other] as const] : []),
  ];
  if (rows.length === 0) return [[counts.id, `${counts.files} files`, '0', 'nothing']];
  return rows.map(([bucket, records], index) => [index === 0 ? counts.id : '', index === 0 ? `${counts.files} files` : '', String(records), bucket]);
}

function describeProblems({ problemCount, problems }: BuiltAdvisories): string {
  const shown = Math.min(problems.length, SHOWN_PROBLEMS);
  const rest = problemCount > shown ? `; the first ${shown} are above, --format json lists more` : '';
  return `${problemCount} problems: what they are about is not in the database, the rest is${rest}`;
}
