import type { Exceptions } from '../advisories/exceptions/exception.ts';
import type { FindingCategory } from '../foundation/model/finding.ts';
import type { Platform } from '../foundation/model/image.ts';
import type { Severity } from '../foundation/model/severity.ts';

/** Where an image is taken from. */
export type ImageInput =
  /** A local engine's image. `host` is a DOCKER_HOST-style address; absent: found as the docker CLI would find it. */
  | { readonly kind: 'engine'; readonly reference: string; readonly host?: string }
  /** An image in a registry, read over the network layer by layer. */
  | { readonly kind: 'registry'; readonly reference: string }
  /** A bill of materials (CycloneDX or SPDX as JSON) of an image: its packages are checked, its files cannot be. */
  | { readonly kind: 'sbom'; readonly path: string }
  /** A docker save archive, an OCI layout directory or archive, a directory that skopeo wrote, or a root file system in a directory: told from its content. */
  | { readonly kind: 'path'; readonly path: string };

export interface ScanOptions {
  readonly platform?: Platform;
  /** Only these; default all six. */
  readonly categories?: readonly FindingCategory[];
  /** Findings below it are left out of the report. */
  readonly minimumSeverity?: Severity;
  readonly ignoreUnfixed?: boolean;
  /** What ignore entries and VEX documents say of findings. */
  readonly exceptions?: Exceptions;
  /** Advisory database file; default: the downloaded one, else the bundled starter set. */
  readonly advisoriesFile?: string;
  /** Text of the Dockerfile the image was built from; findings are then placed on its lines. */
  readonly dockerfile?: string;
  /** Packages only: no advisories are opened and no content is looked at (an SBOM). */
  readonly inventoryOnly?: boolean;
  /** False to look at every layer anew and to remember nothing. */
  readonly useCache?: boolean;
  /** True to use a report that somebody attached to the image in its registry, where there is one: this asks the registry. */
  readonly sharedReports?: boolean;
}

export interface ScanProgress {
  /** 0 to 1 when the total is known. */
  readonly fraction?: number;
  readonly message: string;
}

export interface ScanHooks {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ScanProgress) => void;
  /** Told, in a sentence, what a person may want to know and the result does not depend on. */
  readonly onNote?: (text: string) => void;
}
