import type { InstalledPackage } from '../../foundation/model/package.ts';

/**
 * Returns the name under which advisories file an rpm that was built in a module stream, `nodejs:18::npm`; its own name when it was built in none. Each stream has versions of its
 * own, so that the advisories of one say nothing of another, nor of the package outside of modules.
 * @see https://docs.fedoraproject.org/en-US/modularity/ (label: name:stream:version:context)
 */
export function modularName({ name, modularityLabel }: InstalledPackage): string {
  const [module, stream] = modularityLabel?.split(':') ?? [];
  return module && stream ? `${module}:${stream}::${name}` : name;
}
