import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Finding, FindingMatch, Rating, SeverityClaim } from '../../src/foundation/model/finding.ts';
import { toBlockText, toCellText } from '../model/text.ts';
import { severityWord } from '../words.ts';

/** What is beyond is no evidence any more. */
const MAX_ENTRIES = 30;

type Fact = readonly [name: string, value: unknown];

/** Returns why a vulnerability was reported and what everybody says of it; nothing for what is no vulnerability. */
export function evidenceOf(finding: Finding, locale: string): TemplateResult | typeof nothing {
  const { match, aliases = [], severities = [], severitySource, ratings = [], kevAddedAt, epssPercentile, vex, package: installed } = finding;
  const facts: readonly Fact[] = [
    ...(match === undefined ? [] : factsOfMatch(match)),
    ...(aliases.length === 0 ? [] : [[l10n.t('Also known as'), listText(aliases)] as const]),
    ...(severities.length === 0 ? [] : [[l10n.t('Severity'), severityText(severities, severitySource)] as const]),
    ...(ratings.length < 2 ? [] : [[l10n.t('All ratings'), ratings.slice(0, MAX_ENTRIES).map(ratingLine)] as const]),
    ...(kevAddedAt === undefined ? [] : [[l10n.t('Known exploited since'), toCellText(kevAddedAt, 30)] as const]),
    ...(epssPercentile === undefined
      ? []
      : [[l10n.t('EPSS rank'), l10n.t('more likely than {0} of all', percentText(epssPercentile, locale))] as const]),
    ...(installed?.paidFix === undefined
      ? []
      : [[l10n.t('Paid fix'), toCellText(`${installed.paidFix.version} (${installed.paidFix.service})`, 200)] as const]),
    ...(vex === undefined ? [] : [[l10n.t('VEX'), vexText(vex)] as const]),
  ];
  if (facts.length === 0) return nothing;
  return html`<section>
    <h3>${l10n.t('Why it is reported')}</h3>
    <dl class="facts">
      ${facts.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd class="untrusted">${value}</dd>`,
      )}
    </dl>
  </section>`;
}

function factsOfMatch({ packageName, installedVersion, affected, recordId, bucket, source }: FindingMatch): readonly Fact[] {
  return [
    [l10n.t('Looked up'), toCellText(`${packageName} ${installedVersion}`, 400)],
    [l10n.t('Affected'), toCellText(affected, 600)],
    [l10n.t('Record'), toCellText(`${recordId} · ${source}`, 300)],
    [l10n.t('Database'), toCellText(bucket, 200)],
  ];
}

function severityText(severities: readonly SeverityClaim[], chosen: string | undefined): TemplateResult {
  const said = severities.slice(0, MAX_ENTRIES).map(({ source, severity }) => `${toCellText(source, 60)} ${severityWord(severity).toLowerCase()}`);
  const from = chosen === undefined ? '' : chosen === 'cvss' ? l10n.t('taken from the CVSS score') : l10n.t('taken from {0}', toCellText(chosen, 60));
  return html`${said.join(', ')}${from === '' ? nothing : html`<br /><span class="quiet">${from}</span>`}`;
}

function ratingLine({ source, score, cvssVector }: Rating): TemplateResult {
  const text = [source, score?.toFixed(1), cvssVector].filter((part) => part !== undefined).join(' ');
  return html`<div>${toCellText(text, 300)}</div>`;
}

function vexText({ source, status, text }: NonNullable<Finding['vex']>): string {
  const said = status === 'affected' ? l10n.t('{0} says that it is affected', source) : l10n.t('{0} says that it is under investigation', source);
  return toBlockText(text === undefined ? said : `${said}: ${text}`, 2000).text;
}

function listText(values: readonly string[]): string {
  const shown = values.slice(0, MAX_ENTRIES).map((value) => toCellText(value, 80));
  return values.length > MAX_ENTRIES ? `${shown.join(', ')}, …` : shown.join(', ');
}

function percentText(part: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(part);
}
