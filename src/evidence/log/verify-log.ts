import { EMPTY_LOG, parseEvidenceLine, type EvidenceEntry, type EvidenceHead } from './evidence-entry.ts';

/** One place where the log is not as it was written. */
export interface LogFault {
  /** 1-based; one past the last for what is missing at the end. */
  readonly line: number;
  readonly message: string;
}

export interface LogVerdict {
  readonly count: number;
  /** Hash of the last entry: kept elsewhere, it shows later that nothing before it was touched. */
  readonly head: EvidenceHead;
  /** Empty when the log is whole. */
  readonly faults: readonly LogFault[];
}

/** Most faults that are told: after the first ones, more tell nothing new. */
const MAX_FAULTS = 20;

/**
 * Holds lines against one another as they come, and hands out the entries. `end` is what was remembered beside the log of its last line: it shows that lines were cut off at the end.
 * A line that a crash left unfinished is a fault too; what follows is chained to the last whole one.
 */
export class LogVerifier {
  readonly #faults: LogFault[] = [];
  #line = 0;
  #count = 0;
  #head = EMPTY_LOG;
  readonly #hashes = new Map<number, string>();

  /** Returns the entry of the next line; undefined for a line that is none. */
  add(line: string): EvidenceEntry | undefined {
    this.#line += 1;
    const entry = parseEvidenceLine(line);
    if (entry === undefined) {
      this.#fault('is not as it was written');
      return undefined;
    }
    const missing = entry.sequence - this.#head.sequence - 1;
    if (entry.previous !== this.#head.hash)
      this.#fault(
        missing > 0
          ? `follows on a gap: ${missing} ${missing === 1 ? 'entry is' : 'entries are'} missing before it`
          : 'does not follow the line before',
      );
    this.#head = { sequence: entry.sequence, hash: entry.hash };
    this.#hashes.set(entry.sequence, entry.hash);
    this.#count += 1;
    return entry;
  }

  finish(end: EvidenceHead | undefined): LogVerdict {
    const known = end === undefined || end.sequence === 0 ? undefined : this.#hashes.get(end.sequence);
    if (end !== undefined && end.sequence > 0 && known !== end.hash) {
      this.#line += 1;
      const missing = end.sequence - this.#head.sequence;
      this.#fault(missing > 0 ? `is missing: the log once had ${end.sequence} entries` : 'is missing: the log once ended otherwise');
    }
    return { count: this.#count, head: this.#head, faults: this.#faults };
  }

  #fault(what: string): void {
    if (this.#faults.length < MAX_FAULTS) this.#faults.push({ line: this.#line, message: `line ${this.#line} ${what}` });
  }
}
