import type { InstalledPackage } from '../../foundation/model/package.ts';

/**
 * Returns the name under which advisories file an rpm that was built in a module stream, `nodejs:18::npm`; its own name when it was built in none. Each stream has versions of its
 * own, so that the advisories of one say nothing of another, nor of the package outside of modules.
 * @see https://docs.fedoraproject.org/en-US/modularity/ (label: name:stream:version:context)
 */
export function modularName({ name, modularityLabel }: Pick<InstalledPackage, 'name' | 'modularityLabel'>): string {
  const [module, stream] = modularityLabel?.split(':') ?? [];
  return module && stream ? `${module}:${stream}::${name}` : name;
}

/**
 * Returns a version as it compares with others of its module. One build of a module has a package for each context that it was built in, which the version ends in (`module+el8.10.0+23147+20b7d289`): contexts stand beside
 * each other, and none is older than the other.
 */
export function withoutModuleContext(version: string): string {
  return version.replace(/(\.module[+_]el[\d.]+\+\d+)\+[0-9a-f]+(?=$|\.)/, '$1');
}
