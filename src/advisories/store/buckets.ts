/** Where a bucket's advisories come from: `id` as it stands in ratings ('debian', 'ghsa'), `name` as its publisher calls it. */
export interface BucketSource {
  readonly id: string;
  readonly name: string;
}

/**
 * Who publishes each distribution's advisories, by the family that begins a bucket's name; ids are those under which trivy-db keeps that publisher's severities.
 * @see https://github.com/aquasecurity/trivy-db/blob/main/pkg/vulnsrc/vulnerability/const.go
 */
const distributions: Readonly<Record<string, BucketSource>> = {
  alma: { id: 'alma', name: 'AlmaLinux Product Errata' },
  alpine: { id: 'alpine', name: 'Alpine Secdb' },
  'amazon linux': { id: 'amazon', name: 'Amazon Linux Security Center' },
  archlinux: { id: 'arch-linux', name: 'Arch Linux Vulnerable issues' },
  'Azure Linux': { id: 'azure', name: 'Azure Linux Vulnerability Data' },
  bottlerocket: { id: 'bottlerocket', name: 'Bottlerocket Security Advisories' },
  'CBL-Mariner': { id: 'cbl-mariner', name: 'CBL-Mariner Vulnerability Data' },
  centos: { id: 'centos', name: 'CentOS Announcements' },
  chainguard: { id: 'chainguard', name: 'Chainguard Security Data' },
  debian: { id: 'debian', name: 'Debian Security Tracker' },
  echo: { id: 'echo', name: 'Echo Security Advisories' },
  fedora: { id: 'fedora', name: 'Fedora Updates' },
  gentoo: { id: 'gentoo', name: 'Gentoo Linux Security Advisories' },
  minimos: { id: 'minimos', name: 'MinimOS Security Data' },
  'openSUSE Leap': { id: 'suse-cvrf', name: 'SUSE Security Announcements' },
  'openSUSE Leap Micro': { id: 'suse-cvrf', name: 'SUSE Security Announcements' },
  'openSUSE Tumbleweed': { id: 'suse-cvrf', name: 'SUSE Security Announcements' },
  openwrt: { id: 'openwrt', name: 'OpenWrt Security Advisories' },
  'Oracle Linux': { id: 'oracle-oval', name: 'Oracle Linux OVAL definitions' },
  'Photon OS': { id: 'photon', name: 'Photon OS CVE metadata' },
  'Red Hat': { id: 'redhat', name: 'Red Hat Security Data' },
  rocky: { id: 'rocky', name: 'Rocky Linux updateinfo' },
  'SUSE Linux Enterprise': { id: 'suse-cvrf', name: 'SUSE Security Announcements' },
  'SUSE Linux Enterprise Micro': { id: 'suse-cvrf', name: 'SUSE Security Announcements' },
  ubuntu: { id: 'ubuntu', name: 'Ubuntu CVE Tracker' },
  windows: { id: 'msrc', name: 'Microsoft Security Update Guide' },
  wolfi: { id: 'wolfi', name: 'Wolfi Secdb' },
};

/** Ids of the language sources by how their name begins, in the order in which they are believed when two tell of one vulnerability. */
const languageSources: readonly (readonly [prefix: string, id: string])[] = [
  ['Company Advisories', 'company'],
  // Of Go's own modules and standard library it knows the systems and functions, which GitHub leaves out.
  ['The Go Vulnerability Database', 'govulndb'],
  ['GitHub Security Advisory', 'ghsa'],
  ['PyPA Advisory Database', 'pypa'],
  ['RustSec Advisory Database', 'rustsec'],
  ['Ruby Advisory Database', 'ruby-advisory-db'],
  ['PHP Security Advisories Database', 'php-security-advisories'],
  ['Drupal Advisory Database', 'drupal'],
  ['Bitnami Vulnerability Database', 'bitnami'],
  ['Julia Ecosystem Security Advisories', 'julia'],
  ['Haskell Security Advisory Database', 'haskell'],
  ['R Consortium Advisory Database', 'r-consortium'],
  ['Erlang Ecosystem Foundation Advisories', 'erlef'],
  ['Python Software Foundation Advisory Database', 'psf'],
  ['Official Kubernetes CVE Feed', 'k8s'],
  ['Seal Security Database', 'seal'],
  ['Root.io Security Patches', 'rootio'],
  ['Open Source Vulnerability', 'osv'],
  ['GitLab Advisory Database', 'glad'],
  ['Retire.js', 'retirejs'],
  ['OpenSSF Malicious Packages', 'ossf-malicious'],
  ['Datadog Indicators of Compromise', 'datadog'],
];

/** Returns the source of 'debian 12' or 'npm::GitHub Security Advisory npm'; of a bucket nobody knows, its own name. */
export function bucketSource(bucket: string): BucketSource {
  const language = /^[^:]*::(.*)$/.exec(bucket)?.[1];
  if (language !== undefined) return { id: languageSources.find(([prefix]) => language.startsWith(prefix))?.[1] ?? language, name: language };
  const family = familyOfBucket(bucket);
  return Object.hasOwn(distributions, family) ? (distributions[family] ?? nobody(family)) : nobody(family);
}

/** Returns 'SUSE Linux Enterprise' of 'SUSE Linux Enterprise 15.5': a release is a number, the build in the case of Windows, or the name of what has none yet. */
export function familyOfBucket(bucket: string): string {
  return bucket.replace(/ (?:\d\S*|edge|sid|rawhide)$/, '');
}

function nobody(family: string): BucketSource {
  return { id: family, name: family };
}

/** Returns 0 for the language source that is believed first; sources nobody knows come last. */
export function bucketRank(bucket: string): number {
  const { id } = bucketSource(bucket);
  const rank = languageSources.findIndex(([, known]) => known === id);
  return rank < 0 ? languageSources.length : rank;
}
