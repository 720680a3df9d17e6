import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { AdvisoryFeed, FeedFile } from '../advisories/feeds/feed.ts';
import { feeds as allFeeds } from '../advisories/feeds/feeds.generated.ts';
import { createStoreBuilder } from '../advisories/store/build-store.ts';
import type { StoreBuilder } from '../advisories/store/build-store.ts';
import { compactStore } from '../advisories/store/compact-store.ts';
import type { AdvisoryRecord } from '../advisories/store/record.ts';
import { MAX_PROBLEMS } from '../foundation/base/limits.ts';
import { compareText } from '../foundation/base/order.ts';
import { messageOf } from '../foundation/base/result.ts';
import { openStaging } from '../foundation/io/staging.ts';
import type { ScanHooks } from './engine.ts';
import { openFeedFiles } from './feed-files.ts';
import { openFileShelf } from './file-shelf.ts';

export interface BuildAdvisoriesInput {
  /** Folders, archives and files: each file goes to the feeds that want its name. */
  readonly from: readonly string[];
  /** Files that go to one feed whatever they are called. */
  readonly forced?: readonly { readonly feedId: string; readonly place: string }[];
  /** The database to write. */
  readonly file: string;
  /** A fraction of the size, and read by Plimsoll only; otherwise as trivy-db writes it. */
  readonly isCompact?: boolean;
  /** What the database states as the time it was built. */
  readonly now?: Date;
}

/** What one feed gave. */
export interface FeedCounts {
  readonly id: string;
  readonly source: string;
  readonly licence: string;
  readonly files: number;
  /** By bucket, how many facts that a vulnerability affects a package; those of one vulnerability in one package may become one in the database. */
  readonly buckets: Readonly<Record<string, number>>;
  /** How many facts of vulnerabilities themselves, and of Red Hat's products. */
  readonly other: number;
}

export interface BuiltAdvisories {
  readonly file: string;
  readonly sizeBytes: number;
  readonly builtAt: string;
  /** In the database: pairs of a package and a vulnerability, vulnerabilities that something is known of, platforms and language sources. */
  readonly advisories: number;
  readonly vulnerabilities: number;
  readonly buckets: number;
  /** Unpacked, of the files that were read. */
  readonly inputBytes: number;
  /** Files that no feed wants. */
  readonly passedOver: number;
  readonly feeds: readonly FeedCounts[];
  readonly problems: readonly string[];
  /** `problems` lists the first of them. */
  readonly problemCount: number;
}

/** Nothing that was named is the file of a feed; no database was written. */
export class NothingToBuildError extends Error {
  override readonly name = 'NothingToBuildError';
}

/** Returns the ids of all feeds, sorted. */
export function feedIds(): readonly string[] {
  return allFeeds.map(({ id }) => id).sort(compareText);
}

/** A file's records are counted, and cancelling is heard, each time so many went by. */
const RECORDS_AT_A_TIME = 20_000;

/**
 * Builds an advisory database from the files of its publishers, in bounded memory, and puts it in place of the one before in one step. What cannot be read is told and left out; the
 * database is written all the same, unless nothing was read at all.
 * @throws {NothingToBuildError} {FileError} what the operating system reports; an abort throws the signal's reason
 */
export async function buildAdvisories(input: BuildAdvisoriesInput, { signal, onProgress }: ScanHooks = {}): Promise<BuiltAdvisories> {
  const file = path.resolve(input.file);
  const staging = await openStaging(path.dirname(file));
  const plain = input.isCompact === true ? staging.fileOf('plain.db') : file;
  const build = new Build(await createStoreBuilder({ file: plain }));
  const shelf = await openFileShelf(path.dirname(file));
  try {
    const places = [
      ...input.from.map((place) => ({ place, feeds: allFeeds, isForced: false })),
      ...(input.forced ?? []).map(({ feedId, place }) => ({ place, feeds: allFeeds.filter(({ id }) => id === feedId), isForced: true })),
    ];
    for (const { place, feeds, isForced } of places) {
      const files = openFeedFiles(place, {
        wants: (name) => (isForced ? !/\.(?:tar|zip)$/i.test(name) : feeds.some((feed) => feed.wants(name))),
        onProblem: (message) => {
          build.addProblem(message);
        },
        onPassedOver: () => {
          build.passedOver++;
        },
        shelf,
      });
      for await (const found of files) {
        signal?.throwIfAborted();
        onProgress?.({ message: `reading ${found.name}` });
        for (const feed of feeds) if (isForced || feed.wants(found.name)) await build.read(feed, found, signal);
        await setImmediate();
      }
    }
    onProgress?.({ message: `writing ${file}` });
    const built = await build.finish(input.now ?? new Date(), signal);
    if (input.isCompact !== true) return built;
    const { sizeBytes } = await compactStore({ file: plain, output: file, ...(signal !== undefined && { signal }) });
    return { ...built, file, sizeBytes };
  } catch (error) {
    await build.discard();
    throw error;
  } finally {
    await shelf.discard();
    await staging.discard();
  }
}

