import type { FindingCategory, FixStatus } from '../../foundation/model/finding.ts';
import type { ScanReport } from '../../foundation/model/report.ts';
import type { Severity } from '../../foundation/model/severity.ts';

export const categoryNames: Readonly<Record<FindingCategory, string>> = {
  'os-vulnerability': 'Vulnerabilities of system packages',
  'application-vulnerability': 'Vulnerabilities of application packages',
  baseline: 'Baseline',
  malware: 'Malware',
  'sensitive-file': 'Secrets and sensitive files',
  'build-command': 'Build commands',
};

export const statusNames: Readonly<Record<FixStatus, string>> = {
  fixed: 'fixed',
  affected: 'no fix yet',
  'will-not-fix': 'will not be fixed',
  'end-of-life': 'end of life',
  'under-investigation': 'under investigation',
  unknown: 'no fix known',
};

/** Returns what the report was made of, as one line each: what every format that people read has to say at its top. Empty only when nothing was left out. */
export function caveats(report: ScanReport): readonly string[] {
  const { status, problems, advisories, image, origin } = report;
  const count = problems.length;
  return [
    ...(status === 'partial'
      ? [
          `Incomplete: ${count === 1 ? 'one thing' : `${count} things`} could not be read or checked. What is not listed here is not known to be absent.`,
        ]
      : []),
    ...(origin === undefined ? [] : [describeOrigin(origin)]),
    ...(image.endOfLife === undefined ? [] : [describeEnd(image.endOfLife)]),
    ...(advisories.full
      ? []
      : advisories.source === 'none'
        ? ['No advisories were used: vulnerabilities were not looked for.']
        : [
            `Known-exploited and critical vulnerabilities only: the advisories are the ${advisories.source}. Run "plimsoll db update" for all of them.`,
          ]),
    ...(advisories.uncovered === undefined || advisories.uncovered.length === 0
      ? []
      : [`Listed but not checked, because these advisories hold nothing on them: ${advisories.uncovered.map(nameUncovered).join(', ')}.`]),
  ];
}

function describeOrigin({ reference, matched }: NonNullable<ScanReport['origin']>): string {
  const what = matched === 'ours' ? 'its packages were matched with the advisories of here' : 'its advisories are at least as new as those of here';
  return `The image was not looked at here: this is the report that somebody attached to it (${reference}); ${what}.`;
}

function describeEnd({ name, endedAt, paidUntil }: NonNullable<ScanReport['image']['endOfLife']>): string {
  const paid = paidUntil === undefined ? '' : ` (until ${paidUntil} for those who pay)`;
  return `${name} gets no more fixes since ${endedAt}${paid}: its packages may have vulnerabilities that nobody writes advisories on any more. Move to a release that is looked after.`;
}

function nameUncovered({ type, packages }: NonNullable<ScanReport['advisories']['uncovered']>[number]): string {
  if (type === 'generic') return packages === 1 ? '1 program without a package manager' : `${packages} programs without a package manager`;
  return packages === 1 ? `1 ${type} package` : `${packages} ${type} packages`;
}

/** Returns how many findings there are of each severity, worst first, those without one included as 0. */
export function countBySeverity(findings: readonly { readonly severity: Severity }[]): ReadonlyMap<Severity, number> {
  const counts = new Map<Severity, number>([
    ['critical', 0],
    ['high', 0],
    ['medium', 0],
    ['low', 0],
    ['negligible', 0],
    ['unknown', 0],
  ]);
  for (const { severity } of findings) counts.set(severity, (counts.get(severity) ?? 0) + 1);
  return counts;
}

/** Returns the image as people call it: its reference, else the digest, else that it has no name. */
export function imageName(report: ScanReport): string {
  return report.image.reference ?? report.image.digest ?? 'image without a name';
}

/** Returns `linux/arm64/v8`. */
export function platformName({ image: { platform } }: ScanReport): string {
  return [platform.os, platform.architecture, platform.variant].filter((part) => part !== undefined && part !== '').join('/');
}

/** Returns the distribution as it calls itself, undefined when none was recognised. */
export function distroName({ image: { distro } }: ScanReport): string | undefined {
  return distro === undefined ? undefined : (distro.prettyName ?? `${distro.id} ${distro.versionId}`);
}
