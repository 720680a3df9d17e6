import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { omit } from '../../foundation/base/omit.ts';
import { compareBytes } from '../../foundation/formats/bolt-format.ts';
import { createBoltWriter } from '../../foundation/formats/bolt-writer.ts';
import type { BoltLeaf, BoltWriter } from '../../foundation/formats/bolt-writer.ts';
import { openStaging } from '../../foundation/io/staging.ts';
import { createWritableFile } from '../../foundation/io/writable-file.ts';
import type { AdvisoriesUsed } from '../../foundation/model/report.ts';
import { openBoltFile } from './bolt-file.ts';
import type { BoltFile } from './bolt-file.ts';
import { openAdvisoryStore } from './bolt-store.ts';
import { blockLeaves, tableLeaves, type AddedRow } from './compact-blocks.ts';
import { withExtras } from './extras.ts';
import type { AdvisoryExtras } from './extras.ts';
import { toAdvisoryId } from '../../foundation/model/brand.ts';
import { entriesOf } from './record.ts';
import type { VulnerabilityDetail } from './record.ts';
import { formatOwnMetadata, METADATA_KEY, PLIMSOLL_BUCKET, VULNERABILITY_BUCKET } from './schema.ts';
import { parseAdvisory } from './schema-advisory.ts';
import { formatDetail, parseDetail } from './schema-detail.ts';
import { AdvisoryStoreError } from './store.ts';

export interface CompactStoreInput {
  /** The database to make smaller. */
  readonly file: string;
  /** Where the smaller one goes, in place of one that is there. */
  readonly output: string;
  /** Lists beside the database, which are put into it. */
  readonly extras?: AdvisoryExtras;
  readonly signal?: AbortSignal;
}

export interface CompactedStore {
  readonly file: string;
  readonly sizeBytes: number;
  /** Of the database it was made from. */
  readonly originalBytes: number;
}

/**
 * Writes a database that gives the same matches in a fraction of the space, for whoever carries one along. Left out are titles, descriptions and lists of references (which
 * the ids lead to), and vulnerabilities that affect no package; what is left lies in compressed blocks. Only Plimsoll reads it.
 * @throws {AdvisoryStoreError} when the file is none, is damaged, or is compact already; what the operating system reports; an abort throws the signal's reason
 */
export async function compactStore({ file, output, extras, signal }: CompactStoreInput): Promise<CompactedStore> {
  const used = readUsed(file);
  const source = openBoltFile(file);
  try {
    const staging = await openStaging(path.dirname(output));
    try {
      const name = path.basename(output);
      const target = createWritableFile(staging.fileOf(name));
      try {
        const steps = writeCompact(source, createBoltWriter(target), used, extras);
        while (steps.next().done !== true) {
          await setImmediate();
          signal?.throwIfAborted();
        }
        target.sync();
      } finally {
        target.close();
      }
      await staging.publish(name);
      return { file: output, sizeBytes: target.sizeBytes, originalBytes: source.sizeBytes };
    } finally {
      await staging.discard();
    }
  } finally {
    source.close();
  }
}

function readUsed(file: string): AdvisoriesUsed {
  const store = openAdvisoryStore(file);
  try {
    if (store.isCompact) throw new AdvisoryStoreError('malformed', `${file} is compact already`);
    return store.used;
  } finally {
    store.close();
  }
}

/** Writes a bucket a step. What a bucket is for is seen from what is in it: values, or buckets of values. */
function* writeCompact(source: BoltFile, writer: BoltWriter, used: AdvisoriesUsed, extras: AdvisoryExtras | undefined): Generator<undefined> {
  const named = new Set<string>();
  const root: BoltLeaf[] = [];
  const decoder = new TextDecoder();
  const names = source.ask((buckets) => [...buckets.entries()].filter(({ isBucket }) => isBucket).map(({ key }) => key.slice()));
  const isLast = (name: Uint8Array): boolean => decoder.decode(name) === VULNERABILITY_BUCKET;

  // Which vulnerabilities are named is known when all others were read.
  for (const name of names.toSorted((a, b) => Number(isLast(a)) - Number(isLast(b)))) {
    if (decoder.decode(name) === PLIMSOLL_BUCKET) continue;
    const bucket = source.ask((buckets) => buckets.bucket(name));
    if (bucket === undefined) continue;
    const [first] = bucket.entries();
    const leaves = isLast(name)
      ? blockLeaves(source, bucket, (id, json) => compactDetail(id, json, named, extras), onlyListed(named, extras))
      : first?.isBucket === true
        ? tableLeaves(source, bucket, (id, json) => {
            addNamed(id, json, named);
            return json;
          })
        : blockLeaves(source, bucket, (_, json) => json);
    root.push({ key: name, value: writer.writeBucket(leaves), isBucket: true });
    yield;
  }
  const metadata = new TextEncoder().encode(JSON.stringify(formatOwnMetadata(used, true)));
  const own = [{ key: new TextEncoder().encode(METADATA_KEY), value: metadata, isBucket: false }];
  root.push({ key: new TextEncoder().encode(PLIMSOLL_BUCKET), value: writer.writeBucket(own), isBucket: true });
  writer.finish(root.sort((a, b) => compareBytes(a.key, b.key)));
}

/** Returns the JSON of what is known of a vulnerability without its prose; undefined when nothing names it. */
function compactDetail(id: string, json: unknown, named: ReadonlySet<string>, extras: AdvisoryExtras | undefined): unknown {
  const parsed = named.has(id) ? parseDetail(json) : undefined;
  if (parsed === undefined) return undefined;
  const facts = omit(parsed, 'title', 'description', 'references');
  const detail: VulnerabilityDetail = (extras === undefined ? facts : withExtras(toAdvisoryId(id), facts, extras)) ?? facts;
  return formatDetail(detail);
}

/** What the lists say of vulnerabilities, in order: the database may describe only some of those that it names. */
function onlyListed(named: ReadonlySet<string>, extras: AdvisoryExtras | undefined): readonly AddedRow[] {
  if (extras === undefined) return [];
  const rows = [...named].flatMap((key) => {
    const detail = withExtras(toAdvisoryId(key), undefined, extras);
    return detail === undefined ? [] : [{ key, value: formatDetail(detail) }];
  });
  return rows.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
}

/** Every id by which a match may ask what a vulnerability is. */
function addNamed(id: string, json: unknown, named: Set<string>): void {
  named.add(id);
  const advisory = parseAdvisory(json);
  if (advisory === undefined) return;
  for (const { vendorIds, cves } of entriesOf(advisory)) {
    for (const other of vendorIds ?? []) named.add(other);
    for (const cve of cves ?? []) named.add(cve.id);
  }
}
