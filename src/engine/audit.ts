import { MAX_AUDIT_LINE_BYTES, MAX_AUDIT_STATE_BYTES, MAX_AUDITED_IMAGES, MAX_AUDITED_REPOSITORIES } from '../foundation/base/limits.ts';
import { messageOf } from '../foundation/base/result.ts';
import { createHttpClient } from '../foundation/io/http-client.ts';
import type { StreamingHttpClient } from '../foundation/io/http.ts';
import { appendLine, readLines } from '../foundation/io/line-log.ts';
import { withPatience } from '../foundation/io/patient-http.ts';
import type { AuditResult } from '../foundation/model/audit.ts';
import { vulnerabilityCategories } from '../foundation/model/finding.ts';
import type { Platform } from '../foundation/model/image.ts';
import type { Problem } from '../foundation/model/problem.ts';
import { PolicyError } from '../gate/provider.ts';
import type { RegistryClient } from '../registry/client.ts';
import { RegistryError } from '../registry/error.ts';
import { isRepository, parseReference } from '../registry/reference.ts';
import { auditImage, type Judging } from './audit-image.ts';
import { findRepositories, type AuditTarget } from './audit-listing.ts';
import { createAuditMemory } from './audit-memory.ts';
import { notBelow, nothingListed, nothingMatched, tooMany } from './audit-problems.ts';
import { AuditLedger, formatRecord, parseRecord, toAuditResult, type AuditHeader, type AuditRecord } from './audit-records.ts';
import { shardOf, type Shard, type TagSelection } from './audit-selection.ts';
import { groupByDigest } from './audit-tags.ts';
import { checkPush } from './check-push.ts';
import type { Configuration } from './configuration.ts';
import type { ScanHooks, ScanOptions } from './engine.ts';
import { recallContents, toReadOptions } from './recall-contents.ts';
import { reportContents } from './report-contents.ts';
import { scanInWorker } from './scan-in-worker.ts';
import { createClient } from './shared-report.ts';

/** What was asked for cannot be done. The message says what, and why. */
export class AuditError extends Error {
  override readonly name = 'AuditError';
}

export interface AuditOptions {
  readonly configuration: Configuration;
  readonly tags: TagSelection;
  /** The same, as it was asked for. */
  readonly tagsText: string;
  readonly platform?: { readonly value: Platform; readonly text: string };
  readonly shard?: Shard;
  /** Instead of those that the registry lists. */
  readonly repositories?: readonly string[];
  /** Most repositories at the same time. */
  readonly jobs: number;
  /** True to scan images that nobody attached a report to. */
  readonly remote: boolean;
  readonly advisoriesFile?: string;
  /** Where the audit is kept while it runs, to be taken up again. */
  readonly stateFile?: string;
  /** Told each record as it comes, those of earlier runs first. */
  readonly onRecord?: (record: AuditRecord) => void;
}

/** An audit under way. */
interface Run {
  readonly target: AuditTarget;
  readonly options: AuditOptions;
  readonly hooks: ScanHooks;
  readonly client: RegistryClient;
  readonly judging: Judging;
  readonly ledger: AuditLedger;
  readonly note: (record: AuditRecord) => Promise<void>;
}

/**
 * Judges every image of a namespace, each digest of a repository once, and returns what was decided. What cannot be listed or read is a problem or the decision 'unknown', never 'allow'.
 * @throws {AuditError} when the state belongs to another audit · {AdvisoryStoreError} · DOMException AbortError: what was judged so far is in the state
 */
export async function auditNamespace(text: string, options: AuditOptions, hooks: ScanHooks = {}): Promise<AuditResult> {
  const target = parseTarget(text);
  const ledger = new AuditLedger();
  const header = headerOf(target, options);
  const earlier = options.stateFile === undefined ? [] : readState(options.stateFile, header);
  for await (const record of earlier) {
    ledger.add(record);
    options.onRecord?.(record);
  }
  const note = createNote(ledger, options);
  if (!ledger.hasEnded || ledger.problems.length > 0 || [...ledger.images].some(({ passing }) => passing === true)) {
    await note({ kind: 'header', header });
    await runAudit({ target, options, hooks, ledger, note });
    await note({ kind: 'end' });
  }
  return toAuditResult([ledger]);
}

