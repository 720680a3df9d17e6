import { MAX_CONFIG_BYTES } from '../../foundation/base/limits.ts';
import { viewOf } from '../../foundation/formats/bolt-format.ts';
import { parseListOrigin } from './kev-list.ts';
import type { ListOrigin } from './kev-list.ts';

/** FIRST's probabilities of exploitation, packed: some 300,000 of them are read in a moment and take 4 MB. */
export interface EpssIndex {
  readonly origin: ListOrigin;
  readonly count: number;
  get(id: string): EpssScore | undefined;
}

export interface EpssScore {
  readonly probability: number;
  readonly percentile: number;
}

/**
 * The file: MAGIC, the length of the header (u32), the header (JSON: a ListOrigin), then one record for each CVE, sorted: key u32, probability u32, percentile u32, all
 * little-endian. Keys are the year since 1990 in the upper 7 bits and the number in the lower 25; shares count in billionths.
 */
const MAGIC = new TextEncoder().encode('PLEPSS1\n');
const HEADER_LENGTH_BYTES = 4;
const RECORD_BYTES = 12;
const FIRST_YEAR = 1990;
const NUMBER_BITS = 25;
const SHARE = 1_000_000_000;

/** Returns the bytes of the file that keeps scores; ids that are no CVE are left out. The same scores give the same bytes. */
export function formatEpssIndex(scores: Iterable<readonly [id: string, score: EpssScore]>, origin: ListOrigin): Uint8Array {
  const byKey = new Map<number, EpssScore>();
  for (const [id, score] of scores) {
    const key = toKey(id);
    if (key !== undefined) byKey.set(key, score);
  }
  const header = new TextEncoder().encode(JSON.stringify(origin));
  const start = MAGIC.length + HEADER_LENGTH_BYTES + header.length;
  const bytes = new Uint8Array(start + byKey.size * RECORD_BYTES);
  const view = viewOf(bytes);
  bytes.set(MAGIC, 0);
  view.setUint32(MAGIC.length, header.length, true);
  bytes.set(header, MAGIC.length + HEADER_LENGTH_BYTES);
  const keys = [...byKey.keys()].sort((a, b) => a - b);
  for (const [index, key] of keys.entries()) {
    const { probability, percentile } = byKey.get(key) ?? { probability: 0, percentile: 0 };
    const at = start + index * RECORD_BYTES;
    view.setUint32(at, key, true);
    view.setUint32(at + 4, Math.round(probability * SHARE), true);
    view.setUint32(at + 8, Math.round(percentile * SHARE), true);
  }
  return bytes;
}

/** Returns the scores of such a file, undefined when it is none or damaged. */
export function openEpssIndex(bytes: Uint8Array): EpssIndex | undefined {
  const view = viewOf(bytes);
  const headerAt = MAGIC.length + HEADER_LENGTH_BYTES;
  if (bytes.length < headerAt || MAGIC.some((byte, index) => byte !== bytes[index])) return undefined;
  const headerBytes = view.getUint32(MAGIC.length, true);
  const start = headerAt + headerBytes;
  const origin = headerBytes > MAX_CONFIG_BYTES || start > bytes.length ? undefined : parseHeader(bytes.subarray(headerAt, start));
  if (origin === undefined || (bytes.length - start) % RECORD_BYTES !== 0) return undefined;
  const count = (bytes.length - start) / RECORD_BYTES;
  return {
    origin,
    count,
    get(id) {
      const key = toKey(id);
      const index = key === undefined ? undefined : findRecord(view, start, count, key);
      if (index === undefined) return undefined;
      const at = start + index * RECORD_BYTES;
      return { probability: view.getUint32(at + 4, true) / SHARE, percentile: view.getUint32(at + 8, true) / SHARE };
    },
  };
}

function parseHeader(bytes: Uint8Array): ListOrigin | undefined {
  try {
    return parseListOrigin(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}

/** Undefined for what is no CVE, or has a year or number that no CVE has. */
function toKey(id: string): number | undefined {
  const [, yearText, numberText] = /^CVE-(\d{4})-(\d{1,8})$/.exec(id) ?? [];
  if (yearText === undefined || numberText === undefined) return undefined;
  const year = Number(yearText) - FIRST_YEAR;
  const number = Number(numberText);
  if (year < 0 || year >= 1 << (32 - NUMBER_BITS) || number >= 1 << NUMBER_BITS) return undefined;
  return year * 2 ** NUMBER_BITS + number;
}

function findRecord(view: DataView, start: number, count: number, key: number): number | undefined {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = view.getUint32(start + middle * RECORD_BYTES, true);
    if (found === key) return middle;
    if (found < key) low = middle + 1;
    else high = middle;
  }
  return undefined;
}
