/** Which image of several is meant for a platform, by the rules of containerd, which engines pull by. */
import type { Platform } from '../../foundation/model/image.ts';

/** Node's names that are not Go's. */
const architectures: Partial<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le', mipsel: 'mipsle', loong64: 'loong64' };

/** Returns this machine's architecture as images name it. */
export function hostArchitecture(): string {
  return architectures[process.arch] ?? process.arch;
}

/** What is meant by an architecture alone. */
const usualVariants: Readonly<Record<string, string>> = { amd64: 'v1', arm: 'v7', arm64: 'v8' };

/**
 * Returns the best of `platforms` for the one that is wanted: undefined when none runs there.
 * A processor also runs programs for the variants before its own (v7, then v6, then v5), so the nearest of them is taken. Of Windows, the version is the one that is asked for or a newer patch of it; the newest goes first.
 * An architecture that is named alone also takes a variant that is newer than usual, when there is no other.
 */
export function pickPlatform<T extends { readonly platform: Platform }>(candidates: readonly T[], wanted: Platform): T | undefined {
  const ranked = candidates.flatMap((candidate) => {
    const rank = rankPlatform(candidate.platform, wanted);
    return rank === undefined ? [] : [{ candidate, rank }];
  });
  ranked.sort((a, b) => a.rank - b.rank || compareVersions(b.candidate.platform.osVersion, a.candidate.platform.osVersion));
  return ranked[0]?.candidate;
}

/** Returns whether `platform` is one that is meant by `wanted`. */
export function isPlatform(platform: Platform, wanted: Platform): boolean {
  return rankPlatform(platform, wanted) !== undefined;
}

/** Returns how far a platform is from the one that is wanted, 0 for the same; undefined when it is another. */
function rankPlatform(platform: Platform, wanted: Platform): number | undefined {
  const { os, architecture } = wanted;
  if (platform.os !== os || platform.architecture !== architecture) return undefined;
  if (wanted.osVersion !== undefined && !`${platform.osVersion ?? ''}.`.startsWith(`${wanted.osVersion}.`)) return undefined;
  const [has, wants] = [variantOf(platform), variantOf(wanted)];
  if (has === wants) return 0;
  const [hasNumber, wantsNumber] = [numberOf(has), numberOf(wants)];
  if (hasNumber !== undefined && wantsNumber !== undefined && hasNumber < wantsNumber) return wantsNumber - hasNumber;
  return wanted.variant === undefined ? FARTHEST : undefined;
}

const FARTHEST = 1000;

function variantOf({ architecture, variant }: Platform): string {
  return variant ?? usualVariants[architecture] ?? '';
}

function numberOf(variant: string): number | undefined {
  const digits = /^v(\d{1,3})$/.exec(variant)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function compareVersions(a = '', b = ''): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return 0;
}
