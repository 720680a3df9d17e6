import type { ImagePath } from '../../foundation/model/brand.ts';
import type { Finding } from '../../foundation/model/finding.ts';
import type { ImageConfig } from '../../foundation/model/image.ts';

/**
 * The contract of a content detector: secrets, malware, baseline risks, risky build history. One detector a file, its rules as data beside the function.
 *
 * A detector may look at entries (name, mode, owner: for every file), at contents (for the files it asks for), and at the image's config; it implements those it needs. It does no I/O. It may run
 * its own regular expressions over contents, never ones read from the image.
 *
 * To add one: a file in detectors/ named after its id that exports `detector`, a test of the same name; `npm run gen` registers it.
 */
export interface Detector {
  /** Equals the file name: 'private-keys'. */
  readonly id: string;
  readonly version: number;
  /**
   * 'every-layer': also reported when a later layer deletes or replaces the file, because its bytes are still in the image (secrets).
   * 'final-filesystem': reported only for what a container would see.
   */
  readonly scope: 'every-layer' | 'final-filesystem';
  /** Cheap; asked for every regular file of every layer. True to be given the content. */
  wantsContent?(entry: FileEntry): boolean;
  inspectEntry?(entry: FileEntry): Iterable<DetectorHit>;
  /** `bytes` is the whole file (at most MAX_CONTENT_FILE_BYTES). */
  inspectContent?(entry: FileEntry, bytes: Uint8Array): Iterable<DetectorHit>;
  inspectConfig?(config: ImageConfig): Iterable<DetectorHit>;
}

/** One tar entry of a layer. */
export interface FileEntry {
  readonly path: ImagePath;
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'character-device' | 'block-device' | 'fifo';
  /** POSIX permission bits with setuid 0o4000, setgid 0o2000, sticky 0o1000. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  /** Target of a symlink or hardlink, as written in the archive: untrusted. */
  readonly linkTarget?: string;
}

/** A finding without what the engine adds: layer, createdBy, path (entry and content hits), compliance. Never holds a whole secret. */
export interface DetectorHit extends Omit<Finding, 'location' | 'compliance' | 'references' | 'remediation'> {
  readonly references?: readonly string[];
  readonly remediation?: Finding['remediation'];
  /** 1-based line in the file. */
  readonly line?: number;
  /** For config hits: index into config.history of the instruction at fault. */
  readonly historyIndex?: number;
}
