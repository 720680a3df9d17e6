import os from 'node:os';
import path from 'node:path';
import {
  EMPTY_LOG,
  parseEvidenceLine,
  toEvidenceLine,
  type EvidenceEntry,
  type EvidenceHead,
  type EvidenceRecord,
} from '../evidence/log/evidence-entry.ts';
import { LogVerifier, type LogVerdict } from '../evidence/log/verify-log.ts';
import { MAX_EVIDENCE_BYTES, MAX_EVIDENCE_LINE_BYTES } from '../foundation/base/limits.ts';
import { appendLine, readLines, readTail, readTextIfThere, replaceText } from '../foundation/io/line-log.ts';
import { withLock } from '../foundation/io/lock-file.ts';
import { stateDirectory } from '../foundation/io/resources.ts';

export interface EvidenceLog {
  readonly file: string;
  /** Oldest first. */
  readonly entries: readonly EvidenceEntry[];
  readonly verdict: LogVerdict;
}

/** Returns the file of the log that the CLI and every editor window of this user share. It is no cache: nothing of Plimsoll's removes it. */
export function evidenceLogFile(): string {
  return path.join(stateDirectory(), 'evidence.jsonl');
}

/** Returns who is at work, as the log names them. */
export function whoIsHere(): string {
  return `${userName()}@${os.hostname()}`;
}

/** In a container there may be no name for the user's number. */
function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

export interface AppendOptions {
  /** Default: the log of this user. */
  readonly file?: string;
  readonly signal?: AbortSignal;
}

/**
 * Adds a line to the log. Several processes may do so at the same time: they wait for one another.
 * @throws what the operating system reports when the log cannot be written; the signal's reason
 */
export async function appendEvidence(record: EvidenceRecord, { file = evidenceLogFile(), signal }: AppendOptions = {}): Promise<EvidenceEntry> {
  // The lock is the first file in the folder, and makes it.
  const options = { folderMode: 0o700, ...(signal === undefined ? {} : { signal }) };
  return withLock(`${file}.lock`, options, async () => {
    const line = toEvidenceLine(record, await findHead(file));
    await appendLine(file, line);
    const entry = parseEvidenceLine(line);
    if (entry === undefined) throw new Error('unreachable: a line is read as it was written');
    await replaceText(headFileOf(file), `${JSON.stringify({ sequence: entry.sequence, hash: entry.hash })}\n`);
    return entry;
  });
}

/** Returns the log, each line held against the one before. @throws {FileError} */
export async function readEvidence(file: string = evidenceLogFile()): Promise<EvidenceLog> {
  const verifier = new LogVerifier();
  const entries: EvidenceEntry[] = [];
  // Read first: a line that is added meanwhile is then one more than it knows of.
  const end = await readHead(file);
  for await (const line of readLines(file, MAX_EVIDENCE_BYTES, MAX_EVIDENCE_LINE_BYTES)) {
    const entry = verifier.add(line);
    if (entry !== undefined) entries.push(entry);
  }
  return { file, entries, verdict: verifier.finish(end) };
}

/**
 * What the next line is chained to: the last whole line, which a crash may have left a broken one behind. Where more lines are remembered than there are, it is what is remembered: the gap then shows for good.
 */
async function findHead(file: string): Promise<EvidenceHead> {
  const remembered = (await readHead(file)) ?? EMPTY_LOG;
  const lines = (await readTail(file, 2 * MAX_EVIDENCE_LINE_BYTES)).split('\n');
  const last = lines
    .toReversed()
    .map(parseEvidenceLine)
    .find((entry) => entry !== undefined);
  return last !== undefined && last.sequence > remembered.sequence ? last : remembered;
}

function headFileOf(file: string): string {
  return `${file}.head`;
}

async function readHead(file: string): Promise<EvidenceHead | undefined> {
  const text = await readTextIfThere(headFileOf(file));
  try {
    const { sequence, hash } = JSON.parse(text ?? '') as Partial<EvidenceHead>;
    return typeof sequence === 'number' && typeof hash === 'string' ? { sequence, hash } : undefined;
  } catch {
    return undefined;
  }
}
