/**
 * What the Go linker writes into a program of what it was built from: lines of fields separated by tabs, as `go version -m` prints them.
 * @see https://pkg.go.dev/runtime/debug#BuildInfo
 */
import { MAX_PROGRAM_COMPONENTS } from '../base/limits.ts';

export interface GoModule {
  readonly path: string;
  /** `v1.2.3`, `(devel)`, or empty. */
  readonly version: string;
  /** What was built in its place. */
  readonly replacement?: { readonly path: string; readonly version: string };
}

export interface GoBuildInfo {
  /** The package of the main function: `example.org/tool/cmd/tool`. */
  readonly mainPackage: string;
  readonly main?: GoModule;
  readonly dependencies: readonly GoModule[];
  readonly settings: ReadonlyMap<string, string>;
}

/** Returns what the lines say; those of no known kind say nothing. */
export function parseGoBuildInfo(text: string): GoBuildInfo {
  let mainPackage = '';
  let main: GoModule | undefined;
  let replaceMain = false;
  const dependencies: GoModule[] = [];
  const settings = new Map<string, string>();
  for (const line of text.split('\n', 3 * MAX_PROGRAM_COMPONENTS)) {
    const [kind, first = '', second = ''] = line.split('\t', 4);
    if (kind === 'path') mainPackage = first;
    else if (kind === 'mod') {
      main = { path: first, version: second };
      replaceMain = true;
    } else if (kind === 'dep') {
      dependencies.push({ path: first, version: second });
      replaceMain = false;
    } else if (kind === '=>') {
      const replaced = replaceMain ? main : dependencies.pop();
      if (replaced === undefined) continue;
      const module = { ...replaced, replacement: { path: first, version: second } };
      if (replaceMain) main = module;
      else dependencies.push(module);
    } else if (kind === 'build') {
      const equals = first.indexOf('=');
      if (equals > 0) settings.set(first.slice(0, equals), unquote(line.slice('build\t'.length + equals + 1)));
    }
  }
  return { mainPackage, ...(main !== undefined && { main }), dependencies, settings };
}

/** A value with blanks or quotes is written as a string of Go. */
function unquote(value: string): string {
  if (value.startsWith('`')) return value.slice(1, -1);
  return value.startsWith('"') ? value.slice(1, -1).replaceAll(/\\(["\\])/g, '$1') : value;
}

const GO_VERSION = /\bgo(\d{1,4})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?(?:(rc|beta|alpha)(\d{1,4})|(-devel|-[0-9a-f]{7,40}\b))?/;

/**
 * Returns the version of the standard library as Go's vulnerability database writes it: `1.22.1` of `go1.22.1 X:boringcrypto`, `1.21.0-rc.2` of `go1.21rc2`; `1.23.0-devel` of `devel go1.23-4f3a2c1`, which is older than 1.23.
 * Undefined for what names no release, such as `devel +4f3a2c1`. What a vendor or an experiment adds is no part of it.
 */
export function toStdlibVersion(goVersion: string): string | undefined {
  const [found, major, minor, patch, stage, stageNumber, devel] = GO_VERSION.exec(goVersion.slice(0, 200)) ?? [];
  if (found === undefined || major === undefined) return undefined;
  const whole = `${major}.${minor ?? 0}.${patch ?? 0}`;
  if (stage !== undefined && stageNumber !== undefined) return `${whole}-${stage}.${stageNumber}`;
  if (goVersion.startsWith('devel ') && devel !== undefined) return `${whole}-devel`;
  return patch === undefined ? `${major}.${minor ?? 0}` : whole;
}
