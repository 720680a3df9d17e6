import type { Digest } from './brand.ts';
import type { Finding } from './finding.ts';
import type { Distro, ImageConfig, Layer, Platform } from './image.ts';
import type { InstalledPackage, PackageType } from './package.ts';
import type { Problem } from './problem.ts';

/** What the findings were made against. */
export interface AdvisoriesUsed {
  /** 'starter set', or the file or artefact the database came from. */
  readonly source: string;
  /** ISO 8601; when the database was built from its feeds. */
  readonly builtAt: string;
  /** False for the bundled starter set: known-exploited and critical ones only, not complete coverage. */
  readonly full: boolean;
  /** Packages of the image that no advisory database covers, or that the starter set has nothing on: they are listed, and were not checked. Sorted by type; absent when there are none. */
  readonly uncovered?: readonly { readonly type: PackageType; readonly packages: number }[];
}

/** The one result shape of CLI, language server and webview. Scripts depend on it: extend, don't break. */
export interface ScanReport {
  readonly schemaVersion: 1;
  readonly image: {
    readonly reference?: string;
    /** Digest of the manifest when known, else of the config (the image id). */
    readonly digest?: Digest;
    readonly platform: Platform;
    readonly distro?: Distro;
    readonly config: ImageConfig;
    /** Of the image's manifest: `org.opencontainers.image.base.name` and `.digest` name the base image. Labels are in `config`. */
    readonly annotations?: Readonly<Record<string, string>>;
    readonly layers: readonly Layer[];
  };
  readonly packages: readonly InstalledPackage[];
  /** Sorted: severity, then id, then location. */
  readonly findings: readonly Finding[];
  readonly advisories: AdvisoriesUsed;
  /** What could not be read; not empty means status 'partial'. */
  readonly problems: readonly Problem[];
  readonly status: 'complete' | 'partial';
  /** Milliseconds by phase. */
  readonly timings: Readonly<Record<string, number>>;
}
