import type { DiffId, Digest } from './brand.ts';

/** @see OCI image-spec image-index.md#platform */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  /** Windows only: the build the image needs, such as 10.0.20348.2700. */
  readonly osVersion?: string;
}

/** Identity of a Linux distribution from os-release: `id` and `versionId` as written there (debian 12, alpine 3.20.3, ubuntu 22.04). */
export interface Distro {
  readonly id: string;
  readonly versionId: string;
  readonly idLike: readonly string[];
  readonly prettyName?: string;
  readonly codename?: string;
  /** RHEL: the repositories that the image's packages came from, as its build recorded them; advisories name them too. Sorted. */
  readonly contentSets?: readonly string[];
  /** Ubuntu: services of Ubuntu Pro that are on (`esm-infra`, `esm-apps`), whose fixed versions the image can install. Sorted. */
  readonly extendedSupport?: readonly string[];
}

/** One entry of an image config's history. `emptyLayer` entries (ENV, USER, CMD …) have no layer. */
export interface HistoryEntry {
  readonly createdBy?: string;
  readonly created?: string;
  readonly comment?: string;
  readonly emptyLayer: boolean;
}

/** What Plimsoll uses of an image config. @see OCI image-spec config.md */
export interface ImageConfig {
  readonly created?: string;
  readonly user?: string;
  readonly env: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly workingDir?: string;
  readonly exposedPorts: readonly string[];
  readonly volumes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly shell?: readonly string[];
  readonly history: readonly HistoryEntry[];
}

/** One filesystem layer, bottom first; its place in ScanReport.image.layers is the number findings and packages refer to. */
export interface Layer {
  readonly diffId: DiffId;
  readonly digest?: Digest;
  readonly mediaType: string;
  /** Bytes as stored (compressed when the layer is), 0 when unknown. */
  readonly sizeBytes: number;
  /** Index into config.history of the entry that made this layer, when the counts agree. */
  readonly historyIndex?: number;
  readonly createdBy?: string;
}
