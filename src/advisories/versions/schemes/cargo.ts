import type { VersionScheme } from '../scheme.ts';
import { compareSemver, isShortSemver } from '../semver-version.ts';

/**
 * The order of Rust's crates: Semantic Versioning, missing numbers as zero. Build metadata does not count (Cargo breaks ties by it, but two builds of a version share its flaws). Strings that
 * are no version are read as loosely as npm reads them, and below all versions when they do not begin with a number.
 * @see https://doc.rust-lang.org/cargo/reference/manifest.html#the-version-field
 */
export const scheme: VersionScheme = { id: 'cargo', compare: (a, b) => compareSemver(a, b), isValid: isShortSemver };
