/**
 * The contract of a version scheme: a total order on the version strings of one ecosystem.
 *
 * To add one: a file in schemes/ named after its id that exports `scheme`, and a test that runs every published vector of that scheme; `npm run gen` registers it.
 */
export interface VersionScheme {
  /** 'dpkg', 'apk', 'semver', 'pep440': equals the file name. */
  readonly id: string;
  /** Negative, zero or positive. Total and never throws: a string that is no version of the scheme still has its place, stated in the scheme's own comment. */
  compare(a: string, b: string): number;
  /** True when the string is a version of this scheme. */
  isValid(version: string): boolean;
}
