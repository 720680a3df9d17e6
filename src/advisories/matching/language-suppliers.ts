import type { PackageType } from '../../foundation/model/package.ts';

/** How Seal Security marks the packages that it patched: a name of its own, or the version it patched with a suffix. */
interface SealMarks {
  readonly name: RegExp;
  readonly version: RegExp;
  /** Others publish versions that look so too: then only a store that has the package in Seal's advisories says that it is Seal's. */
  readonly isAmbiguous?: true;
}

const sealMarks: Readonly<Partial<Record<PackageType, SealMarks>>> = {
  maven: { name: /^seal\.sp\d/, version: /\+sp\d+(?:p\d+)?$/ },
  pypi: { name: /^seal-/, version: /\+sp\d+(?:p\d+)?$/ },
  npm: { name: /^@seal-security\//, version: /-sp\d+(?:p\d+)?$/, isAmbiguous: true },
  golang: { name: /^sealsecurity\.io\//, version: /-sp\d+(?:p\d+)?(?:\+incompatible)?$/, isAmbiguous: true },
  gem: { name: /^seal-/, version: /\.0\.1\.sp\d+(?:p\d+)?$/, isAmbiguous: true },
};

/**
 * Returns the beginning of the bucket names of the one who patched a package and publishes advisories of its own for it, 'seal '; those of the ecosystem itself do not hold then, because they go by
 * numbers that the patched build shares with the unpatched one. Empty for a package as its authors made it. `isKnown` says whether the store has the package in the supplier's advisories.
 * @see https://docs.sealsecurity.io/reference/naming-and-versioning/per-ecosystem
 */
export function supplierPrefix(type: PackageType, name: string, version: string, isKnown: (prefix: string) => boolean): 'seal ' | '' {
  const marks = sealMarks[type];
  if (marks === undefined) return '';
  if (marks.name.test(name.toLowerCase())) return 'seal ';
  return marks.version.test(version) && (marks.isAmbiguous !== true || isKnown('seal ')) ? 'seal ' : '';
}
