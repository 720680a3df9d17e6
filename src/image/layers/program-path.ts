import type { ImagePath } from '../../foundation/model/brand.ts';

const PROGRAM_NAME = /\.(?:so|dll|exe|dylib|node)$|\.so\.\d/;
/** No ending, or one of numbers: `python3.11`. */
const COMMAND_NAME = /^[^.]*$|\.\d/;
const NEVER_PROGRAMS = ['usr/share/', 'etc/', 'var/lib/'];

/** True for the names of shared libraries and of programs of Windows, which need no permission bit. */
export function hasProgramName(path: string): boolean {
  return PROGRAM_NAME.test(path);
}

/** True unless `path` is surely not that of a program: asked of the hundreds of thousands of paths that packages own, of which most are none. */
export function mayBeProgramPath(path: ImagePath): boolean {
  if (NEVER_PROGRAMS.some((folder) => path.startsWith(folder))) return false;
  return COMMAND_NAME.test(path.slice(path.lastIndexOf('/') + 1)) || PROGRAM_NAME.test(path);
}
