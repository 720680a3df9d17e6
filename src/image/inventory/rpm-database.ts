import { MAX_DATABASE_PACKAGES } from '../../foundation/base/limits.ts';
import type { Parsed } from '../../foundation/base/result.ts';
import { ProblemList } from '../../foundation/formats/problem-list.ts';
import type { RpmHeader } from '../../foundation/formats/rpm-header.ts';
import { parseRpmHeader } from '../../foundation/formats/rpm-header.ts';
import type { RpmPackage } from '../../foundation/formats/rpm-package.ts';
import { listRpmFiles, parseSourceRpm, readRpmOrigin, toRpmPackage } from '../../foundation/formats/rpm-package.ts';
import type { ImagePath } from '../../foundation/model/brand.ts';
import { toImagePath } from '../../foundation/model/brand.ts';
import type { AnalyzedPackage, AnalyzedRecords } from './analyzer.ts';
import { PackageGraph } from './dependencies.ts';
import { pathsOf } from './file-path.ts';
import { thirdPartyRpmTest } from './third-party.ts';

/** Yields the package headers of a database. It is called twice or three times, so that not all file names of all packages need be in memory at once. */
export type HeaderReader = (problems: ProblemList) => Iterable<Uint8Array>;

/** rpm lists imported keys as packages. They are none: no file, no architecture, no source, a hash for a version. */
const KEY = 'gpg-pubkey';

/** Where distributions keep rpm's database: by default, SUSE and Fedora since 36, and images of ostree. */
const FOLDERS: readonly string[] = ['var/lib/rpm/', 'usr/lib/sysimage/rpm/', 'usr/share/rpm/'];

/** True when `path` is the file called `name` in a folder where rpm's database is kept. */
export function isInRpmFolder(path: ImagePath, name: string): boolean {
  return path.endsWith(name) && FOLDERS.some((folder) => path.length === folder.length + name.length && path.startsWith(folder));
}

/** Returns the packages whose headers `readHeaders` yields, as `rpm --query --all` lists them but for imported keys. That there are more than MAX_DATABASE_PACKAGES is a problem. */
export function analyzeRpmDatabase(readHeaders: HeaderReader): Parsed<AnalyzedRecords> {
  const problems = new ProblemList();
  const graph = new PackageGraph();
  for (const header of parseHeaders(readHeaders, problems)) {
    if (graph.size >= MAX_DATABASE_PACKAGES) {
      problems.add({ message: `it has more than ${MAX_DATABASE_PACKAGES} packages; the rest is not read` });
      break;
    }
    const record = toRpmPackage(header);
    if (record === undefined) problems.add({ message: 'a package header has no name, no version or no release' });
    else if (record.name !== KEY) graph.add(toRpmRecord(record), record.provides, record.requires);
  }
  const packages = graph.list();
  const isThirdParty = thirdPartyRpmTest(packages);
  return {
    value: {
      packages: packages.map((record) => (isThirdParty(record) ? { ...record, thirdParty: true } : record)),
      ownedPaths: pathsOf(listPaths(readHeaders, (record) => !isThirdParty(record))),
      ...(packages.some(isThirdParty) && { vendorPaths: listPaths(readHeaders, isThirdParty) }),
    },
    problems: problems.list(),
  };
}

function* parseHeaders(readHeaders: HeaderReader, problems: ProblemList): Generator<RpmHeader, void, undefined> {
  for (const blob of readHeaders(problems)) {
    const header = parseRpmHeader(blob, problems);
    if (header !== undefined) yield header;
  }
}

/** Yields the files of the packages that `isMeant`, each with its package's name. */
function* listPaths(
  readHeaders: HeaderReader,
  isMeant: (origin: ReturnType<typeof readRpmOrigin>) => boolean,
): Generator<readonly [path: ImagePath, name: string], void, undefined> {
  // What is wrong with the database was told when its packages were listed.
  for (const header of parseHeaders(readHeaders, new ProblemList())) {
    const origin = readRpmOrigin(header);
    if (!isMeant(origin)) continue;
    for (const file of listRpmFiles(header)) {
      const path = toImagePath(file);
      if (path !== undefined) yield [path, origin.name];
    }
  }
}

/** Returns the record of a package, without what it depends on. */
export function toRpmRecord(record: Omit<RpmPackage, 'provides' | 'requires'>): AnalyzedPackage {
  const { name, epoch, version, release, architecture, sourceRpm, vendor, modularityLabel, license } = record;
  const plainVersion = `${version}-${release}`;
  const source = sourceRpm === undefined ? undefined : parseSourceRpm(sourceRpm);
  const isOwnSource = source === undefined || (source.name === name && source.version === plainVersion);
  return {
    type: 'rpm',
    name,
    version: epoch ? `${epoch}:${plainVersion}` : plainVersion,
    ...(architecture !== undefined && { architecture }),
    ...(!isOwnSource && { sourcePackage: source }),
    ...(vendor !== undefined && { vendor }),
    ...(modularityLabel !== undefined && { modularityLabel }),
    ...(license !== undefined && { licenses: [license] }),
  };
}
