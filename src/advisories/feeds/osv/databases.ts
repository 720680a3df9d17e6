import type { LanguageEcosystem } from './ecosystems.ts';

/** The databases that publish on ecosystems' packages, by the beginning of their ids, under the names that buckets bear. @see https://ossf.github.io/osv-schema/#id-modified-fields */
const databases: readonly (readonly [idPrefix: string, name: string])[] = [
  ['PYSEC-', 'PyPA Advisory Database'],
  ['GO-', 'The Go Vulnerability Database'],
  ['RUSTSEC-', 'RustSec Advisory Database'],
  ['BIT-', 'Bitnami Vulnerability Database'],
  ['MAL-', 'OpenSSF Malicious Packages'],
  ['JLSEC-', 'Julia Ecosystem Security Advisories'],
  ['HSEC-', 'Haskell Security Advisory Database'],
  ['RSEC-', 'R Consortium Advisory Database'],
  ['EEF-', 'Erlang Ecosystem Foundation Advisories'],
  ['DRUPAL-', 'Drupal Advisory Database'],
  ['PSF-', 'Python Software Foundation Advisory Database'],
];

/** Returns the name of the database that a record is from, as it stands in the name of its bucket; records of others are OSV's. */
export function databaseOf(id: string, ecosystem: LanguageEcosystem, supplier: string): string {
  if (supplier === 'seal ') return 'Seal Security Database';
  if (supplier === 'root.io ') return 'Root.io Security Patches';
  if (id.startsWith('GHSA-')) return `GitHub Security Advisory ${ecosystem.ghsaName}`;
  if (ecosystem.prefix === 'bitnami') return 'Bitnami Vulnerability Database';
  if (ecosystem.prefix === 'k8s') return 'Official Kubernetes CVE Feed';
  return databases.find(([prefix]) => id.startsWith(prefix))?.[1] ?? 'Open Source Vulnerability';
}

const ERRATUM = /^(?:AL[SBE]A|CGA|RL[SBE]A|RXSA|RH[SBE]A|DSA|DLA|DTSA|ELA|USN|LSN|(?:open)?SUSE-[SRFO]U|MGASA|OESA|PHSA|CLSA|AZL|BELL)-/;
const MERE_UPDATE = /^(?:AL[BE]A|RL[BE]A|RH[BE]A|(?:open)?SUSE-[RFO]U)-/;

/** Returns whether an id is of a distribution's notice that packages were updated, which names the flaws that the update puts right. */
export function isErratum(id: string): boolean {
  return ERRATUM.test(id);
}

/** Returns whether an id is of a notice on bugs or enhancements: no vulnerability, unless it names one. */
export function isMereUpdate(id: string): boolean {
  return MERE_UPDATE.test(id);
}
