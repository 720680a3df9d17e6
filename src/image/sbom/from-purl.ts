import { PackageURL } from 'packageurl-js';
import type { Purl } from '../../foundation/model/brand.ts';
import type { InstalledPackage, PackageType } from '../../foundation/model/package.ts';
import { applicationPackageTypes, systemPackageTypes } from '../../foundation/model/package.ts';

/** What a package URL says of a package and of the distribution it is from. */
export interface PurlFacts {
  readonly package: Pick<InstalledPackage, 'purl' | 'type' | 'name' | 'version'> & Partial<Pick<InstalledPackage, 'architecture' | 'sourcePackage'>>;
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
  const epoch = facts['epoch'];
  // Package URLs have no type for updates of Windows.
  const isUpdate = type === 'generic' && namespace === 'microsoft' && /^KB\d{1,12}$/i.test(name);
  const architecture = facts['arch'];
  const source = toSource(facts['upstream'] ?? facts['origin'], version);
  return {
    package: {
      purl: text as Purl,
      type: isUpdate ? 'windows-update' : type,
      name: isUpdate ? name : type === 'cocoapods' && subpath ? `${name}/${subpath}` : joinNamespace(type, namespace, name),
      version: type === 'rpm' && epoch !== undefined && epoch !== '0' ? `${epoch}:${version}` : version,
      ...(architecture !== undefined && { architecture }),
      ...(source !== undefined && source.name !== name && { sourcePackage: source }),
    },
    ...(facts['distro'] !== undefined && { distro: facts['distro'] }),
  };
}

/** Returns the name that the package manager of `type` knows a package by. */
export function joinNamespace(type: PackageType, namespace: string | undefined | null, name: string): string {
  const separator = separators[type];
  return namespace && separator !== undefined ? `${namespace}${separator}${name}` : name;
}

function isKnownType(type: string | undefined | null): type is PackageType {
  return typeof type === 'string' && types.has(type);
}

/** `openssl@3.0.1` or `openssl`; of rpm the file name of the source package. */
function toSource(upstream: string | undefined, version: string): { readonly name: string; readonly version: string } | undefined {
  if (upstream === undefined || upstream === '') return undefined;
  const [, rpmName, rpmVersion] = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/.exec(upstream) ?? [];
  if (rpmName !== undefined && rpmVersion !== undefined) return { name: rpmName, version: rpmVersion };
  const at = upstream.indexOf('@');
  return at <= 0 ? { name: upstream, version } : { name: upstream.slice(0, at), version: upstream.slice(at + 1) };
}
