declare const brand: unique symbol;

/** A string that was checked to be one of a kind; made only by that kind's own `toX` or `isX`. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };

/** `sha256:` + 64 lower-case hex (or another registered algorithm) of a blob's bytes as stored. @see OCI image-spec descriptor.md#digests */
export type Digest = Branded<'Digest'>;
/** Digest of a layer's uncompressed tar. @see OCI image-spec config.md#layer-diffid */
export type DiffId = Branded<'DiffId'>;
/** A package URL. @see https://github.com/package-url/purl-spec */
export type Purl = Branded<'Purl'>;
/** CVE-…, GHSA-…, DSA-…, or any id an advisory source gives. */
export type AdvisoryId = Branded<'AdvisoryId'>;
/** A path inside an image: POSIX, normalised, no leading slash, never empty, never climbing out. Not a path of this machine. */
export type ImagePath = Branded<'ImagePath'>;

const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

export function isDigest(value: unknown): value is Digest {
  return typeof value === 'string' && DIGEST.test(value);
}

export function isDiffId(value: unknown): value is DiffId {
  return typeof value === 'string' && DIGEST.test(value);
}

const SLASH = 0x2f;
const DOT = 0x2e;

/**
 * Returns the path of a tar entry (or a symlink target joined to its folder) as an ImagePath: `./usr//bin/` becomes `usr/bin`, `../../etc` is held at the root as a
 * chroot would hold it. Undefined when nothing is left (the root itself) or the name has a NUL. @see OCI image-spec layer.md
 */
export function toImagePath(raw: string): ImagePath | undefined {
  // Nearly all names need no taking apart, and there are millions of them.
  const plain = raw.slice(raw.startsWith('./') ? 2 : raw.startsWith('/') ? 1 : 0, raw.endsWith('/') ? -1 : undefined);
  if (!isUnusual(plain)) return plain as ImagePath;
  if (raw.includes('\0')) return undefined;
  const kept: string[] = [];
  for (const part of raw.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') kept.pop();
    else kept.push(part);
  }
  return kept.length === 0 ? undefined : (kept.join('/') as ImagePath);
}

/** True when a path has an empty, `.` or `..` part, or a NUL. A regular expression that says so takes ten times as long. */
function isUnusual(path: string): boolean {
  let start = 0;
  for (let i = 0; i <= path.length; i++) {
    const code = i < path.length ? path.charCodeAt(i) : SLASH;
    if (code === 0) return true;
    if (code !== SLASH) continue;
    const length = i - start;
    if (length === 0 || (length <= 2 && path.charCodeAt(start) === DOT && path.charCodeAt(i - 1) === DOT)) return true;
    start = i + 1;
  }
  return false;
}

export function toAdvisoryId(raw: string): AdvisoryId {
  return raw as AdvisoryId;
}
