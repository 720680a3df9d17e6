import { PackageURL } from 'packageurl-js';
import { normalisePythonName } from '../../foundation/formats/python-metadata.ts';
import type { Purl } from '../../foundation/model/brand.ts';
import type { Distro } from '../../foundation/model/image.ts';
import { isSystemType, type PackageType } from '../../foundation/model/package.ts';
import type { AnalyzedPackage } from './analyzer.ts';

/**
 * Returns the package URL of an installed package: `pkg:deb/debian/curl@7.88.1-10?arch=amd64&distro=debian-12`. Undefined when its name cannot be part of one.
 * @see https://github.com/package-url/purl-spec/blob/main/PURL-TYPES.rst
 */
export function toPurl(record: AnalyzedPackage, distro: Distro | undefined): Purl | undefined {
  const { namespace, name, version = record.version, subpath, qualifiers } = toNames(record, distro);
  const all = { ...toQualifiers(record, distro), ...qualifiers };
  try {
    return new PackageURL(
      purlTypes[record.type] ?? record.type,
      namespace,
      name,
      version,
      Object.keys(all).length === 0 ? undefined : all,
      subpath,
    ).toString() as Purl;
  } catch {
    return undefined;
  }
}

/** Types that package URLs have under another name. */
const purlTypes: Readonly<Partial<Record<PackageType, string>>> = { 'windows-update': 'generic' };

/** The parts of a package URL that hang on its type. */
interface PurlNames {
  readonly namespace?: string | undefined;
  readonly name: string;
  readonly version?: string;
  readonly subpath?: string;
  readonly qualifiers?: Readonly<Record<string, string>>;
}

function toNames(record: AnalyzedPackage, distro: Distro | undefined): PurlNames {
  const { type, name, version } = record;
  switch (type) {
    case 'deb':
      return { namespace: distro?.id ?? 'debian', name };
    case 'apk':
      return { namespace: distro?.id ?? 'alpine', name };
    case 'rpm':
      return toRpmNames(record, distro);
    case 'alpm':
      return { namespace: distro?.id ?? 'arch', name };
    case 'opkg':
      return { namespace: distro?.id, name };
    case 'windows-update':
      return { namespace: 'microsoft', name };
    case 'pypi':
      return { name: normalisePythonName(name) };
    case 'maven':
      return splitAt(name, name.lastIndexOf(':'));
    case 'cocoapods':
      return name.includes('/') ? { name: name.slice(0, name.indexOf('/')), subpath: name.slice(name.indexOf('/') + 1) } : { name };
    case 'npm':
    case 'portage':
    case 'composer':
    case 'golang':
    case 'swift':
    case 'generic':
    case 'luarocks':
    case 'pear':
      return splitAt(name, name.lastIndexOf('/'));
    default:
      return { name, version };
  }
}

/** Returns what is before `separator` as the namespace; -1 means that there is none. */
function splitAt(name: string, separator: number): PurlNames {
  return separator < 0 ? { name } : { namespace: name.slice(0, separator), name: name.slice(separator + 1) };
}

/** Vendors of rpm packages, where their name in package URLs is not the distribution's id. */
const rpmNamespaces: Readonly<Record<string, string>> = { rhel: 'redhat', sles: 'suse', sled: 'suse', 'sle-micro': 'suse', 'sl-micro': 'suse' };

/** The epoch of an rpm is a qualifier and no part of the version. */
function toRpmNames({ name, version }: AnalyzedPackage, distro: Distro | undefined): PurlNames {
  const colon = version.indexOf(':');
  const id = distro?.id ?? '';
  const namespace = id.startsWith('opensuse') ? 'opensuse' : (rpmNamespaces[id] ?? id);
  return {
    namespace: namespace === '' ? undefined : namespace,
    name,
    version: version.slice(colon + 1),
    ...(colon > 0 && { qualifiers: { epoch: version.slice(0, colon) } }),
  };
}

function toQualifiers(record: AnalyzedPackage, distro: Distro | undefined): Record<string, string> | undefined {
  if (!isSystemType(record.type)) return undefined;
  const release = distro === undefined ? '' : distro.versionId || (distro.codename ?? '');
  const upstream = toUpstream(record);
  return {
    ...(record.architecture !== undefined && { arch: record.architecture }),
    ...(distro !== undefined && release !== '' && { distro: `${distro.id}-${release}` }),
    ...(record.modularityLabel !== undefined && { rpmmod: record.modularityLabel }),
    ...(upstream !== undefined && { upstream }),
  };
}

/** The source package, which distributions file advisories under, as other scanners write it: of rpm its file name, of all others its name, and its version where that is another. */
function toUpstream({ type, version, sourcePackage: source }: AnalyzedPackage): string | undefined {
  if (source === undefined) return undefined;
  if (type === 'rpm') return `${source.name}-${source.version}.src.rpm`;
  return source.version === version ? source.name : `${source.name}@${source.version}`;
}
