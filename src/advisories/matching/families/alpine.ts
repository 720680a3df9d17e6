import { majorMinorOf, type Family } from '../family.ts';
import { sourceOf } from '../source-package.ts';

/**
 * Alpine Linux, by its security database.
 *
 * - Filed under the origin, the APKBUILD that several packages come from, with the version of the package, which all of them share.
 * - Releases are branches, 3.20; a snapshot of edge is named after the release to come (3.21.0_alpha20240807) and looked up in edge.
 * - The database holds fixes only: a flaw that Alpine has not fixed is not in it. A fixed version of 0 says that Alpine never was affected.
 * - apk does not record who built a package.
 * - Severity: Alpine gives none; NVD's.
 *
 * @see https://secdb.alpinelinux.org/
 */
export const family: Family = {
  id: 'alpine',
  covers: ({ id }) => id === 'alpine',
  plan(distro) {
    const isEdge = distro.versionId.includes('_') || distro.versionId === 'edge';
    const release = majorMinorOf(distro);
    if (!isEdge && release === undefined) return undefined;
    const bucket = isEdge ? 'alpine edge' : `alpine ${release ?? ''}`;
    return {
      packageTypes: ['apk'],
      buckets: [bucket],
      ...(!isEdge && release !== undefined && { release: { distribution: 'alpine', version: release } }),
      lookUp(installed) {
        const { name: packageName, version } = sourceOf(installed);
        return [{ bucket, packageName, version }];
      },
    };
  },
};
