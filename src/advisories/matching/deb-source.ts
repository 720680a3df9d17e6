import type { InstalledPackage } from '../../foundation/model/package.ts';
import { sourceOf, type NamedVersion } from './source-package.ts';

/**
 * Returns the source package under which Debian and Ubuntu file a deb. `+b1` marks a rebuild of an unchanged source. Kernels that are signed are built from a source of their own,
 * which takes the version of the one it signs (`linux-signed-amd64 6.1.55+1` of `linux 6.1.55-1`; Ubuntu's `linux-signed-hwe-5.15` of `linux-hwe-5.15`).
 * @see https://www.debian.org/doc/manuals/developers-reference/pkgs.html#recompilation-or-binary-only-nmu
 */
export function debSourceOf(installed: InstalledPackage): NamedVersion {
  const { name, version } = sourceOf(installed);
  const source = { name, version: version.replace(/\+b\d+$/, '') };
  const [, signed] = /^linux-signed((?:-.*)?)$/.exec(name) ?? [];
  if (signed === undefined) return source;
  const isDebian = /^-(?:amd64|arm64|i386|armhf)$/.test(signed);
  return isDebian ? { name: 'linux', version: source.version.replace(/\+(\d+)$/, '-$1') } : { name: `linux${signed}`, version: source.version };
}
