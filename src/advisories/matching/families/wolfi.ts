import type { Family } from '../family.ts';
import { sourceOf } from '../source-package.ts';

const buckets: ReadonlyMap<string, string> = new Map([
  ['wolfi', 'wolfi'],
  ['chainguard', 'chainguard'],
  ['minimos', 'minimos'],
]);

/**
 * Wolfi, Chainguard and MinimOS: distributions of apk packages for containers, each with a security database in Alpine's format.
 *
 * - Filed under the origin, with the version that its packages share; no releases, and so no end of life.
 * - Fixes only, as Alpine's; a fixed version of 0 says that it never was affected or is no flaw at all.
 * - Severity: they give none; NVD's.
 *
 * @see https://packages.wolfi.dev/os/security.json
 * @see https://packages.cgr.dev/chainguard/security.json
 */
export const family: Family = {
  id: 'wolfi',
  covers: ({ id }) => buckets.has(id),
  plan(distro) {
    const bucket = buckets.get(distro.id) ?? distro.id;
    return {
      packageTypes: ['apk'],
      buckets: [bucket],
      lookUp(installed) {
        const { name: packageName, version } = sourceOf(installed);
        return [{ bucket, packageName, version }];
      },
    };
  },
};
