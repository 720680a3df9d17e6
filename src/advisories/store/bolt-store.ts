import { MAX_CONFIG_BYTES, MAX_KEPT_ADVISORIES, MAX_KEPT_DETAIL_UNITS } from '../../foundation/base/limits.ts';
import { RecentlyUsed } from '../../foundation/base/recently-used.ts';
import { readSmallJson } from '../../foundation/io/random-access-file.ts';
import { keepYoungGenerationSmall } from '../../foundation/io/young-generation.ts';
import { toAdvisoryId } from '../../foundation/model/brand.ts';
import type { AdvisoryId } from '../../foundation/model/brand.ts';
import { openBoltFile } from './bolt-file.ts';
import type { BoltFile } from './bolt-file.ts';
import { CompactShelves } from './compact-shelves.ts';
import { withExtras } from './extras.ts';
import type { AdvisoryExtras } from './extras.ts';
import type { VulnerabilityDetail } from './record.ts';
import {
  DATA_SOURCE_BUCKET,
  METADATA_FILE,
  METADATA_KEY,
  ORIGIN_FILE,
  parseDataSource,
  parseOrigin,
  parseOwnMetadata,
  parseTrivyMetadata,
  PLIMSOLL_BUCKET,
  REDHAT_CPE_BUCKET,
  REDHAT_CPE_NAMES,
  SCHEMA_VERSION,
  VULNERABILITY_BUCKET,
} from './schema.ts';
import type { DataSource, StoreMetadata } from './schema.ts';
import { parseAdvisory, parseNumbers } from './schema-advisory.ts';
import { parseDetail } from './schema-detail.ts';
import { textOf } from './schema-values.ts';
import { PlainShelves } from './shelves.ts';
import type { Shelves } from './shelves.ts';
import { AdvisoryStoreError } from './store.ts';
import type { AdvisoryStore } from './store.ts';

/**
 * Returns a database in trivy-db's schema open for look-ups: one that Plimsoll built or compacted, which carries its metadata within, or trivy.db with its metadata.json
 * beside it. `extras` add to what it says of vulnerabilities. Look-ups throw AdvisoryStoreError too, when the pages they need are damaged.
 * @throws {AdvisoryStoreError} not-found · not-a-database · wrong-version · truncated · malformed · io
 */
export function openAdvisoryStore(path: string, extras?: AdvisoryExtras): AdvisoryStore {
  // What look-ups read is gone at once, too.
  keepYoungGenerationSmall();
  const file = openBoltFile(path);
  try {
    return createStore(file, extras);
  } catch (error) {
    file.close();
    throw error;
  }
}

function createStore(file: BoltFile, extras: AdvisoryExtras | undefined): AdvisoryStore {
  const metadata = readMetadata(file);
  const shelves: Shelves = metadata?.compact === true ? new CompactShelves(file) : new PlainShelves(file);
  const details = new RecentlyUsed<string, VulnerabilityDetail | undefined>(MAX_KEPT_DETAIL_UNITS, sizeOfDetail);
  const advisories = new RecentlyUsed<string, readonly AdvisoryOfPackage[]>(MAX_KEPT_ADVISORIES, (found) => found.length + 1);

  // Asked for with every match; there are some hundred in all.
  const sources = new RecentlyUsed<string, DataSource | undefined>(MAX_KEPT_ADVISORIES, () => 1);

  function readDetail(id: AdvisoryId): VulnerabilityDetail | undefined {
    const stored = parseDetail(shelves.value(VULNERABILITY_BUCKET, id));
    return extras === undefined ? stored : withExtras(id, stored, extras);
  }

  function readAdvisories(bucket: string, packageName: string): readonly AdvisoryOfPackage[] {
    const rows = shelves.rows(bucket, packageName);
    if (rows.length === 0) return NOTHING;
    const found: AdvisoryOfPackage[] = [];
    for (const [id, json] of rows) {
      const advisory = parseAdvisory(json);
      if (advisory !== undefined) found.push({ id: toAdvisoryId(id), advisory });
    }
    return found;
  }

  return {
    used: metadata?.used ?? { source: file.path, builtAt: '', full: true },
    isCompact: metadata?.compact === true,
    buckets: (prefix) => shelves.names(prefix),
    advisories: (bucket, packageName) => advisories.get(`${bucket}\0${packageName}`, () => readAdvisories(bucket, packageName)),
    detail: (id) => details.get(id, () => readDetail(id)),
    dataSource: (bucket) => sources.get(bucket, () => parseDataSource(shelves.value(DATA_SOURCE_BUCKET, bucket))),
    redhatProducts: (of, name) => parseNumbers(shelves.row(REDHAT_CPE_BUCKET, of, name)),
    redhatProductName: (number) => textOf(shelves.row(REDHAT_CPE_BUCKET, REDHAT_CPE_NAMES, String(number))),
    close() {
      file.close();
    },
  };
}

type AdvisoryOfPackage = ReturnType<AdvisoryStore['advisories']>[number];

const NOTHING: readonly AdvisoryOfPackage[] = [];

/** About what a description takes of memory, in UTF-16 units. */
function sizeOfDetail(detail: VulnerabilityDetail | undefined): number {
  const references = detail?.references?.reduce((sum, reference) => sum + reference.length + 32, 0) ?? 0;
  return 500 + (detail?.title?.length ?? 0) + (detail?.description?.length ?? 0) + references;
}

/** Returns what a database says of itself, undefined for a trivy.db that stands alone. @throws {AdvisoryStoreError} not-a-database, wrong-version */
function readMetadata(file: BoltFile): StoreMetadata | undefined {
  const plain = new PlainShelves(file);
  const metadata = parseOwnMetadata(plain.value(PLIMSOLL_BUCKET, METADATA_KEY)) ?? readTrivyMetadata(file.path);
  if (metadata === undefined && !plain.names(VULNERABILITY_BUCKET).includes(VULNERABILITY_BUCKET)) {
    throw new AdvisoryStoreError('not-a-database', `${file.path} is a bolt database, but not one of advisories`);
  }
  if (metadata !== undefined && metadata.version !== SCHEMA_VERSION) {
    throw new AdvisoryStoreError(
      'wrong-version',
      `the advisory database ${file.path} has schema version ${metadata.version}; this Plimsoll reads version ${SCHEMA_VERSION}: ${metadata.version > SCHEMA_VERSION ? 'update Plimsoll' : 'run `plimsoll db update`'}`,
    );
  }
  return metadata;
}

/** trivy-db keeps its metadata in a file beside the database; where it was downloaded from stands in another, if we did it. */
function readTrivyMetadata(path: string): StoreMetadata | undefined {
  const source = parseOrigin(readJsonBeside(path, ORIGIN_FILE))?.source ?? path;
  return parseTrivyMetadata(readJsonBeside(path, METADATA_FILE), source);
}

/** Undefined for whatever is not JSON: a file of that name may be anybody's. */
function readJsonBeside(path: string, name: string): unknown {
  return readSmallJson(path.replace(/[^/\\]*$/, name), MAX_CONFIG_BYTES);
}
