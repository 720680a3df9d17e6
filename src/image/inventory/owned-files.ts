import type { ImagePath } from '../../foundation/model/brand.ts';
import type { FileRecords } from '../layers/inspection.ts';

/** Which files of an image the packages of its distribution brought, and which those of others. */
export interface OwnedFiles {
  /** True when a package that the distribution built owns the file: its advisories speak for what is in it. */
  isDistributions(path: ImagePath): boolean;
  /** Returns the package of somebody else that brought the file; undefined when there is none. */
  vendorPackageOf(path: ImagePath): string | undefined;
}

/** Lists of dpkg: `libc6:amd64.list`, and of distroless images, which name no architecture. */
const DPKG_LIST = /^var\/lib\/dpkg\/(?:info\/([^/:]+)(?::[^/:]+)?\.list|status\.d\/([^/]+)\.md5sums)$/;
const PACMAN_LIST = /^(var\/lib\/pacman\/local\/[^/]+)\/files$/;

/** Folders that are links into /usr where it is merged. */
const MERGED_FOLDER = /^(?:s?bin|lib(?:32|64|x32)?)\//;

/** Returns whose the files are, as the records of the databases say that are seen in the image. */
export function collectOwnedFiles(visible: readonly FileRecords[]): OwnedFiles {
  const own = new Set<ImagePath>();
  const vendors = new Map<ImagePath, string>();
  const thirdParty = listThirdParty(visible);
  for (const records of visible) {
    const listed = ownerOfFileList(records.path);
    const owner = listed === undefined ? undefined : thirdParty.get(listed);
    for (const path of withMerged(records.ownedPaths)) {
      if (owner === undefined) own.add(path);
      else vendors.set(path, owner);
    }
    for (const [vendorPath, name] of records.vendorPaths ?? []) for (const path of withMerged([vendorPath])) vendors.set(path, name);
  }
  return { isDistributions: (path) => own.has(path), vendorPackageOf: (path) => (own.has(path) ? undefined : vendors.get(path)) };
}

/** Returns what finds the package whose files the list at `path` names, where list and package are two files: of dpkg its name, of pacman its folder. Undefined for any other path. */
function ownerOfFileList(path: ImagePath): string | undefined {
  const dpkg = DPKG_LIST.exec(path);
  if (dpkg !== null) return `deb ${dpkg[1] ?? dpkg[2] ?? ''}`;
  const pacman = PACMAN_LIST.exec(path);
  return pacman === null ? undefined : `alpm ${pacman[1] ?? ''}`;
}

/** Names of packages that say that others built them, by what the lists of their files are found by. */
function listThirdParty(visible: readonly FileRecords[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { path, packages } of visible)
    for (const record of packages) {
      if (record.thirdParty !== true) continue;
      if (record.type === 'deb') names.set(`deb ${record.name}`, record.name);
      if (record.type === 'alpm') names.set(`alpm ${path.slice(0, path.lastIndexOf('/'))}`, record.name);
    }
  return names;
}

/** On a system with merged /usr, a package may still list its files below /lib and /bin. */
function* withMerged(paths: Iterable<ImagePath>): Generator<ImagePath, void, undefined> {
  for (const path of paths) {
    yield path;
    if (MERGED_FOLDER.test(path)) yield `usr/${path}` as ImagePath;
  }
}
