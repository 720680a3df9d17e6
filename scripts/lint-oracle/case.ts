import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LintPolicy } from '../../src/dockerfile/lint/rule.ts';

export type Peer = 'buildkit' | 'checkov' | 'hadolint' | 'kics' | 'trivy';

/** One thing that a peer's own tests hold of one of its checks. */
export interface OracleCase {
  readonly peer: Peer;
  /** The check's id: DL3008, DS-0010, CKV_DOCKER_9, StageNameCasing, or the name of a KICS query. */
  readonly check: string;
  /** Where the peer keeps it: a file, or a test's name. */
  readonly name: string;
  readonly text: string;
  /** Whether the peer's check reports it. */
  readonly isReported: boolean;
  /** The line, where the peer's test names one. */
  readonly line?: number;
  readonly dockerignore?: string;
  readonly policy?: Partial<LintPolicy>;
}

/** Returns a short name that stays the same as long as the fixture does, to hang a reason on without keeping the fixture. */
export function keyOf({ check, text, line, dockerignore, policy }: OracleCase): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([text, line, dockerignore, policy]))
    .digest('hex');
  return `${check} ${digest.slice(0, 8)}`;
}

/** Returns the paths of all files below a directory, sorted, relative to it. */
export function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

export function readText(...parts: readonly string[]): string {
  return readFileSync(path.join(...parts), 'utf8');
}
