/**
 * An audit as lines of JSON, which is how it is kept while it runs, printed with `--format jsonl`, and put together from several parts: a header, then what was found as it was found, then an end.
 * A run that takes an earlier one up again begins with a header of its own.
 */
import { MAX_AUDITED_IMAGES, MAX_PROBLEMS } from '../foundation/base/limits.ts';
import { compareBy, compareText } from '../foundation/base/order.ts';
import type { AuditedImage, AuditResult } from '../foundation/model/audit.ts';
import type { Problem } from '../foundation/model/problem.ts';
import { isAuditedImage } from '../protocol/model-guards/audit.ts';
import { isProblem } from '../protocol/model-guards/problem.ts';
import { memberOf, parseJson, textOf } from '../registry/json.ts';

/** What makes two runs the same audit. */
export interface AuditHeader {
  readonly audit: 1;
  readonly target: string;
  /** As it was asked for: 'all', 'latest:3', 'v1.*'. */
  readonly tags: string;
  readonly platform?: string;
  /** '2/5'; absent when it is not divided. */
  readonly shard?: string;
}

export type AuditRecord =
  | { readonly kind: 'header'; readonly header: AuditHeader }
  | { readonly kind: 'image'; readonly image: AuditedImage }
  /** All images of a repository were judged. */
  | { readonly kind: 'done'; readonly repository: string }
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** Nothing is left to be looked at. */
  | { readonly kind: 'end' };

/** Returns a record as a line, without its end. */
export function formatRecord(record: AuditRecord): string {
  switch (record.kind) {
    case 'header':
      return JSON.stringify(record.header);
    case 'image':
      return JSON.stringify({ image: record.image });
    case 'done':
      return JSON.stringify({ done: record.repository });
    case 'problem':
      return JSON.stringify({ problem: record.problem });
    case 'end':
      return JSON.stringify({ end: true });
  }
}

/** Returns the record of a line; undefined for what is none, such as a line that a crash cut off. */
export function parseRecord(line: string): AuditRecord | undefined {
  const value = parseJson(line);
  const header = toHeader(value);
  if (header !== undefined) return { kind: 'header', header };
  const [image, problem, repository] = [memberOf(value, 'image'), memberOf(value, 'problem'), textOf(value, 'done')];
  if (isAuditedImage(image)) return { kind: 'image', image };
  if (isProblem(problem)) return { kind: 'problem', problem };
  if (repository !== undefined) return { kind: 'done', repository };
  return memberOf(value, 'end') === true ? { kind: 'end' } : undefined;
}

function toHeader(value: unknown): AuditHeader | undefined {
  const [target, tags] = [textOf(value, 'target'), textOf(value, 'tags')];
  if (memberOf(value, 'audit') !== 1 || target === undefined || tags === undefined) return undefined;
  const [platform, shard] = [textOf(value, 'platform'), textOf(value, 'shard')];
  return { audit: 1, target, tags, ...(platform === undefined ? {} : { platform }), ...(shard === undefined ? {} : { shard }) };
}

/** Names an image of an audit: by its digest, or by its tag where the registry does not tell the digest. */
interface ImageKey {
  readonly repository: string;
  readonly digest?: string | undefined;
  readonly tags: readonly string[];
}

/** What is known of an audit so far: of one part, taken up however often. */
export class AuditLedger {
  header: AuditHeader | undefined;
  readonly #images = new Map<string, AuditedImage>();
  readonly #done = new Set<string>();
  #problems: Problem[] = [];
  #hasEnded = false;

  add(record: AuditRecord): void {
    switch (record.kind) {
      case 'header':
        this.header ??= record.header;
        // What went wrong in an earlier run is tried again.
        this.#problems = [];
        this.#hasEnded = false;
        break;
      case 'image':
        this.#images.set(keyOf(record.image), record.image);
        // What its tags stood for was not told when it was tried before.
        if (record.image.digest !== undefined)
          for (const tag of record.image.tags) this.#images.delete(keyOf({ repository: record.image.repository, tags: [tag] }));
        break;
      case 'done':
        this.#done.add(record.repository);
        break;
      case 'problem':
        if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(record.problem);
        break;
      case 'end':
        this.#hasEnded = true;
        break;
    }
  }

  isDone(repository: string): boolean {
    return this.#done.has(repository);
  }

  /** True when an image was judged and will not be judged otherwise by now. */
  isSettled(image: ImageKey): boolean {
    const known = this.#images.get(keyOf(image));
    return known !== undefined && known.passing !== true;
  }

  get doneCount(): number {
    return this.#done.size;
  }

  get imageCount(): number {
    return this.#images.size;
  }

  get repositories(): ReadonlySet<string> {
    return new Set([...this.#done, ...[...this.#images.values()].map(({ repository }) => repository)]);
  }

  get isFull(): boolean {
    return this.#images.size >= MAX_AUDITED_IMAGES;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  get images(): Iterable<AuditedImage> {
    return this.#images.values();
  }
}

function keyOf({ repository, digest, tags }: ImageKey): string {
  return `${repository}@${digest ?? tags.join()}`;
}

/** Returns the result of an audit, of one part or of several. */
export function toAuditResult(ledgers: readonly AuditLedger[], missing: readonly Problem[] = []): AuditResult {
  const images = ledgers.flatMap((ledger) => [...ledger.images]).toSorted(byPlace);
  const problems = [...missing, ...ledgers.flatMap((ledger) => ledger.problems)].slice(0, MAX_PROBLEMS);
  const shards = ledgers.flatMap(({ header }) => header?.shard ?? []).toSorted(new Intl.Collator('en', { numeric: true }).compare);
  const count = (decision: AuditedImage['decision']): number => images.filter((image) => image.decision === decision).length;
  return {
    schemaVersion: 1,
    target: ledgers[0]?.header?.target ?? '',
    ...(shards.length === 0 ? {} : { shards }),
    complete: problems.length === 0 && ledgers.length > 0 && ledgers.every(({ hasEnded }) => hasEnded),
    summary: {
      repositories: ledgers.reduce((sum, { repositories }) => sum + repositories.size, 0),
      images: images.length,
      allow: count('allow'),
      block: count('block'),
      blockUntilScanned: count('block-until-scanned'),
      unknown: count('unknown'),
    },
    images,
    problems,
  };
}

const byPlace = compareBy<AuditedImage>(
  (a, b) => compareText(a.repository, b.repository),
  (a, b) => compareText(a.digest ?? '', b.digest ?? ''),
  (a, b) => compareText(a.tags.join(), b.tags.join()),
);