/** Returns one result of the parts of an audit: states, or what `--format jsonl` printed. @throws {AuditError} when they are not parts of one audit */
export async function mergeAudits(files: readonly string[]): Promise<AuditResult> {
  const ledgers: AuditLedger[] = [];
  for (const file of files) {
    const ledger = new AuditLedger();
    for await (const line of readLines(file, MAX_AUDIT_STATE_BYTES, MAX_AUDIT_LINE_BYTES)) {
      const record = parseRecord(line);
      if (record !== undefined) ledger.add(record);
    }
    if (ledger.header === undefined) throw new AuditError(`${file} does not exist, or is no audit: name states, or what --format jsonl printed`);
    ledgers.push(ledger);
  }
  const missing = findMissing(ledgers.flatMap(({ header }) => header ?? []));
  const unmatched = ledgers.length > 1 ? nothingMatched(ledgers) : undefined;
  return toAuditResult(ledgers, unmatched === undefined ? missing : [...missing, unmatched]);
}

function parseTarget(text: string): AuditTarget {
  const reference = parseReference(`${text.replace(/^https?:\/\//, '').replace(/\/+$/, '')}/any`);
  const namespace = reference?.repository.slice(0, -'/any'.length) ?? '';
  if (reference === undefined || namespace === '' || namespace === 'any') throw new AuditError(`${JSON.stringify(text)} is no REGISTRY/NAMESPACE`);
  return { registry: reference.registry, namespace };
}

function headerOf({ registry, namespace }: AuditTarget, { tagsText, platform, shard }: AuditOptions): AuditHeader {
  return {
    audit: 1,
    target: `${registry}/${namespace}`,
    tags: tagsText,
    ...(platform === undefined ? {} : { platform: platform.text }),
    ...(shard === undefined ? {} : { shard: `${shard.index}/${shard.count}` }),
  };
}

async function* readState(file: string, header: AuditHeader): AsyncGenerator<AuditRecord> {
  for await (const line of readLines(file, MAX_AUDIT_STATE_BYTES, MAX_AUDIT_LINE_BYTES)) {
    const record = parseRecord(line);
    if (record?.kind === 'header' && JSON.stringify(record.header) !== JSON.stringify(header))
      throw new AuditError(`${file} holds another audit, of ${record.header.target} with other options: name another --state FILE, or remove it`);
    if (record !== undefined) yield record;
  }
}

/** Records are written one after another, whoever notes them. */
function createNote(ledger: AuditLedger, { stateFile, onRecord }: AuditOptions): (record: AuditRecord) => Promise<void> {
  let written: Promise<void> = Promise.resolve();
  return (record) => {
    ledger.add(record);
    onRecord?.(record);
    if (stateFile !== undefined) written = written.then(() => appendLine(stateFile, formatRecord(record)));
    return written;
  };
}

async function runAudit(parts: Pick<Run, 'target' | 'options' | 'hooks' | 'ledger' | 'note'>): Promise<void> {
  const { target, options, hooks, ledger, note } = parts;
  const http = withPatience(createHttpClient(), {
    onWait: (waitMs) => hooks.onProgress?.({ message: `${target.registry} asks to wait ${Math.ceil(waitMs / 1000)} s` }),
  });
  const client = createClient({ registry: target.registry, repository: `${target.namespace}/any` }, hooks, http);
  const run: Run = { ...parts, client, judging: createJudging(client, http, options, hooks) };
  const repositories = selectRepositories(run, http);
  const work = async (): Promise<void> => {
    // One list for all of them: each takes the next name.
    for (;;) {
      const next = await repositories.next();
      if (next.done === true) return;
      hooks.onProgress?.({ message: `${ledger.doneCount} repositories, ${ledger.imageCount} images: ${next.value}` });
      await auditRepository(next.value, run);
    }
  };
  const workers = Array.from({ length: options.jobs }, async () => {
    try {
      await work();
    } catch (error) {
      // The others end with the repository they are at.
      void repositories.return(undefined);
      throw error;
    }
  });
  await Promise.allSettled(workers);
  hooks.signal?.throwIfAborted();
  await Promise.all(workers);
  if (ledger.isFull) await note({ kind: 'problem', problem: tooMany(`more than ${MAX_AUDITED_IMAGES} images`) });
  // Of a part nobody knows whether the others have some.
  const unmatched = options.shard === undefined ? nothingMatched([ledger]) : undefined;
  if (unmatched !== undefined) await note({ kind: 'problem', problem: unmatched });
}

