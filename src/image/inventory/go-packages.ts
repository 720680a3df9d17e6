import type { GoBuildInfo, GoModule } from '../../foundation/formats/go-build-info.ts';
import { toStdlibVersion } from '../../foundation/formats/go-build-info.ts';
import type { AnalyzedPackage } from './analyzer.ts';
import { goPrograms } from './go-programs.data.ts';

const NO_VERSION = '(devel)';

/**
 * Returns the packages of a program that Go built: its own module and those it depends on, each as what it was replaced by, and the standard library; a program that people know by name is itself one more.
 *
 * A module replaced by a folder keeps its name and version: the folder holds a copy of it. The program's own module often has no version. Then the one that its builder gave the linker counts (`-X main.version=1.2.3`),
 * else the commit it was built from, as the version that Go makes of one; without either it has nothing that could be looked up, and is left out.
 */
export function listGoPackages(goVersion: string, info: GoBuildInfo | undefined): readonly AnalyzedPackage[] {
  const packages: AnalyzedPackage[] = [];
  const stdlib = toStdlibVersion(goVersion);
  if (stdlib !== undefined) packages.push({ type: 'golang', name: 'stdlib', version: stdlib });
  if (info === undefined) return packages;
  for (const module of info.dependencies) {
    const { path, version } = resolveReplacement(module);
    if (path !== '' && version !== '' && version !== NO_VERSION) packages.push({ type: 'golang', name: path, version });
  }
  const version = toMainVersion(info);
  if (version === undefined) return packages;
  const path = info.main === undefined ? '' : resolveReplacement(info.main).path;
  if (path !== '') packages.push({ type: 'golang', name: path, version });
  const product = goPrograms.get(info.mainPackage.replaceAll(/\/v\d+(?=\/|$)/g, ''));
  if (product !== undefined && !isPseudoVersion(version)) packages.push({ type: 'generic', name: product, version: version.replace(/^v(?=\d)/, '') });
  return packages;
}

function resolveReplacement({ path, version, replacement }: GoModule): { readonly path: string; readonly version: string } {
  if (replacement === undefined || replacement.version === '' || replacement.version === NO_VERSION) return { path, version };
  return replacement;
}

function toMainVersion(info: GoBuildInfo): string | undefined {
  const version = info.main === undefined ? NO_VERSION : resolveReplacement(info.main).version;
  if (version !== NO_VERSION && version !== '' && !isPseudoVersion(version)) return version;
  return readLinkerVersion(info) ?? (version === NO_VERSION || version === '' ? toPseudoVersion(info.settings) : version);
}

const LINKER_FLAG = /-X[= ]['"]?([^\s'"=]{1,300})=(v?\d{1,6}\.\d{1,6}[\w.+-]{0,100})/g;
const VERSION_NAME = /(?:version|tag|release)$/i;

/** Variables of the program's own module or its main package count most; of others, such as those of a framework, only what all of them say. */
function readLinkerVersion({ main, settings }: GoBuildInfo): string | undefined {
  const others = new Set<string>();
  for (const [, name = '', version = ''] of (settings.get('-ldflags') ?? '').matchAll(LINKER_FLAG)) {
    if (!VERSION_NAME.test(name)) continue;
    const withMark = version.startsWith('v') ? version : `v${version}`;
    if (name.startsWith('main.') || (main !== undefined && name.startsWith(main.path))) return withMark;
    others.add(withMark);
  }
  return others.size === 1 ? [...others][0] : undefined;
}

/** @see https://go.dev/ref/mod#pseudo-versions */
function toPseudoVersion(settings: ReadonlyMap<string, string>): string | undefined {
  const revision = settings.get('vcs.revision') ?? '';
  const time = (settings.get('vcs.time') ?? '').replaceAll(/\D/g, '').slice(0, 14);
  if (!/^[0-9a-f]{12}/.test(revision) || time.length !== 14) return undefined;
  return `v0.0.0-${time}-${revision.slice(0, 12)}${settings.get('vcs.modified') === 'true' ? '+dirty' : ''}`;
}

function isPseudoVersion(version: string): boolean {
  return /[-.]\d{14}-[0-9a-f]{12}(?:\+|$)/.test(version);
}
