import { readFile } from 'node:fs/promises';
import { AuditError, auditNamespace, mergeAudits } from '../../engine/audit.ts';
import { formatRecord } from '../../engine/audit-records.ts';
import type { Shard, TagSelection } from '../../engine/audit-selection.ts';
import { renderAudit } from '../../evidence/audit-report.ts';
import { MAX_AUDIT_JOBS } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import type { AuditResult } from '../../foundation/model/audit.ts';
import { oneOf, parseCommandLine, UsageError } from '../arguments.ts';
import type { CommandContext } from '../command.ts';
import { toPlatform } from '../image-arguments.ts';
import { exitCodes, type ExitCode } from '../output.ts';
import { configurationFor } from '../policy-options.ts';

const MAX_SHARDS = 10_000;

/** Carries out 'plimsoll policy audit'. @throws {UsageError} */
export async function runAuditCommand(args: readonly string[], { terminal, signal }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, {
    tags: { type: 'string' },
    repositories: { type: 'string' },
    platform: { type: 'string' },
    remote: { type: 'boolean' },
    jobs: { type: 'string' },
    shard: { type: 'string' },
    state: { type: 'string' },
    merge: { type: 'boolean' },
    format: { type: 'string' },
    advisories: { type: 'string' },
    config: { type: 'string' },
  });
  const format = oneOf('format', values.format, ['table', 'json', 'jsonl'], 'table');
  if (values.merge === true) {
    if (positionals.length === 0 || format === 'jsonl') throw new UsageError('--merge takes FILE..., and prints a table or JSON');
    const merged = await asUsage(() => mergeAudits(positionals));
    await terminal.print(renderAudit(format, merged, terminal));
    return exitCodeOf(merged);
  }
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0) throw new UsageError('name one REGISTRY/NAMESPACE');
  const platform = toPlatform(values.platform);
  const shard = toShard(values.shard);
  const tagsText = values.tags ?? 'all';
  let printed: Promise<void> = Promise.resolve();
  const result = await asUsage(async () =>
    auditNamespace(
      target,
      {
        configuration: await configurationFor(values.config, terminal),
        tags: toTagSelection(tagsText),
        tagsText,
        jobs: toJobs(values.jobs),
        remote: values.remote === true,
        ...(platform === undefined ? {} : { platform: { value: platform, text: values.platform ?? '' } }),
        ...(shard === undefined ? {} : { shard }),
        ...(values.repositories === undefined ? {} : { repositories: await readNames(values.repositories) }),
        ...(values.advisories === undefined ? {} : { advisoriesFile: values.advisories }),
        ...(values.state === undefined ? {} : { stateFile: values.state }),
        onRecord: (record) => {
          if (format === 'jsonl') printed = printed.then(() => terminal.print(formatRecord(record)));
        },
      },
      { signal, onProgress: terminal.progress },
    ),
  );
  await printed;
  terminal.endProgress();
  if (format !== 'jsonl') await terminal.print(renderAudit(format, result, terminal));
  return exitCodeOf(result);
}

function toTagSelection(text: string): TagSelection {
  if (text === 'all') return { kind: 'all' };
  const count = /^latest[: ](\d{1,6})$/.exec(text)?.[1];
  if (count !== undefined) return { kind: 'latest', count: Number(count) };
  if (!/^[\w.*?-]{1,128}$/.test(text)) throw new UsageError(`--tags is all, latest:N or a pattern such as 'v1.*'; not '${text}'`);
  return { kind: 'pattern', pattern: text };
}

function toShard(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined;
  const [, index = '', count = ''] = /^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index < 1 || shard.index > shard.count || shard.count > MAX_SHARDS)
    throw new UsageError(`--shard is I/N, from 1/N to N/N; not '${text}'`);
  return shard;
}

function toJobs(text = '4'): number {
  const jobs = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (jobs < 1 || jobs > MAX_AUDIT_JOBS) throw new UsageError(`--jobs is a number from 1 to ${MAX_AUDIT_JOBS}; not '${text}'`);
  return jobs;
}

async function readNames(file: string): Promise<readonly string[]> {
  try {
    const lines = (await readFile(file, 'utf8')).split('\n').map((line) => line.trim());
    return lines.filter((line) => line !== '' && !line.startsWith('#'));
  } catch (error) {
    throw new UsageError(`--repositories ${file} cannot be read: ${messageOf(error)}`);
  }
}

async function asUsage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AuditError) throw new UsageError(error.message);
    throw error;
  }
}

/** What is not known wins, as in a scan: a pipeline must not take what was judged for all there is. */
function exitCodeOf({ complete, summary: { unknown, block, blockUntilScanned } }: AuditResult): ExitCode {
  if (!complete || unknown > 0) return exitCodes.unfinished;
  return block + blockUntilScanned > 0 ? exitCodes.findings : exitCodes.ok;
}
