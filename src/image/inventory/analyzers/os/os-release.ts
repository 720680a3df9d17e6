import { MAX_RELEASE_FILE_BYTES } from '../../../../foundation/base/limits.ts';
import type { Parsed } from '../../../../foundation/base/result.ts';
import { parseOsRelease } from '../../../../foundation/formats/os-release.ts';
import type { Distro } from '../../../../foundation/model/image.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';

const decoder = new TextDecoder('utf-8');

/** Which distribution it is, as os-release says. */
export const analyzer: Analyzer = {
  id: 'os-release',
  version: 2,
  scope: 'database',
  names: ['os-release'],
  wants: (path) => path === 'etc/os-release' || path === 'usr/lib/os-release',
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value: values, problems } = parseOsRelease(decoder.decode(file.bytes.subarray(0, MAX_RELEASE_FILE_BYTES)));
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
