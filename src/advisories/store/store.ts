import type { AdvisoriesUsed } from '../../foundation/model/report.ts';
import type { AdvisoryId } from '../../foundation/model/brand.ts';
import type { StoredAdvisory, VulnerabilityDetail } from './record.ts';

/** Read access to an advisory database. Look-ups read pages on demand; nothing is loaded whole. */
export interface AdvisoryStore {
  readonly used: AdvisoriesUsed;
  /** Buckets whose name starts with `prefix` ('npm::', 'debian '), sorted. */
  buckets(prefix: string): readonly string[];
  /** What is known of a package in one bucket; empty when nothing is. */
  advisories(bucket: string, packageName: string): readonly { readonly id: AdvisoryId; readonly advisory: StoredAdvisory }[];
  detail(id: AdvisoryId): VulnerabilityDetail | undefined;
  close(): void;
}

export type AdvisoryStoreErrorCode = 'not-found' | 'not-a-database' | 'wrong-version' | 'truncated' | 'malformed' | 'io';

export class AdvisoryStoreError extends Error {
  override readonly name = 'AdvisoryStoreError';
  readonly code: AdvisoryStoreErrorCode;
  constructor(code: AdvisoryStoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
