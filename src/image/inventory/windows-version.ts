import type { Distro, Platform } from '../../foundation/model/image.ts';
import type { DistroRecord } from './analyzer.ts';

/** Releases that container images are made of, by build. @see https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/base-image-lifecycle */
const releases: Readonly<Record<string, string>> = {
  '14393': 'Windows Server 2016',
  '17763': 'Windows Server 2019',
  '20348': 'Windows Server 2022',
  '26100': 'Windows Server 2025',
};

/**
 * Returns which Windows an image is: the newest that its registry, the changes of its layers, or its platform tell, because updates only ever raise the version. Undefined when none does.
 * The platform names the version that the image was made from; it is all there is when the base layers are not part of what was saved.
 */
export function toWindowsDistro(records: readonly DistroRecord[], platform: Platform): Distro | undefined {
  const versions = records.flatMap(({ id, versionId }) => (id === 'windows' && versionId !== undefined ? [versionId] : []));
  if (platform.osVersion !== undefined && /^\d+(?:\.\d+){2,3}$/.test(platform.osVersion)) versions.push(platform.osVersion);
  const newest = versions.sort(compareVersions).at(-1);
  if (newest === undefined) return undefined;
  const [major = '', minor = '', build = '', written = ''] = newest.split('.');
  const revision = Math.max(Number(written), ...records.map(({ windowsRevision = 0 }) => windowsRevision));
  const prettyName = records.find((record) => record.prettyName !== undefined)?.prettyName ?? releases[build];
  return {
    id: 'windows',
    versionId: [major, minor, build, ...(revision > 0 ? [revision] : [])].join('.'),
    idLike: [],
    ...(prettyName !== undefined && { prettyName }),
  };
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let index = 0; index < 4; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
