/**
 * Names in the store of Nix: 32 characters that stand for everything that went into a package, a hyphen, the package's name and version, and for packages that are built into several folders which one it is.
 *
 * @see https://nix.dev/manual/nix/stable/store/store-path
 * @see https://nix.dev/manual/nix/stable/language/builtins#builtins-parseDrvName
 */

const DIGEST_LENGTH = 32;
const DIGEST = /^[0-9abcdfghijklmnpqrsvwxyz]{32}-/;

/** Folders that nixpkgs splits packages into. */
const OUTPUTS: ReadonlySet<string> = new Set([
  'bin',
  'data',
  'debug',
  'dev',
  'devdoc',
  'dist',
  'doc',
  'getent',
  'info',
  'jmod',
  'lib',
  'libgcc',
  'man',
  'out',
  'py',
  'static',
  'su',
  'terminfo',
  'tests',
]);

/** Returns the package that a folder of the store is; undefined when its name has no version, as those of sources, scripts and environments have not. */
export function parseNixStoreName(folder: string): { readonly name: string; readonly version: string } | undefined {
  if (!DIGEST.test(folder)) return undefined;
  const whole = folder.slice(DIGEST_LENGTH + 1);
  // The version begins after the first hyphen that no letter follows.
  const hyphen = whole.search(/-[^A-Za-z]/);
  if (hyphen < 1) return undefined;
  const words = whole.slice(hyphen + 1).split('-');
  if (words.length > 1 && OUTPUTS.has(words.at(-1) ?? '')) words.pop();
  const version = words.join('-');
  return /^\d/.test(version) ? { name: whole.slice(0, hyphen), version } : undefined;
}
