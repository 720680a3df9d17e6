import type { InstalledPackage, PackageType } from '../../foundation/model/package.ts';

/**
 * Returns the names under which a store may keep a language's package, each once. Most ecosystems do not tell upper from lower case, and databases keep the lower; the name as it is written comes
 * first, for those that do (Go, Julia, CocoaPods) and for databases that kept a publisher's own spelling.
 *
 * - PyPI: its normal form, in which runs of `-`, `_` and `.` are one `-`; trivy-db's form, which leaves dots alone; and the dots that a build tool turned into something else.
 * - Swift: the address of the repository, without scheme and `.git`; some advisories have them.
 * - PEAR: its name on Packagist.
 * - CocoaPods: a part of a pod, `Firebase/Core`, has the advisories of the pod.
 * @see https://packaging.python.org/en/latest/specifications/name-normalization/
 */
export function namesInStore(type: PackageType, name: string): readonly string[] {
  const spelled = spellings[type]?.(name);
  if (spelled !== undefined) return [...new Set(spelled)];
  const lower = name.toLowerCase();
  return lower === name ? [name] : [name, lower];
}

const spellings: Readonly<Partial<Record<PackageType, (name: string) => readonly string[]>>> = {
  pypi: toPythonNames,
  swift: toSwiftNames,
  cocoapods: (name) => [name, podOf(name)],
  pear: (name) => [packagistName(name) ?? name],
};

function toPythonNames(name: string): readonly string[] {
  const lower = name.toLowerCase();
  const normal = lower.replaceAll(/[-_.]+/g, '-');
  return [normal, lower.replaceAll('_', '-'), normal.replaceAll('-', '.')];
}

function toSwiftNames(name: string): readonly string[] {
  const bare = name.replace(/^https?:\/\//, '').replace(/\.git$/, '');
  return [bare, bare.toLowerCase(), `https://${bare}`, `https://${bare}.git`];
}

function podOf(name: string): string {
  return name.split('/', 1)[0] ?? name;
}

/**
 * Returns under which name a package of a PEAR channel is on Packagist: those of PEAR's own channel are there with the same versions, and advisories are written on them there ('pear/archive_tar' of
 * 'pear.php.net/Archive_Tar'). Undefined for those of other channels, of PECL's extensions among them: nobody publishes advisories on them.
 */
export function packagistName(name: string): string | undefined {
  const own = /^pear\.php\.net\/([^/]+)$/i.exec(name)?.[1];
  return own === undefined ? undefined : `pear/${own.toLowerCase()}`;
}

/**
 * Returns the version of an installed package as its advisories write it. A gem built for one platform may carry it behind the version, `1.16.0-x86_64-linux`, where RubyGems itself would read a pre-release.
 */
export function versionInStore({ type, version }: Pick<InstalledPackage, 'type' | 'version'>): string {
  return type === 'gem' ? version.replace(GEM_PLATFORM, '') : version;
}

const GEM_PLATFORM =
  /(?<=^\d[0-9A-Za-z.]{0,100})-(?:java|jruby|ruby|dalvik|dotnet|universal|x86|x64|i[3-6]86|amd64|arm|aarch64|ppc|powerpc|s390|sparc|riscv|mswin|mingw)[\w.-]{0,50}$/;

/**
 * Returns what makes two packages one to an advisory: parts of one pod that came from one lock file are told of once.
 */
export function identityOf({ type, name, version, files }: InstalledPackage): string | undefined {
  return type === 'cocoapods' ? [podOf(name), version, files[0] ?? ''].join('\0') : undefined;
}
