import type { InstalledPackage } from '../../foundation/model/package.ts';

/**
 * Returns whether a language package is a file of a distribution's package, so that the distribution's advisories speak for it: Debian backports fixes without changing the
 * version that Python or npm see. `systemPackages` are the image's deb and apk packages.
 */
export function isDistroOwned(installed: InstalledPackage, systemPackages: readonly InstalledPackage[]): boolean {
  // A package of somebody else brought it, of which the distribution's advisories know nothing.
  if (installed.broughtBy !== undefined) return false;
  const [isInDebianFolder, isInAlpineFolder] = [installed.files.some(isDebianManaged), isInAlpinePython(installed)];
  // Nearly all are in neither, and an image has hundreds of packages of each kind.
  if (!isInDebianFolder && !isInAlpineFolder) return false;
  return systemPackages.some((system) => system.type === 'deb') ? isInDebianFolder : isInAlpineFolder && isAlpinePackage(installed, systemPackages);
}

/** Debian's policy keeps these folders to dpkg; pip and npm install under usr/local and usr/lib/node_modules. @see Debian Python Policy 2.5 */
function isDebianManaged(path: string): boolean {
  return /^usr\/lib\/python3\/dist-packages\//.test(path) || /^usr\/(?:share|lib)\/nodejs\//.test(path);
}

/** On Alpine apk and pip share a folder. */
function isInAlpinePython({ type, files }: InstalledPackage): boolean {
  return type === 'pypi' && files.some((path) => /^usr\/lib\/python3\.\d+\/site-packages\//.test(path));
}

/** apk calls the package py3-<name>, at the same version. */
function isAlpinePackage(installed: InstalledPackage, systemPackages: readonly InstalledPackage[]): boolean {
  const name = installed.name.toLowerCase().replaceAll(/[-_.]+/g, '-');
  const names = new Set([`py3-${name}`, `py3-${name.replace(/^(?:python-|py)/, '')}`]);
  return systemPackages.some((system) => names.has(system.name) && system.version.replace(/-r\d+$/, '') === installed.version);
}
