/**
 * The form of a Windows image's layers: three folders instead of a file system. `Files` is the container's drive C:, `Hives` the registry or what the layer changes in it, `UtilityVM` a small system of its own, which
 * starts containers that are isolated as virtual machines. Names are not case-sensitive.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/layer.md#layer-media-types
 */
import type { ImagePath } from '../../foundation/model/brand.ts';

const FILES = 'files';
const APART: ReadonlySet<string> = new Set(['hives', 'utilityvm', FILES]);

/**
 * Returns the path that a container sees of an entry: `Files/ProgramData/x` is `ProgramData/x`. The registry, which a container sees no file of, stays where it is: `Hives/Software_Delta`. Undefined for what is no part
 * of the container's file system.
 */
export function fromWindowsLayer(path: ImagePath): ImagePath | undefined {
  const slash = path.indexOf('/');
  const top = topOf(path);
  if (top === 'utilityvm') return undefined;
  if (top !== FILES) return path;
  if (slash < 0) return undefined;
  const inside = path.slice(slash + 1) as ImagePath;
  // A folder C:\Hives must not pass for the registry.
  return APART.has(topOf(inside)) ? path : inside;
}

function topOf(path: string): string {
  const slash = path.indexOf('/');
  return (slash < 0 ? path : path.slice(0, slash)).toLowerCase();
}
