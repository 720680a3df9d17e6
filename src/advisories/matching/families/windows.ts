import type { Purl } from '../../../foundation/model/brand.ts';
import type { Distro } from '../../../foundation/model/image.ts';
import type { InstalledPackage } from '../../../foundation/model/package.ts';
import type { AdvisoryEntry } from '../../store/record.ts';
import type { AdvisoryStore } from '../../store/store.ts';
import type { Family } from '../family.ts';

/** How many updates back superseded ones are followed: a monthly update supersedes the one before for the ten years that a release lives. */
const MAX_SUPERSEDED = 2000;

/**
 * Windows, by Microsoft's security updates (MSRC).
 *
 * - Windows is fixed as a whole by cumulative updates: the build is the release (10.0.20348), the last number (UBR) rises with each update, and a flaw is fixed from a number on. The
 *   image itself stands for the package `windows` at its build.
 * - Where the number is not known an update (KB) is: it is there when it is among the installed ones, or when one of those supersedes it, over any number of steps. An image that lists no
 *   update is judged by its build alone, and what only a KB fixes is said not to be checked.
 * - Programs in Windows images are matched by their own advisories, not here.
 * - Severity: Microsoft's, else NVD's.
 *
 * @see https://msrc.microsoft.com/update-guide
 * @see https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/update-containers
 */
export const family: Family = {
  id: 'windows',
  covers: ({ id }) => id === 'windows',
  plan(distro, store, packages) {
    const release = /^\d+\.\d+\.\d+/.exec(distro.versionId)?.[0];
    if (release === undefined) return undefined;
    const bucket = `windows ${release}`;
    const updates = installedUpdates(packages, bucket, store);
    const hasRevision = /^\d+\.\d+\.\d+\.\d+/.test(distro.versionId);
    return {
      packageTypes: ['windows-update'],
      buckets: [bucket],
      release: { distribution: 'windows', version: release },
      systemPackage: toSystemPackage(distro),
      lookUp: (installed) => (installed.name === 'windows' ? [{ bucket, packageName: 'windows', version: distro.versionId }] : []),
      appliesTo: (entry) => (isUpdate(entry.fixedVersion) ? updates.size > 0 : hasRevision || updates.size > 0),
      isFixed: (entry) => fixingUpdates(entry).some((update) => updates.has(update)) || (isUpdate(entry.fixedVersion) ? false : undefined),
      // An update's number is no build: where both are known the build is told.
      toComparable: (version) => (isUpdate(version) ? '' : version),
      ...(updates.size === 0 && {
        caveat: `Windows was checked by its build, ${distro.versionId}, alone: the image does not list its updates; scan it with its base layers`,
      }),
    };
  },
};

function toSystemPackage({ versionId, prettyName }: Distro): InstalledPackage {
  const name = encodeURIComponent(prettyName ?? 'Windows');
  return {
    purl: `pkg:generic/microsoft/windows@${encodeURIComponent(versionId)}?distro=${name}` as Purl,
    type: 'windows-update',
    name: 'windows',
    version: versionId,
    files: [],
    layer: 0,
  };
}

/** The updates that are installed and all that they supersede. */
function installedUpdates(packages: readonly InstalledPackage[], bucket: string, store: AdvisoryStore): ReadonlySet<string> {
  const updates = new Set(packages.filter(({ type, name }) => type === 'windows-update' && isUpdate(name)).map(({ name }) => name));
  // Members that are added while the loop runs are visited too.
  for (const update of updates) {
    if (updates.size > MAX_SUPERSEDED) break;
    for (const { id } of store.advisories(bucket, update)) updates.add(id);
  }
  return updates;
}

function fixingUpdates({ fixedVersion, vendorIds = [] }: AdvisoryEntry): readonly string[] {
  return [...(fixedVersion === undefined ? [] : [fixedVersion]), ...vendorIds].filter(isUpdate);
}

function isUpdate(name: string | undefined): name is string {
  return name?.startsWith('KB') === true;
}
