import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sharedData } from './shared-data.ts';

const MAX_DATABASE_BYTES = 256 * 1024 * 1024;

/** One line of what rpm itself printed; `(none)` where a package has no such tag. */
export interface PrintedPackage {
  readonly name: string;
  readonly epoch: string;
  readonly version: string;
  readonly release: string;
  readonly architecture: string;
  readonly sourceRpm: string;
  readonly vendor: string;
  readonly modularityLabel: string;
  readonly license: string;
  readonly sizeBytes: string;
  readonly sigMd5: string;
  readonly installTime: string;
}

export interface RpmVector {
  /** Packages, Packages.db, rpmdb.sqlite */
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly printed: readonly PrintedPackage[];
}

export const RPM_VECTORS = 'vectors/rpmdb';

/** Returns the names of the databases of the shared test data; none where it is absent. */
export function listRpmVectors(): readonly string[] {
  const folder = sharedData(RPM_VECTORS);
  return folder === undefined ? [] : readdirSync(folder).sort();
}

/** Returns one of them, unpacked by the program zstd, with what rpm printed of it. */
export function loadRpmVector(name: string): RpmVector {
  const folder = sharedData(`${RPM_VECTORS}/${name}`) ?? '';
  const packed = readdirSync(folder).find((file) => file.endsWith('.zst')) ?? '';
  const bytes = execFileSync('zstd', ['-dcq', path.join(folder, packed)], { maxBuffer: MAX_DATABASE_BYTES });
  const lines = readFileSync(path.join(folder, 'expected-rpm-qa.tsv'), 'utf8').trimEnd().split('\n');
  return { fileName: packed.slice(0, -'.zst'.length), bytes, printed: lines.map(parseLine) };
}

function parseLine(line: string): PrintedPackage {
  const [
    name = '',
    epoch = '',
    version = '',
    release = '',
    architecture = '',
    sourceRpm = '',
    vendor = '',
    label = '',
    license = '',
    size = '',
    md5 = '',
    time = '',
  ] = line.split('\t');
  return {
    name,
    epoch,
    version,
    release,
    architecture,
    sourceRpm,
    vendor,
    modularityLabel: label,
    license,
    sizeBytes: size,
    sigMd5: md5,
    installTime: time,
  };
}