interface Counts {
  readonly feed: AdvisoryFeed;
  readonly buckets: Map<string, number>;
  files: number;
  other: number;
}

/** What was read so far. */
class Build {
  passedOver = 0;
  readonly #builder: StoreBuilder;
  readonly #counts = new Map<string, Counts>();
  readonly #problems: string[] = [];
  #problemCount = 0;
  #inputBytes = 0;

  constructor(builder: StoreBuilder) {
    this.#builder = builder;
  }

  addProblem(message: string): void {
    this.#problemCount++;
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(message);
  }

  async read(feed: AdvisoryFeed, file: FeedFile, signal: AbortSignal | undefined): Promise<void> {
    const counts = this.#countsOf(feed);
    counts.files++;
    this.#inputBytes += sizeOf(file);
    let sinceTurn = 0;
    try {
      for (const { value, problems } of feed.read(file)) {
        for (const { message, line } of problems) this.addProblem(line === undefined ? message : `${message} (line ${line})`);
        for (const record of value) this.#add(record, counts, file);
        sinceTurn += value.length;
        if (sinceTurn < RECORDS_AT_A_TIME) continue;
        sinceTurn = 0;
        await setImmediate();
        signal?.throwIfAborted();
      }
    } catch (error) {
      // A feed does not throw on input: this one has a fault, and the others go on.
      if (signal?.aborted === true || isOfSystem(error)) throw error;
      this.addProblem(`${file.name}: the feed ${feed.id} failed: ${messageOf(error)}`);
    }
  }

  async finish(now: Date, signal: AbortSignal | undefined): Promise<BuiltAdvisories> {
    const read = [...this.#counts.values()].sort((a, b) => compareText(a.feed.id, b.feed.id));
    if (read.every(({ buckets, other }) => buckets.size === 0 && other === 0)) {
      const why = this.#problems[0] === undefined ? 'none of the files is one that a feed reads' : this.#problems[0];
      throw new NothingToBuildError(`there is nothing to build a database from: ${why}`);
    }
    const builtAt = now.toISOString();
    const source = `own build of ${read.length} ${read.length === 1 ? 'feed' : 'feeds'}`;
    const { file, sizeBytes, advisories, vulnerabilities, buckets } = await this.#builder.finish({ source, builtAt, full: true }, signal);
    return {
      file,
      sizeBytes,
      builtAt,
      advisories,
      vulnerabilities,
      buckets,
      inputBytes: this.#inputBytes,
      passedOver: this.passedOver,
      feeds: read.map(toFeedCounts),
      problems: this.#problems,
      problemCount: this.#problemCount,
    };
  }

  discard(): Promise<void> {
    return this.#builder.discard();
  }

  #add(record: AdvisoryRecord, counts: Counts, file: FeedFile): void {
    if (!this.#builder.add(record)) {
      this.addProblem(`${file.name}: a record was left out: its id or package is empty or longer than a database can hold`);
    } else if (record.kind === 'affected') {
      counts.buckets.set(record.bucket, (counts.buckets.get(record.bucket) ?? 0) + 1);
    } else {
      counts.other++;
    }
  }

  #countsOf(feed: AdvisoryFeed): Counts {
    const found = this.#counts.get(feed.id) ?? { feed, buckets: new Map<string, number>(), files: 0, other: 0 };
    this.#counts.set(feed.id, found);
    return found;
  }
}

function toFeedCounts({ feed, buckets, files, other }: Counts): FeedCounts {
  const sorted = [...buckets].sort(([a], [b]) => compareText(a, b));
  return { id: feed.id, source: feed.source.name, licence: feed.source.licence, files, buckets: Object.fromEntries(sorted), other };
}

function sizeOf(file: FeedFile): number {
  return file.sizeBytes ?? file.bytes.length;
}

/** A full disk is no fault of a feed. */
function isOfSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
