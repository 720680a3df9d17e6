import { PackageURL } from 'packageurl-js';
import { normalisePythonName } from '../../foundation/formats/python-metadata.ts';
import type { Purl } from '../../foundation/model/brand.ts';
import type { Distro } from '../../foundation/model/image.ts';
import type { AnalyzedPackage } from './analyzer.ts';

/**
 * Returns the package URL of an installed package: `pkg:deb/debian/curl@7.88.1-10?arch=amd64&distro=debian-12`. Undefined when its name cannot be part of one.
 * @see https://github.com/package-url/purl-spec/blob/main/PURL-TYPES.rst
 */
export function toPurl(record: AnalyzedPackage, distro: Distro | undefined): Purl | undefined {
  try {
    return new PackageURL(
      record.type,
      toNamespace(record, distro),
      toName(record),
      record.version,
      toQualifiers(record, distro),
      undefined,
    ).toString() as Purl;
  } catch {
    return undefined;
  }
}

/** Which namespace a package manager's packages are in when the image does not say what distribution it is. */
const defaultNamespaces = { deb: 'debian', apk: 'alpine' } as const;

function toNamespace(record: AnalyzedPackage, distro: Distro | undefined): string | undefined {
  switch (record.type) {
    case 'deb':
    case 'apk':
      return distro?.id ?? defaultNamespaces[record.type];
    case 'npm':
      return record.name.startsWith('@') && record.name.includes('/') ? record.name.slice(0, record.name.indexOf('/')) : undefined;
    case 'pypi':
      return undefined;
  }
}

function toName(record: AnalyzedPackage): string {
  switch (record.type) {
    case 'npm':
      return record.name.startsWith('@') ? record.name.slice(record.name.indexOf('/') + 1) : record.name;
    case 'pypi':
      return normalisePythonName(record.name);
    case 'deb':
    case 'apk':
      return record.name;
  }
}

function toQualifiers(record: AnalyzedPackage, distro: Distro | undefined): Record<string, string> | undefined {
  if (record.type !== 'deb' && record.type !== 'apk') return undefined;
  const release = distro === undefined ? '' : distro.versionId || (distro.codename ?? '');
  return {
    ...(record.architecture !== undefined && { arch: record.architecture }),
    ...(distro !== undefined && release !== '' && { distro: `${distro.id}-${release}` }),
  };
}
