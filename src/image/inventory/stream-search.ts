/**
 * Finds byte strings in a file that goes by in pieces, and keeps what lies around them. What is found does not depend on how the file was cut: a place counts once the last byte of the needle is there, and
 * everything is done in the order of those bytes.
 */
import { MAX_PROGRAM_FOUND_BYTES, MAX_PROGRAM_HITS } from '../../foundation/base/limits.ts';

export interface Needle {
  /** Two bytes or more. */
  readonly bytes: Uint8Array;
  /** How many bytes before the needle are wanted, and how many from its first byte on; there are fewer at the ends of the file. */
  readonly before: number;
  readonly after: number;
  /** Takes a place where the needle is. Returns 0, or from the needle's first byte on how many bytes it takes to say more: then it is called again, with those. */
  take(found: Found): number;
}

export interface Found {
  /** Valid during the call only. */
  readonly bytes: Uint8Array;
  /** Where in `bytes` the needle begins, and where in the file. */
  readonly start: number;
  readonly offset: number;
}

/** A place whose bytes are still coming. */
interface Place {
  readonly needle: Needle;
  readonly offset: number;
  /** Offset of the first byte kept. */
  readonly from: number;
  bytes: Uint8Array;
  length: number;
  /** Offset of the first byte not wanted. */
  end: number;
}

interface Hit {
  readonly index: number;
  readonly offset: number;
  readonly end: number;
}

/** A needle, and the part of it that is found fastest: a few bytes that begin with a rare one. */
interface ProbedNeedle extends Needle {
  readonly probe: Uint8Array;
  /** How many bytes of the needle are before it. */
  readonly skipped: number;
}

const NOTHING = new Uint8Array(0);
/** Longer ones are searched for by another algorithm, which is slower on programs. */
const PROBE_BYTES = 6;
/** Bytes that are frequent in programs, the most frequent first: counted in one of 126 MB. */
const FREQUENT = Buffer.from('\0\xffH eA\x01\x89t\x0far\x8bEi\x04Ion\x02s0L\x03_lc\x051u\xe8D\x06\x10pSf\x08\x83\x80d\xc0\x8d\xfe\x85Cg', 'latin1');

function toProbe(needle: Uint8Array): { readonly probe: Uint8Array; readonly skipped: number } {
  const length = Math.min(needle.length, PROBE_BYTES);
  const rarity = (at: number): number => {
    const rank = FREQUENT.indexOf(needle[at] ?? 0);
    return rank < 0 ? FREQUENT.length : rank;
  };
  let skipped = 0;
  for (let at = 1; at + length <= needle.length; at++) if (rarity(at) > rarity(skipped)) skipped = at;
  return { probe: needle.subarray(skipped, skipped + length), skipped };
}

export class StreamSearch {
  readonly #needles: readonly ProbedNeedle[];
  readonly #hits: number[];
  readonly #longest: number;
  readonly #tailBytes: number;
  /** The bytes before the next piece, as many as a needle and what is wanted before it may need. */
  #tail: Uint8Array = NOTHING;
  #position = 0;
  #places: Place[] = [];
  #wantedBytes = 0;
  #leftOut = false;

  constructor(needles: readonly Needle[]) {
    this.#needles = needles.map((needle) => ({ ...needle, ...toProbe(needle.bytes) }));
    this.#hits = needles.map(() => 0);
    this.#longest = Math.max(0, ...needles.map(({ bytes }) => bytes.length));
    this.#tailBytes = Math.max(0, ...needles.map(({ bytes, before }) => bytes.length + before));
  }

  /** True when there were more places than are looked at. */
  get leftOut(): boolean {
    return this.#leftOut;
  }

  /** Takes the next bytes of the file. */
  read(piece: Uint8Array): void {
    let fed = this.#position;
    for (const hit of this.#findHits(piece)) {
      this.#feed(piece, fed, hit.end);
      fed = hit.end;
      this.#open(hit, piece);
    }
    this.#feed(piece, fed, this.#position + piece.length);
    this.#keepTail(piece);
    this.#position += piece.length;
  }

  /** The file has ended: places whose bytes did not all come are taken as they are. */
  end(): void {
    const places = this.#places;
    this.#places = [];
    for (const place of places) takePlace(place);
  }

