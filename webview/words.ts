import * as l10n from '@vscode/l10n';
import type { FindingCategory, FixStatus } from '../src/foundation/model/finding.ts';
import type { IgnoredBy } from '../src/foundation/model/report.ts';
import type { Severity } from '../src/foundation/model/severity.ts';
import type { CvssMetric } from './model/cvss.ts';
import type { FindingColumn, FindingGrouping } from './model/findings.ts';
import type { Verdict } from './model/load-line.ts';
import { formatCount } from './model/text.ts';

// Functions, not tables: the display language is only known once the host has sent its bundle.

export function severityWord(severity: Severity): string {
  switch (severity) {
    case 'critical':
      return l10n.t('Critical');
    case 'high':
      return l10n.t('High');
    case 'medium':
      return l10n.t('Medium');
    case 'low':
      return l10n.t('Low');
    case 'negligible':
      return l10n.t('Negligible');
    case 'unknown':
      return l10n.t('Unknown');
  }
}

export function categoryWord(category: FindingCategory): string {
  switch (category) {
    case 'os-vulnerability':
      return l10n.t('OS package');
    case 'application-vulnerability':
      return l10n.t('Application package');
    case 'baseline':
      return l10n.t('Baseline');
    case 'malware':
      return l10n.t('Malware');
    case 'sensitive-file':
      return l10n.t('Sensitive file');
    case 'build-command':
      return l10n.t('Build command');
  }
}

export function columnWord(column: FindingColumn): string {
  switch (column) {
    case 'severity':
      return l10n.t('Severity');
    case 'id':
      return l10n.t('ID');
    case 'package':
      return l10n.t('Package');
    case 'installed':
      return l10n.t('Installed');
    case 'fixed':
      return l10n.t('Fixed in');
    case 'category':
      return l10n.t('Category');
    case 'layer':
      return l10n.t('Layer');
    case 'kev':
      return l10n.t('KEV');
  }
}

export function groupingWord(grouping: FindingGrouping): string {
  switch (grouping) {
    case 'none':
      return l10n.t('No groups');
    case 'package':
      return l10n.t('Package');
    case 'layer':
      return l10n.t('Layer');
    case 'category':
      return l10n.t('Category');
    case 'fix':
      return l10n.t('Fix');
  }
}

export function verdictWord(verdict: Verdict): string {
  switch (verdict) {
    case 'may-leave':
      return l10n.t('May leave port');
    case 'held':
      return l10n.t('Held in port');
    case 'held-until-scanned':
      return l10n.t('Held in port until scanned');
    case 'unknown':
      return l10n.t('Not known whether it may leave');
    case 'unread':
      return l10n.t('Load line not read yet');
  }
}

/** Why there is no fixed version, or undefined when the source says nothing of it. */
export function fixStatusWord(status: FixStatus): string | undefined {
  switch (status) {
    case 'will-not-fix':
      return l10n.t('The distribution has said that it will not fix this.');
    case 'end-of-life':
      return l10n.t('This release no longer gets fixes. Move to a supported release of the base image.');
    case 'under-investigation':
      return l10n.t('The distribution is still looking into this.');
    case 'affected':
      return l10n.t('Affected, and no fixed version has been published yet.');
    case 'fixed':
    case 'unknown':
      return undefined;
    default:
      // A report from a newer version may know more states.
      return undefined;
  }
}

export function layerWord(index: number, locale: string): string {
  return l10n.t('Layer {0}', formatCount(index + 1, locale));
}

export function findingsWord(count: number, locale: string): string {
  return count === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', formatCount(count, locale));
}

export function ignoredWord(count: number, locale: string): string {
  return count === 1 ? l10n.t('1 ignored finding') : l10n.t('{0} ignored findings', formatCount(count, locale));
}

export function packagesWord(count: number, locale: string): string {
  return count === 1 ? l10n.t('1 package') : l10n.t('{0} packages', formatCount(count, locale));
}

export function layersWord(count: number, locale: string): string {
  return count === 1 ? l10n.t('1 layer') : l10n.t('{0} layers', formatCount(count, locale));
}

/** Who says that a finding can be ignored: `.plimsoll.yaml`, line 3 · until 2026-12-31. */
export function ignoredByWords({ source, line, status, author, expires }: IgnoredBy): string {
  return [
    line === undefined ? source : l10n.t('{0}, line {1}', source, line),
    author === undefined ? '' : l10n.t('by {0}', author),
    status === undefined ? '' : status === 'fixed' ? l10n.t('says that it is fixed') : l10n.t('says that it is not affected'),
    expires === undefined ? '' : l10n.t('until {0}', expires),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** A CVSS metric in words, such as "Attack vector" and "Network". @see https://www.first.org/cvss/v4.0/specification-document */
export function cvssWords({ metric, value }: CvssMetric): readonly [name: string, value: string] {
  switch (metric) {
    case 'AV':
      return [
        l10n.t('Attack vector'),
        pick(value, { N: l10n.t('Network'), A: l10n.t('Adjacent network'), L: l10n.t('Local'), P: l10n.t('Physical') }),
      ];
    case 'AC':
      return [l10n.t('Attack complexity'), levelWord(value)];
    case 'AT':
      return [l10n.t('Attack requirements'), pick(value, { N: l10n.t('None'), P: l10n.t('Present') })];
    case 'PR':
      return [l10n.t('Privileges required'), levelWord(value)];
    case 'UI':
      return [l10n.t('User interaction'), pick(value, { N: l10n.t('None'), R: l10n.t('Required'), P: l10n.t('Passive'), A: l10n.t('Active') })];
    case 'S':
      return [l10n.t('Scope'), pick(value, { U: l10n.t('Unchanged'), C: l10n.t('Changed') })];
    case 'Au':
      return [l10n.t('Authentication'), pick(value, { N: l10n.t('None'), S: l10n.t('Single'), M: l10n.t('Multiple') })];
    case 'C':
    case 'VC':
      return [l10n.t('Confidentiality'), levelWord(value)];
    case 'I':
    case 'VI':
      return [l10n.t('Integrity'), levelWord(value)];
    case 'A':
    case 'VA':
      return [l10n.t('Availability'), levelWord(value)];
    case 'SC':
      return [l10n.t('Confidentiality of other systems'), levelWord(value)];
    case 'SI':
      return [l10n.t('Integrity of other systems'), levelWord(value)];
    case 'SA':
      return [l10n.t('Availability of other systems'), levelWord(value)];
    default:
      return [metric, value];
  }
}

function levelWord(value: string): string {
  return pick(value, {
    N: l10n.t('None'),
    L: l10n.t('Low'),
    M: l10n.t('Medium'),
    H: l10n.t('High'),
    P: l10n.t('Partial'),
    C: l10n.t('Complete'),
  });
}

function pick(value: string, words: Readonly<Record<string, string>>): string {
  return words[value] ?? value;
}
