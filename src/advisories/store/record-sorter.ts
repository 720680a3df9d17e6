import { MAX_SORTED_IN_MEMORY_BYTES, SORT_READ_BYTES } from '../../foundation/base/limits.ts';

/** Where sorted runs are kept that memory has no room for. */
export interface SpillFile {
  readonly sizeBytes: number;
  write(position: number, bytes: Uint8Array): void;
  read(position: number, length: number): Uint8Array;
}

/** Everything that was said under one key, in the order in which it was said. */
export interface SortedGroup {
  readonly key: string;
  readonly values: readonly string[];
}

interface Item {
  readonly key: string;
  readonly value: string;
}

/** What an item costs besides its characters: an object, two strings, a place in an array. */
const ITEM_OVERHEAD_BYTES = 120;
const LENGTHS_BYTES = 8;

/**
 * Sorts any number of texts by their keys in bounded memory: what does not fit is sorted in runs, which a file takes up and the end merges.
 * Keys are compared unit by unit: whoever wants the order of bytes gives bytes (`toByteText`).
 */
export class RecordSorter {
  readonly #openSpill: () => SpillFile;
  readonly #maxBytes: number;
  readonly #runs: { readonly start: number; readonly end: number }[] = [];
  #spill: SpillFile | undefined;
  #items: Item[] = [];
  #bytes = 0;

  /** `openSpill` is called once, when there is more than `maxBytes`. */
  constructor(openSpill: () => SpillFile, maxBytes: number = MAX_SORTED_IN_MEMORY_BYTES) {
    this.#openSpill = openSpill;
    this.#maxBytes = maxBytes;
  }

  add(key: string, value: string): void {
    this.#items.push({ key, value });
    // A text of Latin letters takes a byte a unit, any other two.
    this.#bytes += ITEM_OVERHEAD_BYTES + 2 * (key.length + value.length);
    if (this.#bytes > this.#maxBytes) this.#writeRun();
  }

  /** Yields every key once, in order. Nothing may be added afterwards. */
  *groups(): Generator<SortedGroup> {
    let group: { key: string; values: string[] } | undefined;
    for (const { key, value } of this.#merge()) {
      if (group?.key === key) {
        group.values.push(value);
        continue;
      }
      if (group !== undefined) yield group;
      group = { key, values: [value] };
    }
    if (group !== undefined) yield group;
  }

  #merge(): Iterable<Item> {
    const inMemory = this.#takeSorted();
    const spill = this.#spill;
    if (spill === undefined) return inMemory;
    return mergeRuns([...this.#runs.map(({ start, end }) => readRun(spill, start, end)), inMemory.values()]);
  }

  #writeRun(): void {
    this.#spill ??= this.#openSpill();
    const start = this.#spill.sizeBytes;
    for (const { key, value } of this.#takeSorted()) {
      const [keyBytes, valueBytes] = [Buffer.from(key), Buffer.from(value)];
      const lengths = Buffer.alloc(LENGTHS_BYTES);
      lengths.writeUInt32LE(keyBytes.length, 0);
      lengths.writeUInt32LE(valueBytes.length, 4);
      this.#spill.write(this.#spill.sizeBytes, Buffer.concat([lengths, keyBytes, valueBytes]));
    }
    this.#runs.push({ start, end: this.#spill.sizeBytes });
  }

  /** Equal keys stay in the order in which they came. */
  #takeSorted(): Item[] {
    const items = this.#items.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    this.#items = [];
    this.#bytes = 0;
    return items;
  }
}

/** Returns a text's UTF-8 bytes as a text of one unit a byte: such texts are in order when their bytes are. */
export function toByteText(text: string): string {
  return isAscii(text) ? text : Buffer.from(text).toString('latin1');
}

/** Returns the bytes of such a text. */
export function toBytes(byteText: string): Uint8Array {
  return Buffer.from(byteText, 'latin1');
}

function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}

/** Of equal keys the earlier run's come first: it was filled first. There are a few dozen runs at most, so each step looks at all of them. */
function* mergeRuns(runs: readonly Iterator<Item>[]): Generator<Item> {
  const heads = runs.flatMap((run) => {
    const first = run.next();
    return first.done === true ? [] : [{ run, item: first.value }];
  });
  while (heads.length > 0) {
    let least = 0;
    for (let i = 1; i < heads.length; i += 1) if (isBefore(heads[i]?.item, heads[least]?.item)) least = i;
    const head = heads[least];
    if (head === undefined) return;
    yield head.item;
    const next = head.run.next();
    if (next.done === true) heads.splice(least, 1);
    else head.item = next.value;
  }
}

function isBefore(a: Item | undefined, b: Item | undefined): boolean {
  return a !== undefined && b !== undefined && a.key < b.key;
}

function* readRun(spill: SpillFile, start: number, end: number): Generator<Item> {
  let buffer = Buffer.alloc(0);
  let position = start;

  /** Returns the next `length` bytes. */
  function take(length: number): Buffer {
    if (buffer.length < length) {
      const more = spill.read(position, Math.min(end - position, Math.max(SORT_READ_BYTES, length - buffer.length)));
      position += more.length;
      buffer = Buffer.concat([buffer, more]);
    }
    const taken = buffer.subarray(0, length);
    buffer = buffer.subarray(length);
    return taken;
  }

  while (position < end || buffer.length > 0) {
    const lengths = take(LENGTHS_BYTES);
    const [keyLength, valueLength] = [lengths.readUInt32LE(0), lengths.readUInt32LE(4)];
    yield { key: take(keyLength).toString(), value: take(valueLength).toString() };
  }
}
