import { compareBy, compareText } from '../../foundation/base/order.ts';
import type { ImagePath } from '../../foundation/model/brand.ts';
import type { Distro, Platform } from '../../foundation/model/image.ts';
import type { DistroRecord } from './analyzer.ts';
import { DISTRO_FILES } from './distro-files.ts';
import { toWindowsDistro } from './windows-version.ts';

/** What one file that is seen in the image says of the distribution. */
export interface DistroClue {
  readonly path: ImagePath;
  readonly distro?: DistroRecord;
}

/** Returns the distribution that the most trustworthy of the files names, with what the others add; undefined when none names one. */
export function pickDistro(clues: readonly DistroClue[], platform?: Platform): Distro | undefined {
  const sorted = clues.filter(({ distro }) => distro !== undefined).sort(byTrust);
  const said = sorted.flatMap(({ distro }) => distro ?? []);
  if (platform?.os === 'windows') return toWindowsDistro(said, platform);
  const named = said.find(({ id }) => id !== undefined);
  if (named?.id === undefined) return undefined;
  // Images that are cut down to little may have an os-release without the version that another file gives.
  const versionId = said.find((other) => other.id === named.id && other.versionId)?.versionId ?? '';
  const contentSets = unite(said.map((other) => other.contentSets ?? []));
  const extendedSupport = unite(said.map((other) => other.extendedSupport ?? []));
  return {
    ...named,
    id: named.id,
    versionId,
    idLike: named.idLike ?? [],
    ...(contentSets.length > 0 && { contentSets }),
    ...(extendedSupport.length > 0 && { extendedSupport }),
  };
}

function unite(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].sort(compareText);
}

const byTrust = compareBy<DistroClue>(
  (a, b) => rank(a) - rank(b),
  (a, b) => compareText(a.path, b.path),
);

/** Files that only links with a known name lead to come last. */
function rank({ path }: DistroClue): number {
  const index = DISTRO_FILES.indexOf(path);
  return index < 0 ? DISTRO_FILES.length : index;
}
