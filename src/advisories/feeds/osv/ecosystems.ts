import { suseRelease } from '../suse-products.ts';

/** Where the records on an ecosystem's packages are kept. */
export type OsvPlace =
  | { readonly kind: 'language'; readonly ecosystem: LanguageEcosystem; readonly supplier: string }
  | {
      readonly kind: 'distribution';
      readonly bucket: string;
      readonly service?: string;
      readonly cpes?: readonly string[];
      readonly filedUnder?: 'source';
    }
  /** OSV knows it, and no image has packages of it that could be found: phones, editors, build services, kernels. */
  | { readonly kind: 'elsewhere' };

export interface LanguageEcosystem {
  /** The beginning of the bucket's name, as trivy-db has it. */
  readonly prefix: string;
  /** The ecosystem in the names of GitHub's buckets. */
  readonly ghsaName: string;
  toName(name: string): string;
}

const lower = (name: string): string => name.toLowerCase();
const same = (name: string): string => name;

function language(prefix: string, ghsaName: string, toName = lower): LanguageEcosystem {
  return { prefix, ghsaName, toName };
}

/** By OSV's name in lower case. @see https://ossf.github.io/osv-schema/#defined-ecosystems */
const languages: ReadonlyMap<string, LanguageEcosystem> = new Map([
  ['bioconductor', language('cran', 'Bioconductor', same)],
  ['bitnami', language('bitnami', 'Bitnami')],
  ['conancenter', language('conan', 'Conan')],
  ['cran', language('cran', 'CRAN', same)],
  ['crates.io', language('cargo', 'Rust')],
  ['go', language('go', 'Go', same)],
  ['hackage', language('hackage', 'Hackage', same)],
  ['hex', language('erlang', 'Erlang')],
  ['julia', language('julia', 'Julia', same)],
  ['kubernetes', language('k8s', 'Kubernetes')],
  ['maven', language('maven', 'Maven')],
  ['npm', language('npm', 'npm')],
  ['nuget', language('nuget', 'NuGet')],
  ['packagist', language('composer', 'Composer')],
  ['pub', language('pub', 'Pub')],
  ['pypi', language('pip', 'pip', (name) => name.toLowerCase().replaceAll(/[-_.]+/g, '-'))],
  ['rubygems', language('rubygems', 'RubyGems')],
  [
    'swifturl',
    language('swift', 'Swift', (name) =>
      name
        .toLowerCase()
        .replace(/^https?:\/\//, '')
        .replace(/\.git$/, ''),
    ),
  ],
]);

const elsewhere: ReadonlySet<string> = new Set([
  ...['android', 'cleanstart', 'docker hardened images', 'freebsd', 'ghc', 'git', 'github actions', 'linux', 'opam', 'oss-fuzz', 'tuxcare', 'vscode'],
]);

/** A distribution's bucket by its release, which is '' when the ecosystem names none; undefined for a release that has no bucket. */
type ReleaseBucket = (release: string) => string | undefined;

const distributions: ReadonlyMap<string, ReleaseBucket> = new Map<string, ReleaseBucket>([
  ['almalinux', byMajor('alma')],
  ['alpaquita', byName('alpaquita')],
  [
    'alpine',
    (release) =>
      (/^(?:v?(\d+\.\d+)|(edge))$/.exec(release) ?? [])
        .slice(1)
        .filter(Boolean)
        .map((name) => `alpine ${name}`)[0],
  ],
  ['azure linux', toAzureBucket],
  ['bellsoft hardened containers', byName('bellsoft hardened containers')],
  ['chainguard', () => 'chainguard'],
  ['debian', byMajor('debian')],
  ['echo', () => 'echo'],
  ['mageia', byMajor('mageia')],
  ['minimos', () => 'minimos'],
  ['openeuler', byName('openeuler')],
  ['photon os', (release) => (/^\d+\.\d+$/.test(release) ? `Photon OS ${release}` : undefined)],
  ['rocky linux', byMajor('rocky')],
  ['wolfi', () => 'wolfi'],
]);

/** Those of the rpm distributions whose records name source packages. */
const namesSources: ReadonlySet<string> = new Set(['mageia', 'rocky linux']);

/** Those who publish patched builds of others' packages, by the beginning of their ecosystems' names, and what their buckets begin with. */
const suppliers: ReadonlyMap<string, string> = new Map([
  ['seal', 'seal '],
  ['root', 'root.io '],
]);

/** Returns where records on an OSV ecosystem ('npm', 'Debian:12', 'Ubuntu:Pro:22.04:LTS') are kept; undefined for an ecosystem, or a release of one, that is not known. */
export function placeOf(ecosystem: string): OsvPlace | undefined {
  const [name, release] = splitFirst(ecosystem);
  const supplier = suppliers.get(name.toLowerCase());
  return supplier === undefined ? findPlace(name.toLowerCase(), release, '') : findPlace(...toLowerFirst(splitFirst(release)), supplier);
}

function findPlace(name: string, release: string, supplier: string): OsvPlace | undefined {
  const ecosystem = languages.get(name);
  // What follows is the repository that the package is from; its packages are the ecosystem's all the same.
  if (ecosystem !== undefined) return { kind: 'language', ecosystem, supplier };
  if (elsewhere.has(name)) return { kind: 'elsewhere' };
  if (name === 'suse' || name === 'opensuse') return toSusePlace(name, release);
  if (name === 'ubuntu') return toUbuntuPlace(release, supplier);
  if (name === 'red hat') return supplier === '' ? toRedHatPlace(release) : { kind: 'distribution', bucket: `${supplier}Red Hat ${release}`.trim() };
  const toBucket = distributions.get(name);
  // Seal's patches are for a distribution whatever its release.
  const bucket = supplier !== '' && release === '' && toBucket !== undefined ? name : toBucket?.(release);
  return bucket === undefined
    ? undefined
    : { kind: 'distribution', bucket: `${supplier}${bucket}`, ...(namesSources.has(name) && { filedUnder: 'source' }) };
}

/** Products are named without their maker; the packages of the Package Hub are for the system of the same service pack. Products that are no system (SUSE Manager, storage) are in no image's. */
function toSusePlace(name: string, product: string): OsvPlace {
  const release = suseRelease(
    `${name === 'suse' ? 'SUSE' : 'openSUSE'} ${product.replace(/^openSUSE /, '').replace(/^Package Hub\b/, 'Linux Enterprise')}`,
  );
  return release === undefined ? { kind: 'elsewhere' } : { kind: 'distribution', ...release };
}

/** The editions of a release that have fixes of their own. What they have to do with fips or a realtime kernel stands in front of the release: 'Pro:FIPS-updates:18.04:LTS'. */
function toUbuntuPlace(release: string, supplier: string): OsvPlace | undefined {
  const [, pro, edition = '', version] = /^(Pro:)?(?:([A-Za-z-]+):)?(\d+\.\d+)(?::LTS)?$/.exec(release) ?? [];
  if (version === undefined) return undefined;
  const bucket = `${supplier}ubuntu ${version}`;
  if (pro === undefined) return { kind: 'distribution', bucket };
  switch (edition.toLowerCase()) {
    case '':
      return { kind: 'distribution', bucket, service: 'esm-infra' };
    case 'fips':
    case 'fips-preview':
      return { kind: 'distribution', bucket, service: 'fips' };
    case 'fips-updates':
      return { kind: 'distribution', bucket, service: 'fips-updates' };
    default:
      return { kind: 'elsewhere' };
  }
}

/** The ecosystem's name is a product's without its beginning, which says whether it is an operating system or an application; both are given, since there is only one of a name. */
function toRedHatPlace(product: string): OsvPlace | undefined {
  return /^[a-z0-9_]+(?::[\w.~%:-]*)?$/i.test(product)
    ? { kind: 'distribution', bucket: 'Red Hat', cpes: [`cpe:/a:redhat:${product}`, `cpe:/o:redhat:${product}`] }
    : undefined;
}

/** Azure Linux was CBL-Mariner until its third release. */
function toAzureBucket(release: string): string | undefined {
  const major = /^(\d+)(?:\.0)?$/.exec(release)?.[1];
  if (major === undefined) return undefined;
  return Number(major) < 3 ? `CBL-Mariner ${major}.0` : `Azure Linux ${major}.0`;
}

function byMajor(family: string): ReleaseBucket {
  return (release) => {
    const major = /^(\d+)(?:\.\d+)*$/.exec(release)?.[1] ?? /^sid$/.exec(release)?.[0];
    return major === undefined ? undefined : `${family} ${major}`;
  };
}

function byName(family: string): ReleaseBucket {
  return (release) => (/^[\w.-]+$/.test(release) ? `${family} ${release}` : undefined);
}

function splitFirst(text: string): [first: string, rest: string] {
  const colon = text.indexOf(':');
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
}

function toLowerFirst([first, rest]: [first: string, rest: string]): [first: string, rest: string] {
  return [first.toLowerCase(), rest];
}
