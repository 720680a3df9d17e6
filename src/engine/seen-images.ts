/**
 * The images that were scanned: their packages, and what was found in them, so that new advisories can be matched without looking at the images again. One value an image, in a folder of the cache that the CLI and every editor
 * window of this user share.
 */
import path from 'node:path';
import { MAX_SEEN_BYTES } from '../foundation/base/limits.ts';
import { omit } from '../foundation/base/omit.ts';
import { isJsonObject } from '../foundation/formats/json.ts';
import { DiskCache } from '../foundation/io/disk-cache.ts';
import { buildDigest, cacheDirectory } from '../foundation/io/resources.ts';
import type { Distro, Platform } from '../foundation/model/image.ts';
import type { InstalledPackage } from '../foundation/model/package.ts';
import type { SourceImage } from '../image/sources/source.ts';
import type { Inventory, MatchedInventory } from './vulnerability-findings.ts';

/** Raised when what is kept of an image has another form. */
const FORMAT = 1;

/** Names a vulnerability in a package across runs: its id and the package URL. */
export type FoundKey = string;

/** A vulnerability that came or went after the scan. */
export interface Change {
  readonly key: FoundKey;
  /** ISO 8601: when it was noticed. */
  readonly at: string;
}

/** One image as it was last scanned. */
export interface SeenImage {
  readonly format: typeof FORMAT;
  readonly reference?: string;
  readonly digest?: string;
  readonly platform: Platform;
  readonly distro?: Distro;
  /** Without what matching does not ask for: licences and dependencies. */
  readonly packages: readonly InstalledPackage[];
  /** ISO 8601. */
  readonly scannedAt: string;
  /** True when the scan was made against the full advisories: the starter set then says nothing of what is gone. */
  readonly full: boolean;
  /** What its last scan found. */
  readonly known: readonly FoundKey[];
  /** What was found since then, by matching again. */
  readonly later: readonly Change[];
  /** What its scan or a later match found, and the advisories no longer say. */
  readonly gone: readonly Change[];
}

/** Returns what names the vulnerability `id` of a package. */
export function foundKey(id: string, installed: { readonly purl: string }): FoundKey {
  return `${id} ${installed.purl}`;
}

/** Keeps what was found in an image, in place of what an earlier scan of the same image found; an image without a name or digest is not kept. Never throws: without it only matching again is not possible. */
export async function rememberSeen(
  image: Inventory & { readonly source: SourceImage },
  { findings, used }: MatchedInventory,
  now: Date,
): Promise<void> {
  const { reference, digest, platform } = image.source;
  if (!keepsSeen() || (reference === undefined && digest === undefined)) return;
  const cache = seenCache();
  await writeSeen({
    format: FORMAT,
    ...(reference === undefined ? {} : { reference }),
    ...(digest === undefined ? {} : { digest }),
    platform,
    ...(image.distro === undefined ? {} : { distro: image.distro }),
    packages: image.packages.map((installed) => omit(installed, 'licenses', 'dependencies')),
    scannedAt: now.toISOString(),
    full: used.full,
    known: [...new Set(findings.flatMap(({ id, package: installed }) => (installed === undefined ? [] : [foundKey(id, installed)])))],
    later: [],
    gone: [],
  });
  await cache.trim();
}

/** Returns every image that is remembered, by name. */
export async function readSeen(): Promise<readonly SeenImage[]> {
  const images = (await seenCache().readAll()).flatMap((text) => parseSeen(text) ?? []);
  return images.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Keeps an image as it is given. */
export async function writeSeen(image: SeenImage): Promise<void> {
  await seenCache().write(keyOf(image), JSON.stringify(image));
}

/** Forgets all of them. */
export async function clearSeen(): Promise<void> {
  await seenCache().clear();
}

/** A tag that is built anew names another image: the earlier one is then no longer looked after. */
function keyOf({ reference, digest, platform }: Pick<SeenImage, 'reference' | 'digest' | 'platform'>): string {
  return [reference ?? digest, platform.os, platform.architecture, platform.variant ?? ''].join(' ');
}

/** Values are checked by their digest when they are read, so that what looks like one of ours is one. */
function parseSeen(text: string): SeenImage | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && value['format'] === FORMAT ? (value as unknown as SeenImage) : undefined;
  } catch {
    return undefined;
  }
}

/** Tests run the sources, and must not write into the cache of whoever runs them. */
function keepsSeen(): boolean {
  return buildDigest() !== undefined || (process.env['PLIMSOLL_CACHE_DIR'] ?? '') !== '';
}

function seenCache(): DiskCache {
  return new DiskCache(path.join(cacheDirectory(), 'seen'), MAX_SEEN_BYTES);
}