  /** Returns the places whose last byte is in `piece`, in the order of those bytes. */
  #findHits(piece: Uint8Array): readonly Hit[] {
    const tail = this.#tail.subarray(Math.max(0, this.#tail.length - this.#longest + 1));
    const seam = Buffer.concat([tail, piece.subarray(0, this.#longest - 1)]);
    const body = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    const hits: Hit[] = [];
    this.#needles.forEach(({ bytes, skipped, probe }, index) => {
      const seen = (this.#hits[index] ?? 0) - hits.length;
      const note = (offset: number): boolean => {
        hits.push({ index, offset, end: offset + bytes.length });
        return seen + hits.length <= MAX_PROGRAM_HITS;
      };
      for (let at = seam.indexOf(bytes); at >= 0 && at < tail.length; at = seam.indexOf(bytes, at + 1))
        if (at + bytes.length > tail.length && !note(this.#position - tail.length + at)) return;
      for (let found = body.indexOf(probe); found >= 0; found = body.indexOf(probe, found + 1)) {
        const at = found - skipped;
        const isWhole = at >= 0 && at + bytes.length <= piece.length && body.compare(bytes, 0, bytes.length, at, at + bytes.length) === 0;
        if (isWhole && !note(this.#position + at)) return;
      }
    });
    return hits.length > 1 ? hits.sort((a, b) => a.end - b.end || a.index - b.index) : hits;
  }

  #open({ index, offset, end }: Hit, piece: Uint8Array): void {
    const needle = this.#needles[index];
    if (needle === undefined) return;
    const count = (this.#hits[index] ?? 0) + 1;
    this.#hits[index] = count;
    const from = Math.max(0, offset - needle.before);
    const wantedEnd = Math.max(end, offset + needle.after);
    if (count > MAX_PROGRAM_HITS || this.#wantedBytes + wantedEnd - from > MAX_PROGRAM_FOUND_BYTES) {
      this.#leftOut = true;
      return;
    }
    const bytes = new Uint8Array(wantedEnd - from);
    const place: Place = { needle, offset, from, bytes, length: 0, end: wantedEnd };
    const inTail = Math.max(0, this.#position - from);
    append(place, this.#tail.subarray(this.#tail.length - inTail));
    append(place, piece.subarray(Math.max(0, from - this.#position), end - this.#position));
    this.#wantedBytes += place.end - place.from;
    if (end < wantedEnd || this.#wantsMore(place)) this.#places.push(place);
  }

  /** Gives the open places the bytes of `piece` between two offsets of the file. Those that have all they wanted are taken in the order in which their last bytes come. */
  #feed(piece: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to && this.#places.length > 0;) {
      const until = this.#places.reduce((first, { end }) => Math.min(first, end), to);
      const bytes = piece.subarray(at - this.#position, until - this.#position);
      for (const place of this.#places) append(place, bytes);
      this.#places = this.#places.filter((place) => place.end > until || this.#wantsMore(place));
      at = until;
    }
  }

  /** Gives a place that has all it wanted to who wants it; false when that was all. */
  #wantsMore(place: Place): boolean {
    const end = place.offset + takePlace(place);
    const more = end - place.end;
    if (more <= 0 || this.#wantedBytes + more > MAX_PROGRAM_FOUND_BYTES) {
      if (more > 0) this.#leftOut = true;
      this.#wantedBytes -= place.end - place.from;
      return false;
    }
    place.end = end;
    this.#wantedBytes += more;
    return true;
  }

  #keepTail(piece: Uint8Array): void {
    const missing = this.#tailBytes - piece.length;
    this.#tail =
      missing > 0 ? Buffer.concat([this.#tail.subarray(-missing), piece]) : Uint8Array.from(piece.subarray(piece.length - this.#tailBytes));
  }
}

function takePlace({ needle, bytes, length, offset, from }: Place): number {
  return needle.take({ bytes: bytes.subarray(0, length), start: offset - from, offset });
}

/** What is wanted may be a lie: room is made for what comes. */
function append(place: Place, bytes: Uint8Array): void {
  const length = place.length + bytes.length;
  if (length > place.bytes.length) {
    const larger = new Uint8Array(Math.min(place.end - place.from, Math.max(length, 2 * place.bytes.length)));
    larger.set(place.bytes.subarray(0, place.length));
    place.bytes = larger;
  }
  place.bytes.set(bytes, place.length);
  place.length = length;
}
