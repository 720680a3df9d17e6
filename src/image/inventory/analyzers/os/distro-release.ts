import { MAX_BUSYBOX_BYTES, MAX_RELEASE_FILE_BYTES } from '../../../../foundation/base/limits.ts';
import type { Parsed } from '../../../../foundation/base/result.ts';
import type { DistroRelease } from '../../../../foundation/formats/distro-release.ts';
import {
  findBusyboxRelease,
  parseBuildLine,
  parseLsbRelease,
  parseReleaseCpe,
  parseReleaseLine,
  parseReleaseVersion,
  parseSuseRelease,
} from '../../../../foundation/formats/distro-release.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { RELEASE_FILES } from '../../distro-files.ts';

const decoder = new TextDecoder('utf-8');
const paths: ReadonlySet<string> = new Set(RELEASE_FILES);

/** Which distribution it is, for images without os-release: redhat-release, lsb-release, debian_version and their like; where there is nothing but busybox, its version. */
export const analyzer: Analyzer = {
  id: 'distro-release',
  version: 1,
  scope: 'database',
  names: RELEASE_FILES.map((path) => path.slice(path.lastIndexOf('/') + 1)),
  wants: (path) => paths.has(path),
  analyze,
};

/** A file that names nothing known is no problem: os-release may, and if nothing does, the scan says so. */
function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const release = parseRelease(file);
  if (release === undefined) return { value: {}, problems: [] };
  return { value: { distro: { ...release, idLike: [] } }, problems: [] };
}

function parseRelease({ path, bytes }: AnalyzedFile): DistroRelease | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'busybox') return findBusyboxRelease(bytes.subarray(0, MAX_BUSYBOX_BYTES));
  const text = decoder.decode(bytes.subarray(0, MAX_RELEASE_FILE_BYTES));
  switch (name) {
    case 'alpine-release':
      return parseReleaseVersion('alpine', text);
    case 'debian_version':
      return parseReleaseVersion('debian', text);
    // It is empty: Arch has no releases.
    case 'arch-release':
      return { id: 'arch', versionId: '' };
    case 'lsb-release':
    case 'openwrt_release':
      return parseLsbRelease(text);
    case 'photon-release':
    case 'mariner-release':
    case 'azurelinux-release':
      return parseBuildLine(text);
    case 'SuSE-release':
      return parseSuseRelease(text);
    case 'system-release-cpe':
      return parseReleaseCpe(text);
    default:
      return parseReleaseLine(text);
  }
}
