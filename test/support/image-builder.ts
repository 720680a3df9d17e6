/** Makes container images from a description of their layers: as `docker save` writes them, old and new, and as OCI layouts. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { TarFile } from './tar-builder.ts';
import { buildTar } from './tar-builder.ts';

export interface LayerSpec {
  /** The layer's files, or its whole uncompressed tar. */
  readonly files: readonly TarFile[] | Uint8Array;
  /** Instruction that made it, as history has it. */
  readonly createdBy?: string;
  readonly compression?: 'none' | 'gzip' | 'zstd';
  /** Written into the config instead of the digest of the uncompressed tar. */
  readonly diffId?: string;
  /** Media type of the layer in an OCI manifest. */
  readonly mediaType?: string;
  /** Where else the layer is, in an OCI manifest. */
  readonly urls?: readonly string[];
}

export interface ImageSpec {
  readonly layers: readonly LayerSpec[];
  readonly references?: readonly string[];
  readonly os?: string;
  readonly architecture?: string;
  readonly variant?: string;
  readonly osVersion?: string;
  /** Of the manifest. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** The config's `config` member: Env, User, Cmd … */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Default: one entry a layer that has `createdBy`. */
  readonly history?: readonly Readonly<Record<string, unknown>>[];
  readonly created?: string;
}

/** An image as the bytes that every form of it is made of. */
export interface BuiltImage {
  readonly spec: ImageSpec;
  readonly config: Uint8Array;
  readonly configDigest: string;
  readonly manifest: Uint8Array;
  readonly manifestDigest: string;
  readonly layers: readonly {
    readonly tar: Uint8Array;
    readonly stored: Uint8Array;
    readonly diffId: string;
    readonly digest: string;
    readonly mediaType: string;
    readonly urls?: readonly string[];
  }[];
}

const CREATED = '2024-01-01T00:00:00Z';
const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';

/** Returns the parts of the image; the functions below put them into a form. The same description gives the same bytes. */
export function buildImage(spec: ImageSpec): BuiltImage {
  const layers = spec.layers.map((layer) => {
    const tar = layer.files instanceof Uint8Array ? layer.files : buildTar(layer.files);
    const compression = layer.compression ?? 'none';
    const stored = compress(tar, compression);
    const mediaType = layer.mediaType ?? `application/vnd.oci.image.layer.v1.tar${compression === 'none' ? '' : `+${compression}`}`;
    return {
      tar,
      stored,
      diffId: layer.diffId ?? digestOf(tar),
      digest: digestOf(stored),
      mediaType,
      ...(layer.urls !== undefined && { urls: layer.urls }),
    };
  });
  const config = toJson({
    architecture: spec.architecture ?? 'amd64',
    os: spec.os ?? 'linux',
    ...(spec.variant !== undefined && { variant: spec.variant }),
    ...(spec.osVersion !== undefined && { 'os.version': spec.osVersion }),
    created: spec.created ?? CREATED,
    config: spec.config ?? {},
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    history: spec.history ?? spec.layers.map(({ createdBy = '' }) => ({ created: spec.created ?? CREATED, created_by: createdBy })),
  });
  const manifest = toJson({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(config), size: config.length },
    layers: layers.map(({ mediaType, digest, stored, urls }) => ({ mediaType, digest, size: stored.length, ...(urls !== undefined && { urls }) })),
    ...(spec.annotations !== undefined && { annotations: spec.annotations }),
  });
  return { spec, config, configDigest: digestOf(config), manifest, manifestDigest: digestOf(manifest), layers };
}

