import type { Parsed } from '../../../../foundation/base/result.ts';
import { parseOsRelease } from '../../../../foundation/formats/os-release.ts';
import type { Distro } from '../../../../foundation/model/image.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';

const decoder = new TextDecoder('utf-8');

/** Which distribution it is: os-release, and for images that lost it the older files that hold a version alone. */
export const analyzer: Analyzer = {
  id: 'os-release',
  version: 1,
  scope: 'database',
  wants: (path) => path === 'etc/os-release' || path === 'usr/lib/os-release' || path === 'etc/alpine-release' || path === 'etc/debian_version',
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const text = decoder.decode(file.bytes);
  switch (file.path) {
    case 'etc/alpine-release':
      return fromVersion('alpine', text);
    case 'etc/debian_version':
      return fromVersion('debian', text);
    default:
      return fromOsRelease(text);
  }
}

function fromOsRelease(text: string): Parsed<AnalyzedRecords> {
  const { value: values, problems } = parseOsRelease(text);
  const id = values.get('ID')?.toLowerCase();
  if (!id) return { value: {}, problems: [...problems, { message: 'os-release does not name the distribution: it has no ID' }] };
  const prettyName = values.get('PRETTY_NAME');
  const codename = values.get('VERSION_CODENAME');
  const distro: Distro = {
    id,
    // Rolling distributions, and Debian before a release, have none.
    versionId: values.get('VERSION_ID') ?? '',
    idLike: (values.get('ID_LIKE') ?? '').split(/\s+/).filter((word) => word !== ''),
    ...(prettyName && { prettyName }),
    ...(codename && { codename }),
  };
  return { value: { distro }, problems };
}

/** `12.5`, `3.20.3`; of Debian before a release `trixie/sid`. */
function fromVersion(id: string, text: string): Parsed<AnalyzedRecords> {
  const version = text.trim();
  if (/^\d[\w.]*$/.test(version)) {
    const versionId = id === 'debian' ? (version.split('.')[0] ?? version) : version;
    return { value: { distro: { id, versionId, idLike: [] } }, problems: [] };
  }
  const codename = /^([a-z]+)(?:\/sid)?$/.exec(version)?.[1];
  if (codename !== undefined) return { value: { distro: { id, versionId: '', idLike: [], codename } }, problems: [] };
  return { value: {}, problems: [{ message: 'it holds no version' }] };
}
