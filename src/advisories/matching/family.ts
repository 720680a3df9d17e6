import type { Distro } from '../../foundation/model/image.ts';
import type { InstalledPackage, SystemPackageType } from '../../foundation/model/package.ts';
import type { AdvisoryEntry, FiledUnder } from '../store/record.ts';
import type { AdvisoryStore } from '../store/store.ts';
import type { ReleaseKey } from './end-of-life.ts';

/**
 * The contract of a family of distributions whose advisories are read alike: which images it is about, where in the database their packages are looked up, under which name and
 * version, and which of the entries found there speak of that package. Its doc comment states the rules and who made them. No I/O; nothing thrown on input.
 *
 * What is the same for all is done in match-system.ts: versions are compared by the scheme of the bucket; of several fixed versions that apply the highest counts, and a fix goes
 * before a mere status; an entry that names architectures holds for those and for noarch packages.
 *
 * To add one: a file in families/ named after its id that exports `family`, and a test of the same name; `npm run gen` registers it.
 */
export interface Family {
  /** 'debian', 'redhat' …: equals the file name. */
  readonly id: string;
  /** True for the distributions it is about; by `id` of os-release, never by what they are like: a derivative builds its own packages. */
  covers(distro: Distro): boolean;
  /** Returns how the packages of one image are looked up; undefined when the release cannot be told from what the image says. */
  plan(distro: Distro, store: AdvisoryStore, packages: readonly InstalledPackage[]): FamilyPlan | undefined;
}

/** How the packages of one image are looked up. */
export interface FamilyPlan {
  /** Package managers whose packages these advisories are about. */
  readonly packageTypes: readonly SystemPackageType[];
  /** Buckets of this release, the most important first. When the database has none of them it holds nothing on the release. */
  readonly buckets: readonly string[];
  /** Where the release stands in the table of dates; absent for those that never end. */
  readonly release?: ReleaseKey;
  /** Beginnings of the names of those who build this distribution's packages. A package that says that somebody else built it is not looked up. Absent: nobody's are left out. */
  readonly vendors?: readonly string[];
  /** Paid services that the image has: their fixed versions count as everybody's. */
  readonly services?: readonly string[];
  /** What stands for the system itself, where it is fixed as a whole: Windows. */
  readonly systemPackage?: InstalledPackage;
  /** One sentence on what these advisories cannot tell, where that is known beforehand: told as a problem, since the result is not all there is. */
  readonly caveat?: string;
  /** Returns where a package is to be found, or why it is not. */
  lookUp(installed: InstalledPackage): readonly LookUp[] | NotLookedUp;
  /** Returns the architectures of the systems that a package can be on, where entries name those and not the package's own: a system of 64 bits has packages of 32 bits, too. Absent: entries name the package's. */
  architecturesOf?(architecture: string): readonly string[];
  /** Returns whether an entry speaks of this package. Architectures are seen to already. Absent: every entry does. */
  appliesTo?(entry: AdvisoryEntry, installed: InstalledPackage, version: string): boolean;
  /** Returns whether an entry's flaw is fixed, where something else than the version says so, undefined where it does not. One entry that is fixed in that way or another clears. */
  isFixed?(entry: AdvisoryEntry): boolean | undefined;
  /** Returns a version as it is to be compared, where versions of the family differ in what means nothing. */
  readonly toComparable?: (version: string) => string;
}

export interface LookUp {
  readonly bucket: string;
  readonly packageName: string;
  readonly version: string;
  /** Asks for entries that are filed under this kind of package; absent: for those that do not say, which are filed as most of the bucket are. */
  readonly filedUnder?: FiledUnder;
  /** The package's epoch is not its source's, and nobody knows that one: versions are compared without. */
  readonly ignoresEpoch?: true;
  /** The paid service whose fixed versions the bucket holds, for entries that name none themselves. */
  readonly service?: string;
}

/** `foreign`: others than the distribution built it. `unknown`: there are no advisories for such builds; `why` completes "… was not checked for vulnerabilities: ". */
export type NotLookedUp = { readonly kind: 'foreign' } | { readonly kind: 'unknown'; readonly why: string };

/** Returns '9' of '9.3', undefined for a release that does not begin with a number. */
export function majorOf(distro: Distro): string | undefined {
  return /^\d+/.exec(distro.versionId)?.[0];
}

/** Returns '3.20' of '3.20.3', undefined without a minor version. */
export function majorMinorOf(distro: Distro): string | undefined {
  return /^\d+\.\d+/.exec(distro.versionId)?.[0];
}
