import { PackageURL } from 'packageurl-js';
import { parseSourceRpm } from '../../foundation/formats/rpm-package.ts';
import type { Purl } from '../../foundation/model/brand.ts';
import type { InstalledPackage, PackageType } from '../../foundation/model/package.ts';
import { applicationPackageTypes, isSystemType, systemPackageTypes } from '../../foundation/model/package.ts';

/** What a package URL says of a package and of the distribution it is from. */
export interface PurlFacts {
  readonly package: Pick<InstalledPackage, 'purl' | 'type' | 'name' | 'version'> &
    Partial<Pick<InstalledPackage, 'architecture' | 'sourcePackage' | 'modularityLabel'>>;
  /** `debian-12`, from the qualifier `distro`. */
  readonly distro?: string;
}

const types: ReadonlySet<string> = new Set([...systemPackageTypes, ...applicationPackageTypes]);
/** Types whose namespace is part of the name that their package manager knows, and what stands between the two. */
const separators: Readonly<Partial<Record<PackageType, string>>> = {
  maven: ':',
  npm: '/',
  golang: '/',
  composer: '/',
  swift: '/',
  portage: '/',
  luarocks: '/',
  pear: '/',
  generic: '/',
};

/** Returns what `text` says; undefined when it is no package URL, has no version, or is of a type that is not known here. */
export function factsOfPurl(text: string): PurlFacts | undefined {
  let url: PackageURL;
  try {
    url = PackageURL.fromString(text);
  } catch {
    return undefined;
  }
  const { type, namespace, name, version, qualifiers, subpath } = url;
  if (!isKnownType(type) || !name || !version) return undefined;
  const facts = qualifiers ?? {};
  // Package URLs have no type for updates of Windows.
  const isUpdate = type === 'generic' && namespace === 'microsoft' && /^KB\d{1,12}$/i.test(name);
  const architecture = facts['arch'];
  const modularityLabel = type === 'rpm' ? (facts['rpmmod'] ?? facts['modularitylabel']) : undefined;
  const source = isSystemType(type) ? toSource(facts['upstream'] ?? facts['origin'], version) : undefined;
  return {
    package: {
      purl: text as Purl,
      type: isUpdate ? 'windows-update' : type,
      name: isUpdate ? name : type === 'cocoapods' && subpath ? `${name}/${subpath}` : joinNamespace(type, namespace, name),
      version: withEpoch(type, version, facts['epoch']),
      ...(architecture !== undefined && { architecture }),
      ...(source !== undefined && (source.name !== name || source.version !== version) && { sourcePackage: source }),
      ...(modularityLabel !== undefined && modularityLabel !== '' && { modularityLabel }),
    },
    ...(facts['distro'] !== undefined && { distro: facts['distro'] }),
  };
}

/** The epoch of rpm is a qualifier; Trivy makes one of dpkg's too, which is otherwise part of the version. */
function withEpoch(type: PackageType, version: string, epoch = '0'): string {
  return (type === 'rpm' || type === 'deb') && epoch !== '0' && !version.startsWith(`${epoch}:`) ? `${epoch}:${version}` : version;
}

/** Returns the name that the package manager of `type` knows a package by. */
export function joinNamespace(type: PackageType, namespace: string | undefined | null, name: string): string {
  const separator = separators[type];
  return namespace && separator !== undefined ? `${namespace}${separator}${name}` : name;
}

function isKnownType(type: string | undefined | null): type is PackageType {
  return typeof type === 'string' && types.has(type);
}

/** `openssl@3.0.1`, or `openssl` when its version is the same; of rpm the file name of the source package. */
function toSource(upstream: string | undefined, version: string): { readonly name: string; readonly version: string } | undefined {
  if (upstream === undefined || upstream === '') return undefined;
  const sourceRpm = parseSourceRpm(upstream);
  if (sourceRpm !== undefined) return sourceRpm;
  const at = upstream.indexOf('@');
  return at <= 0 ? { name: upstream, version } : { name: upstream.slice(0, at), version: upstream.slice(at + 1) };
}
