/**
 * The packages of rpm's own database format, NDB, which SUSE and images of Fedora's make use: pages of slots of 16 bytes (the first two are the head), each naming a blob by where it begins and how long it is
 * in units of 16 bytes. A blob has a head that says whose it is, its bytes, and a tail. All numbers are little-endian.
 *
 * @see https://github.com/rpm-software-management/rpm/blob/master/lib/backend/ndb/rpmpkg.c
 */
import type { ProblemList } from './problem-list.ts';

const HEAD_MAGIC = 0x506d7052;
const SLOT_MAGIC = 0x746f6c53;
const BLOB_HEAD_MAGIC = 0x53626c42;
const BLOB_TAIL_MAGIC = 0x45626c42;
const PAGE_BYTES = 4096;
const UNIT_BYTES = 16;
const HEAD_BYTES = 32;
const BLOB_HEAD_BYTES = 16;
const BLOB_TAIL_BYTES = 12;

/** Yields the blobs of all packages, which are part of `bytes`. A file that is none, or is cut short, is told in `problems`. */
export function* readNdb(bytes: Uint8Array, problems: ProblemList): Generator<Uint8Array, void, undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEAD_BYTES || view.getUint32(0, true) !== HEAD_MAGIC || view.getUint32(4, true) !== 0) {
    problems.add({ message: "it is no package database of rpm's format NDB" });
    return;
  }
  const slotsEnd = view.getUint32(12, true) * PAGE_BYTES;
  if (slotsEnd > bytes.length) problems.add({ message: `it is cut short: its ${slotsEnd} bytes of slots are not all there` });
  // No byte belongs to two blobs, so blobs that lie over each other must not make the work more than the file is long.
  let left = bytes.length;
  for (let at = HEAD_BYTES; at + UNIT_BYTES <= Math.min(slotsEnd, bytes.length); at += UNIT_BYTES) {
    const index = view.getUint32(at + 4, true);
    const start = view.getUint32(at + 8, true) * UNIT_BYTES;
    if (view.getUint32(at, true) !== SLOT_MAGIC) {
      problems.add({ message: 'a slot is damaged; a package may be missing', offset: at });
      continue;
    }
    if (start === 0) continue;
    const blob = readBlob(view, index, start, view.getUint32(at + 12, true) * UNIT_BYTES);
    if (blob === undefined || blob.length > left) {
      problems.add({ message: `the blob of package ${index} is not where its slot says`, offset: start });
      continue;
    }
    left -= blob.length;
    yield blob;
  }
}

function readBlob(view: DataView, index: number, start: number, length: number): Uint8Array | undefined {
  const end = start + length;
  if (length < BLOB_HEAD_BYTES + BLOB_TAIL_BYTES || end > view.byteLength) return undefined;
  const blobBytes = view.getUint32(start + 12, true);
  const isBlob =
    view.getUint32(start, true) === BLOB_HEAD_MAGIC &&
    view.getUint32(start + 4, true) === index &&
    view.getUint32(end - 8, true) === blobBytes &&
    view.getUint32(end - 4, true) === BLOB_TAIL_MAGIC &&
    blobBytes <= length - BLOB_HEAD_BYTES - BLOB_TAIL_BYTES;
  return isBlob ? new Uint8Array(view.buffer, view.byteOffset + start + BLOB_HEAD_BYTES, blobBytes) : undefined;
}
