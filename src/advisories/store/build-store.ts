import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { AdvisoriesUsed } from '../../foundation/model/report.ts';
import { createBoltWriter } from '../../foundation/formats/bolt-writer.ts';
import { openStaging } from '../../foundation/io/staging.ts';
import { createWritableFile } from '../../foundation/io/writable-file.ts';
import type { WritableFile } from '../../foundation/io/writable-file.ts';
import { CollectedRecords } from './collected-records.ts';
import { RecordSorter } from './record-sorter.ts';
import type { AdvisoryRecord } from './record.ts';
import { writeStore } from './write-store.ts';
import type { StoreCounts } from './write-store.ts';

/** Takes records one by one, as many as there are, and makes one database of them. */
export interface StoreBuilder {
  /** Takes a record. Returns false when it is left out: its bucket, package or id is empty, longer than bolt's keys, or holds a zero character. */
  add(record: AdvisoryRecord): boolean;
  /** Writes the database to the builder's file, in place of the one before, in one step. Afterwards the builder is done with, as it is when this throws. @throws what the operating system reports; an abort throws the signal's reason */
  finish(used: AdvisoriesUsed, signal?: AbortSignal): Promise<BuiltStore>;
  /** Gives up: removes what was put aside. Not needed after `finish`. */
  discard(): Promise<void>;
}

export interface BuiltStore extends StoreCounts {
  readonly file: string;
  readonly sizeBytes: number;
}

export interface StoreBuilderOptions {
  /** The database to write; its folder is made when missing, and holds what memory has no room for meanwhile. */
  readonly file: string;
  /** Default MAX_SORTED_IN_MEMORY_BYTES. */
  readonly maxMemoryBytes?: number;
}

/**
 * Returns a builder of an advisory database of any size, in bounded memory. Records of one vulnerability, or of one vulnerability in one package, are merged: see
 * mergeAdvisories and mergeDetails. Vulnerabilities that affect no package are left out. The same records give the same bytes, whatever their order, but for details that
 * contradict each other: there the later one counts.
 */
export async function createStoreBuilder({ file, maxMemoryBytes }: StoreBuilderOptions): Promise<StoreBuilder> {
  const staging = await openStaging(path.dirname(file));
  const name = path.basename(file);
  let spill: WritableFile | undefined;
  const openSpill = (): WritableFile => (spill = createWritableFile(staging.fileOf(`${name}.sorting`)));
  const records = new CollectedRecords(new RecordSorter(openSpill, maxMemoryBytes));

  async function discard(): Promise<void> {
    spill?.close();
    spill = undefined;
    await staging.discard();
  }

  async function write(used: AdvisoriesUsed, signal: AbortSignal | undefined): Promise<BuiltStore> {
    const target = createWritableFile(staging.fileOf(name));
    let counts: StoreCounts;
    try {
      const steps = writeStore(records, createBoltWriter(target), used);
      let step = steps.next();
      // Each step takes a moment: between two, whoever cancels is heard.
      for (; step.done !== true; step = steps.next()) {
        await setImmediate();
        signal?.throwIfAborted();
      }
      counts = step.value;
      target.sync();
    } finally {
      target.close();
    }
    await staging.publish(name);
    return { ...counts, file, sizeBytes: target.sizeBytes };
  }

  return {
    add: (record) => records.add(record),
    async finish(used, signal) {
      try {
        return await write(used, signal);
      } finally {
        await discard();
      }
    },
    discard,
  };
}

/** Returns the bytes of a small database: what `createStoreBuilder` writes to a file. */
export function writeAdvisoryStore(records: Iterable<AdvisoryRecord>, used: AdvisoriesUsed): Uint8Array {
  const collected = new CollectedRecords(new RecordSorter(noSpill, Number.POSITIVE_INFINITY));
  for (const record of records) collected.add(record);
  const pieces: { readonly position: number; readonly bytes: Uint8Array }[] = [];
  let size = 0;
  const writer = createBoltWriter({
    write(position, bytes) {
      pieces.push({ position, bytes });
      size = Math.max(size, position + bytes.length);
    },
  });
  const steps = writeStore(collected, writer, used);
  while (steps.next().done !== true);
  const file = new Uint8Array(size);
  for (const { position, bytes } of pieces) file.set(bytes, position);
  return file;
}

function noSpill(): never {
  throw new Error('unreachable: memory has no bound here');
}
