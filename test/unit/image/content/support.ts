import { crc32 } from 'node:zlib';
import type { Detector, DetectorHit, FileEntry } from '../../../../src/image/content/detector.ts';
import type { ImagePath } from '../../../../src/foundation/model/brand.ts';
import type { ImageConfig } from '../../../../src/foundation/model/image.ts';

/** Returns a regular file of root's, 0644 unless told otherwise. */
export function file(path: string, rest: Partial<FileEntry> = {}): FileEntry {
  return { path: path as ImagePath, type: 'file', mode: 0o644, uid: 0, gid: 0, sizeBytes: 100, ...rest };
}

/** Returns what the engine would get: the entry's own hits, and those of its content when the detector asks for it. */
export function inspect(detector: Detector, path: string, content: string | Uint8Array, rest: Partial<FileEntry> = {}): readonly DetectorHit[] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const entry = file(path, { sizeBytes: bytes.length, ...rest });
  const wanted = detector.wantsContent?.(entry) === true;
  return [...(detector.inspectEntry?.(entry) ?? []), ...(wanted ? (detector.inspectContent?.(entry, bytes) ?? []) : [])];
}

export function config(rest: Partial<ImageConfig> = {}): ImageConfig {
  return { env: [], entrypoint: [], cmd: [], exposedPorts: [], volumes: [], labels: {}, history: [], ...rest };
}

export function history(...createdBy: readonly string[]): ImageConfig['history'] {
  return createdBy.map((text) => ({ createdBy: text, emptyLayer: false }));
}

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Returns a token whose last 6 characters are right for its first 30; nobody has issued it. Made here, so that no scanner of sources takes this one for a leak. */
export function tokenWithChecksum(prefix: string, body = 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0'): string {
  let rest = crc32(body);
  let digits = '';
  for (let i = 0; i < 6; i++) {
    digits = base62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return prefix + body + digits;
}
