/**
 * The evidence log: who pushed what, when, by which decision, and why where it forbade the push. One JSON object a line; each has the hash of the line before, so that a line that was changed, removed or put in shows.
 * It shows mistakes and idle hands: who can write the file can write all of it anew. Keep a copy, or the last hash, where they cannot.
 */
import { createHash } from 'node:crypto';
import { MAX_EVIDENCE_IDS, MAX_EVIDENCE_TEXT } from '../../foundation/base/limits.ts';

/** `started`: written before a push that the decision forbids, so that there is no such push without its line. */
export type EvidenceOutcome = 'started' | 'pushed' | 'not-pushed' | 'failed' | 'cancelled';

/** What one line says, beside its place in the chain. */
export interface EvidenceRecord {
  /** ISO 8601. */
  readonly at: string;
  /** user@host */
  readonly by: string;
  readonly outcome: EvidenceOutcome;
  /** What it was, or would have been, pushed as. */
  readonly reference: string;
  /** The engine's id of the image. */
  readonly imageId: string;
  /** Under which the registry took it. */
  readonly digest?: string;
  readonly decision: string;
  /** Who decided: 'harbor', 'policy-file' … */
  readonly provider: string;
  readonly blocking: readonly string[];
  /** Typed by whoever pushed all the same. */
  readonly reason?: string;
  /** Why it failed. */
  readonly error?: string;
}

export interface EvidenceEntry extends EvidenceRecord {
  readonly version: 1;
  /** How many ids there were, where `blocking` was cut. */
  readonly blockingCount?: number;
  /** From 1. */
  readonly sequence: number;
  /** Hash of the line before; 64 zeros in the first. */
  readonly previous: string;
  readonly hash: string;
}

/** The end of a log: what the next line is chained to. */
export type EvidenceHead = Pick<EvidenceEntry, 'sequence' | 'hash'>;

export const EMPTY_LOG: EvidenceHead = { sequence: 0, hash: '0'.repeat(64) };

/** Returns the line that follows `head`, without its line end. Texts are cut to MAX_EVIDENCE_TEXT, ids to MAX_EVIDENCE_IDS, and what looks like a user and a password in an address is left out. */
export function toEvidenceLine(record: EvidenceRecord, head: EvidenceHead): string {
  const { at, by, outcome, reference, imageId, digest, decision, provider, blocking, reason, error } = record;
  const shown = blocking.slice(0, MAX_EVIDENCE_IDS).map(clip);
  const content = JSON.stringify({
    version: 1,
    sequence: head.sequence + 1,
    at,
    by: clip(by),
    outcome,
    reference: clip(reference),
    imageId: clip(imageId),
    digest,
    decision,
    provider,
    blocking: shown,
    ...(shown.length < blocking.length ? { blockingCount: blocking.length } : {}),
    reason: reason === undefined ? undefined : clip(reason),
    error: error === undefined ? undefined : clip(error),
    previous: head.hash,
  });
  return `${content.slice(0, -1)},"hash":"${hashOf(content)}"}`;
}

/** Returns what a line says when it is whole and its hash is that of its content; undefined otherwise. That it follows the line before is for the caller to see. */
export function parseEvidenceLine(line: string): EvidenceEntry | undefined {
  const hash = /,"hash":"([0-9a-f]{64})"\}$/.exec(line)?.[1];
  if (hash === undefined) return undefined;
  const content = `${line.slice(0, -`,"hash":"${hash}"}`.length)}}`;
  if (hashOf(content) !== hash) return undefined;
  const value = parse(line);
  return isEntry(value) ? value : undefined;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const TEXTS = ['at', 'by', 'outcome', 'reference', 'imageId', 'decision', 'provider', 'previous', 'hash'];
const OPTIONAL_TEXTS = ['digest', 'reason', 'error'];

function isEntry(value: unknown): value is EvidenceEntry {
  if (typeof value !== 'object' || value === null) return false;
  const members = new Map<string, unknown>(Object.entries(value));
  const blocking = members.get('blocking');
  return (
    members.get('version') === 1 &&
    Number.isSafeInteger(members.get('sequence')) &&
    TEXTS.every((key) => typeof members.get(key) === 'string') &&
    OPTIONAL_TEXTS.every((key) => !members.has(key) || typeof members.get(key) === 'string') &&
    Array.isArray(blocking) &&
    blocking.every((id) => typeof id === 'string')
  );
}

function clip(text: string): string {
  const plain = text.replaceAll(/:\/\/[^\s/@]{1,500}@/g, '://…@');
  return plain.length > MAX_EVIDENCE_TEXT ? `${plain.slice(0, MAX_EVIDENCE_TEXT)}…` : plain;
}

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
