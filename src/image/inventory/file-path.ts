import type { ImagePath } from '../../foundation/model/brand.ts';
/** True when the last part of `path` is `name`. Allocates nothing: it is asked of every path of an image. */
export function isNamed(path: string, name: string): boolean {
  return path.endsWith(name) && (path.length === name.length || path.charCodeAt(path.length - name.length - 1) === 0x2f);
}

/** True when a folder called `folder` is on the way to `path`. */
export function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`) || path.includes(`/${folder}/`);
}

/** Yields the paths of `files`, which come with the names of their packages. */
export function* pathsOf(files: Iterable<readonly [path: ImagePath, packageName: string]>): Generator<ImagePath, void, undefined> {
  for (const [path] of files) yield path;
}
