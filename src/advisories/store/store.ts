import type { AdvisoriesUsed } from '../../foundation/model/report.ts';
import type { AdvisoryId } from '../../foundation/model/brand.ts';
import type { RedHatProductsOf, StoredAdvisory, VulnerabilityDetail } from './record.ts';
import type { DataSource } from './schema.ts';

/** Read access to an advisory database. Look-ups read pages on demand; nothing is loaded whole. */
export interface AdvisoryStore {
  readonly used: AdvisoriesUsed;
  /** True for one that `plimsoll db compact` made: it has no prose. */
  readonly isCompact: boolean;
  /** Buckets whose name starts with `prefix` ('npm::', 'debian '), sorted. */
  buckets(prefix: string): readonly string[];
  /** What is known of a package in one bucket; empty when nothing is. */
  advisories(bucket: string, packageName: string): readonly { readonly id: AdvisoryId; readonly advisory: StoredAdvisory }[];
  detail(id: AdvisoryId): VulnerabilityDetail | undefined;
  /** Who publishes what a bucket holds, as the database itself says; undefined when it does not. */
  dataSource(bucket: string): DataSource | undefined;
  /** Red Hat: the numbers of the products that a repository or an image build belongs to; empty when it is not known. An entry's `cpeNumbers` are of the same kind. */
  redhatProducts(of: RedHatProductsOf, name: string): readonly number[];
  /** Red Hat: the CPE name of a product by its number. */
  redhatProductName(number: number): string | undefined;
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