/** Yields the repositories that are to be looked at. A list that breaks off is a problem, and what came before it counts. */
async function* selectRepositories({ target, options, client, ledger, note }: Run, http: StreamingHttpClient): AsyncGenerator<string> {
  const provider = options.configuration.providerOf[target.registry];
  const listed = options.repositories ?? findRepositories(target, { client, http, provider });
  const seen = new Set<string>();
  let isEmpty = true;
  try {
    for await (const repository of listed) {
      isEmpty = false;
      // What is decided is decided by the policy of this namespace.
      if (!isBelow(target, repository)) {
        await note({ kind: 'problem', problem: notBelow(target, repository) });
        continue;
      }
      const isOurs = options.shard === undefined || shardOf(repository, options.shard.count) === options.shard.index;
      if (!isOurs || seen.has(repository)) continue;
      if (seen.size >= MAX_AUDITED_REPOSITORIES) {
        await note({ kind: 'problem', problem: tooMany(`more than ${MAX_AUDITED_REPOSITORIES} repositories`) });
        return;
      }
      seen.add(repository);
      if (!ledger.isDone(repository) && !ledger.isFull) yield repository;
    }
    // A name with a slip in it must not look like a namespace in which all is well.
    if (isEmpty) await note({ kind: 'problem', problem: nothingListed(target, options.repositories !== undefined) });
  } catch (error) {
    client.session.signal?.throwIfAborted();
    if (!(error instanceof RegistryError) && !(error instanceof PolicyError)) throw error;
    const code = error.code === 'forbidden' || error.code === 'unauthenticated' ? 'permission' : 'network';
    await note({ kind: 'problem', problem: { code, message: messageOf(error) } });
  }
}

async function auditRepository(repository: string, run: Run): Promise<void> {
  const { client, judging, ledger, note } = run;
  let isSettled = true;
  try {
    for (const image of await groupByDigest(client, repository, run.options.tags)) {
      if (ledger.isFull) return;
      if (ledger.isSettled(image)) continue;
      const audited = image.digest === undefined ? image.refused : await auditImage({ ...image, digest: image.digest }, judging);
      if (audited === undefined) continue;
      await note({ kind: 'image', image: audited });
      if (audited.passing === true) isSettled = false;
    }
    if (isSettled) await note({ kind: 'done', repository });
  } catch (error) {
    client.session.signal?.throwIfAborted();
    if (!(error instanceof RegistryError)) throw error;
    await note({ kind: 'problem', problem: { code: 'network', message: `${repository} was not looked at: ${messageOf(error)}` } });
  }
}

function createJudging(client: RegistryClient, http: StreamingHttpClient, options: AuditOptions, hooks: ScanHooks): Judging {
  const { configuration, platform, advisoriesFile, remote } = options;
  const signal = hooks.signal === undefined ? {} : { signal: hooks.signal };
  const memory = createAuditMemory();
  let isOfNoKind = false;
  // A policy of the project's own looks at more than vulnerabilities.
  const scanOptions: ScanOptions = {
    ...(configuration.policy === undefined ? { categories: vulnerabilityCategories } : {}),
    ...(advisoriesFile === undefined ? {} : { advisoriesFile }),
  };
  return {
    client,
    options: scanOptions,
    ...(platform === undefined ? {} : { platform: platform.value }),
    async look(input, looked) {
      if (input.kind === 'sbom') return undefined;
      if (remote) return { report: await scanInWorker(input, looked, signal), basis: 'scanned' };
      const { contents } = await recallContents(input, looked, toReadOptions(looked, signal));
      return contents === undefined ? undefined : { report: await reportContents(contents, {}, input, looked, signal), basis: 'remembered' };
    },
    async judge(report, reference) {
      // What kind of registry it is, is asked once.
      const asking = { http, ...(isOfNoKind ? { providers: [] } : {}) };
      const decision = await checkPush(report, reference, { ...signal, configuration, memory, asking });
      isOfNoKind ||= decision.provider === 'none' && decision.problems.length === 0;
      return decision;
    },
  };
}

function isBelow({ namespace }: AuditTarget, repository: string): boolean {
  return repository.startsWith(`${namespace}/`) && isRepository(repository);
}

/** A part that nobody handed in, or parts of different audits. */
function findMissing(headers: readonly AuditHeader[]): readonly Problem[] {
  const [first] = headers;
  const isSame = ({ target, tags, platform }: AuditHeader): boolean => target === first?.target && tags === first.tags && platform === first.platform;
  const other = headers.find((header) => !isSame(header));
  if (other !== undefined)
    throw new AuditError(`these are parts of different audits: of ${first?.target ?? ''} and of ${other.target}, or with other options`);
  const counts = new Set(headers.map(({ shard }) => shard?.split('/')[1]));
  const shards = new Set(headers.map(({ shard }) => shard));
  if (counts.size > 1 || shards.size < headers.length)
    throw new AuditError('these are not parts of one audit: they are divided differently, or one is there twice');
  const count = Number([...counts][0] ?? 1);
  const missing = Array.from({ length: count }, (_, index) => `${index + 1}/${count}`).filter((shard) => count > 1 && !shards.has(shard));
  return missing.length === 0
    ? []
    : [{ code: 'other', message: `Of the audit's parts ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.` }];
}
