import type { FixStatus, Remediation } from '../foundation/model/finding.ts';
import type { Distro } from '../foundation/model/image.ts';
import type { InstalledPackage, PackageType } from '../foundation/model/package.ts';

export interface VulnerablePackage {
  readonly package: InstalledPackage;
  /** First version without the flaw, as the advisory states it: for packages of a distribution mostly of the *source* package. Absent when there is none. */
  readonly fixedVersion?: string;
  readonly status: FixStatus;
  readonly distro?: Distro;
}

/** One that has a fix, and whose name and fixed version fit the grammar of its package manager. */
export interface FixablePackage extends VulnerablePackage {
  readonly fixedVersion: string;
}

/**
 * How packages of one package manager are upgraded. One file each in upgrades/, found by `npm run gen`.
 *
 * `name` and `version` are the package manager's own grammars, anchored and bounded, without what a program would take for an option. A name or a fixed version that does not fit came from a
 * broken or hostile database: `remediations` is not asked then. Any other word from the image (the installed version, a path, a module's stream) it must check itself, with `isSafe`.
 */
export interface PackageUpgrade {
  /** The file's name. */
  readonly id: string;
  /** Each type is served by one entry. */
  readonly types: readonly PackageType[];
  readonly name: RegExp;
  readonly version: RegExp;
  /** Returns what puts it right, best first: commands for the image's build, and prose where a project's own files have to change. Never empty. */
  remediations(vulnerable: FixablePackage): readonly Remediation[];
}