/** Returns the image as `docker save` wrote it before version 25: a folder for each layer, an equal layer as a link to the first. */
export function toDockerArchive(images: BuiltImage | readonly BuiltImage[]): TarFile[] {
  const files: TarFile[] = [];
  const all = [images].flat();
  const manifest = all.map((image) => {
    const configPath = `${hexOf(image.configDigest)}.json`;
    files.push({ path: configPath, content: image.config });
    const first = new Map<string, string>();
    const layerPaths = image.layers.map(({ stored, digest }, index) => {
      const folder = hexOf(digestOf(new TextEncoder().encode(`${image.configDigest} ${index}`)));
      const layerPath = `${folder}/layer.tar`;
      const earlier = first.get(digest);
      files.push({ path: `${folder}/`, type: 'directory' }, { path: `${folder}/VERSION`, content: '1.0' }, { path: `${folder}/json`, content: '{}' });
      files.push(earlier === undefined ? { path: layerPath, content: stored } : { path: layerPath, type: 'symlink', linkTarget: `../${earlier}` });
      if (earlier === undefined) first.set(digest, layerPath);
      return layerPath;
    });
    return { Config: configPath, RepoTags: image.spec.references ?? null, Layers: layerPaths };
  });
  return [...files, { path: 'manifest.json', content: toJson(manifest) }, { path: 'repositories', content: '{}' }];
}

/** Returns the files of an OCI layout: an entry of index.json for each image, or all in one nested index. */
export function toOciLayout(
  images: BuiltImage | readonly BuiltImage[],
  options: { readonly nested?: boolean; readonly attestation?: boolean } = {},
): TarFile[] {
  const blobs = new Map<string, Uint8Array>();
  const all = [images].flat();
  const entries = all.flatMap((image) => {
    blobs.set(image.manifestDigest, image.manifest).set(image.configDigest, image.config);
    for (const { digest, stored } of image.layers) blobs.set(digest, stored);
    const [reference] = image.spec.references ?? [];
    const platform = {
      os: image.spec.os ?? 'linux',
      architecture: image.spec.architecture ?? 'amd64',
      ...(image.spec.variant !== undefined && { variant: image.spec.variant }),
      ...(image.spec.osVersion !== undefined && { 'os.version': image.spec.osVersion }),
    };
    const annotations = reference === undefined ? {} : { 'org.opencontainers.image.ref.name': reference };
    return [{ mediaType: MANIFEST_TYPE, digest: image.manifestDigest, size: image.manifest.length, platform, annotations }];
  });
  if (options.attestation === true) entries.push(addAttestation(blobs));
  const index = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: entries };
  const nested = toJson(index);
  if (options.nested === true) blobs.set(digestOf(nested), nested);
  const top =
    options.nested === true ? { ...index, manifests: [{ mediaType: index.mediaType, digest: digestOf(nested), size: nested.length }] } : index;
  return [
    { path: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
    { path: 'index.json', content: toJson(top) },
    ...[...blobs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([digest, content]) => ({ path: `blobs/${digest.replace(':', '/')}`, content })),
  ];
}

/** Returns the image as `docker save` writes it since version 25: an OCI layout with a manifest.json. */
export function toHybridArchive(image: BuiltImage): TarFile[] {
  const saved = [
    { Config: blobPath(image.configDigest), RepoTags: image.spec.references ?? null, Layers: image.layers.map(({ digest }) => blobPath(digest)) },
  ];
  return [...toOciLayout(image).reverse(), { path: 'manifest.json', content: toJson(saved) }];
}

/** Writes files below `directory`. */
export function writeFiles(directory: string, files: readonly TarFile[]): void {
  for (const file of files) {
    const target = path.join(directory, file.path);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.content ?? '');
  }
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

export function toJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

export function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}

function addAttestation(blobs: Map<string, Uint8Array>): {
  mediaType: string;
  digest: string;
  size: number;
  platform: { os: string; architecture: string };
  annotations: Record<string, string>;
} {
  const manifest = toJson({ schemaVersion: 2, config: {}, layers: [] });
  blobs.set(digestOf(manifest), manifest);
  const annotations = { 'vnd.docker.reference.type': 'attestation-manifest' };
  return {
    mediaType: MANIFEST_TYPE,
    digest: digestOf(manifest),
    size: manifest.length,
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations,
  };
}

function compress(bytes: Uint8Array, compression: 'none' | 'gzip' | 'zstd'): Uint8Array {
  switch (compression) {
    case 'none':
      return bytes;
    case 'gzip':
      return gzipSync(bytes);
    case 'zstd':
      return zstdCompressSync(bytes);
  }
}

function hexOf(digest: string): string {
  return digest.slice(digest.indexOf(':') + 1);
}
