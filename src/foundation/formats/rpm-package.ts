/**
 * What a package header of rpm says of a package, as `rpm --query` prints it.
 *
 * @see https://github.com/rpm-software-management/rpm/blob/master/docs/manual/tags.md
 */
import type { RpmHeader } from './rpm-header.ts';

const NAME = 1000;
const VERSION = 1001;
const RELEASE = 1002;
const EPOCH = 1003;
const VENDOR = 1011;
const LICENSE = 1014;
const ARCHITECTURE = 1022;
const OLD_FILE_NAMES = 1027;
const SOURCE_RPM = 1044;
const PROVIDE_NAMES = 1047;
const REQUIRE_NAMES = 1049;
const DIRECTORY_INDEXES = 1116;
const BASE_NAMES = 1117;
const DIRECTORY_NAMES = 1118;
const MODULARITY_LABEL = 5096;

export interface RpmPackage {
  readonly name: string;
  /** 0 and not set are two things to rpm, and equal in every comparison. */
  readonly epoch?: number;
  readonly version: string;
  readonly release: string;
  /** Keys that were imported have none. */
  readonly architecture?: string;
  /** `bash-5.1.8-4.el9.src.rpm` */
  readonly sourceRpm?: string;
  readonly vendor?: string;
  readonly modularityLabel?: string;
  readonly license?: string;
  /** What others may require: names of packages, of libraries with their versions, files, anything. */
  readonly provides: readonly string[];
  readonly requires: readonly string[];
}

/** Returns the package of a header, undefined when it has no name, version or release. */
export function toRpmPackage(header: RpmHeader): RpmPackage | undefined {
  const name = header.text(NAME);
  const version = header.text(VERSION);
  const release = header.text(RELEASE);
  if (name === undefined || version === undefined || release === undefined) return undefined;
  const [epoch] = header.numbers(EPOCH);
  const architecture = header.text(ARCHITECTURE);
  const sourceRpm = header.text(SOURCE_RPM);
  const vendor = header.text(VENDOR);
  const modularityLabel = header.text(MODULARITY_LABEL);
  const license = header.text(LICENSE);
  return {
    name,
    version,
    release,
    ...(epoch !== undefined && { epoch }),
    ...(architecture !== undefined && { architecture }),
    ...(sourceRpm !== undefined && { sourceRpm }),
    ...(vendor !== undefined && { vendor }),
    ...(modularityLabel !== undefined && { modularityLabel }),
    ...(license !== undefined && { license }),
    provides: header.texts(PROVIDE_NAMES),
    requires: header.texts(REQUIRE_NAMES),
  };
}

/** Returns what a header says of who built its package, which costs less than all that it says. */
export function readRpmOrigin(header: RpmHeader): { readonly name: string; readonly version: string; readonly vendor?: string } {
  const vendor = header.text(VENDOR);
  const version = `${header.text(VERSION) ?? ''}-${header.text(RELEASE) ?? ''}`;
  return { name: header.text(NAME) ?? '', version, ...(vendor !== undefined && { vendor }) };
}

/** Yields the absolute paths of the files that a package owns, each of which is a folder's name and a name in it. */
export function* listRpmFiles(header: RpmHeader): Generator<string, void, undefined> {
  const directories = header.texts(DIRECTORY_NAMES);
  const indexes = header.numbers(DIRECTORY_INDEXES);
  const names = header.texts(BASE_NAMES);
  for (let i = 0; i < names.length; i++) {
    const directory = directories[indexes[i] ?? -1];
    if (directory !== undefined) yield directory + (names[i] ?? '');
  }
  // Before rpm 4 each path was written in full.
  yield* header.texts(OLD_FILE_NAMES);
}

/** Returns name and version (`version-release`, no epoch: file names have none) of `bash-5.1.8-4.el9.src.rpm`; undefined when it is no such name. */
export function parseSourceRpm(file: string): { readonly name: string; readonly version: string } | undefined {
  const stem = /^(.+)\.(?:no)?src\.rpm$/.exec(file)?.[1];
  if (stem === undefined) return undefined;
  const release = stem.lastIndexOf('-');
  const version = stem.lastIndexOf('-', release - 1);
  return version > 0 && release > version + 1 ? { name: stem.slice(0, version), version: stem.slice(version + 1) } : undefined;
}
