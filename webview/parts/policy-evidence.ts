import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { DecidingScanner, PolicyDecision, PolicyDecisionKind } from '../../src/foundation/model/policy.ts';
import { formatInstant, toBlockText, toCellText } from '../model/text.ts';
import { icon } from './marks.ts';

/** What is beyond is no evidence any more. */
const MAX_ENTRIES = 30;
const MAX_REASON = 2000;

/** Returns who said what, where more than one decided. */
export function partsOf({ parts = [] }: PolicyDecision): TemplateResult | typeof nothing {
  if (parts.length < 2) return nothing;
  return judgements(
    l10n.t('Who decided what'),
    parts.map(({ provider, decision, reason }) => ({ who: providerWord(provider), decision, reason })),
  );
}

/** Returns what holds for each platform, where several were judged. */
export function platformsOf({ platforms = [] }: PolicyDecision): TemplateResult | typeof nothing {
  if (platforms.length < 2) return nothing;
  return judgements(
    l10n.t('Each platform'),
    platforms.map(({ platform, decision, reason }) => ({
      who: [platform.os, platform.architecture, platform.variant].filter((part) => part !== undefined).join('/'),
      decision,
      reason,
    })),
  );
}

interface Judgement {
  readonly who: string;
  readonly decision: PolicyDecisionKind;
  readonly reason: string;
}

function judgements(title: string, entries: readonly Judgement[]): TemplateResult {
  return html`<section>
    <h3>${title}</h3>
    <dl class="judgements">
      ${entries.slice(0, MAX_ENTRIES).map(
        ({ who, decision, reason }) =>
          html`<dt class="row">
              ${icon(decisionIcon(decision))}<span class="untrusted">${toCellText(who, 100)}</span><span class="quiet">${shortWord(decision)}</span>
            </dt>
            <dd class="untrusted">${toBlockText(reason, MAX_REASON).text}</dd>`,
      )}
    </dl>
  </section>`;
}

/** Returns what is close to being otherwise: entries that miss their id, entries that have ended, ids that another scanner may rate differently. */
export function doubtsOf(decision: PolicyDecision, locale: string): TemplateResult | typeof nothing {
  const { nearMisses = [], expiredAllowlist = [], nearThreshold = [] } = decision;
  if (nearMisses.length + expiredAllowlist.length + nearThreshold.length === 0) return nothing;
  const shown = nearThreshold.slice(0, MAX_ENTRIES).map((id) => toCellText(id, 80));
  const more = nearThreshold.length - shown.length;
  return html`<section>
    <h3>${l10n.t('Worth knowing')}</h3>
    <ul class="doubts">
      ${nearMisses.slice(0, MAX_ENTRIES).map(({ entry, id }) => doubt(l10n.t('The allowlist entry “{0}” does not let {1} through: it has to be written exactly so.', toCellText(entry, 80), toCellText(id, 80))))}
      ${expiredAllowlist
        .slice(0, MAX_ENTRIES)
        .map(({ id, expires }) =>
          doubt(
            expires === undefined
              ? l10n.t('The allowlist entry {0} has ended.', toCellText(id, 80))
              : l10n.t('The allowlist entry {0} ended on {1}.', toCellText(id, 80), formatInstant(expires, locale, false)),
          ),
        )}
      ${
        shown.length === 0
          ? nothing
          : doubt(
              l10n.t(
                'The registry’s own scanner may see these on the other side of the line: {0}',
                `${shown.join(', ')}${more > 0 ? ` ${l10n.t('and {0} more', String(more))}` : ''}`,
              ),
            )
      }
    </ul>
  </section>`;
}

function doubt(text: string): TemplateResult {
  return html`<li class="row">${icon('question')}<span class="untrusted">${text}</span></li>`;
}

/** Returns whose scan decides in the end, in one line. */
export function scannerText({ name, version, dataFrom }: DecidingScanner, locale: string): string {
  const who = toCellText([name, version].filter((part) => part !== undefined).join(' '), 200);
  return dataFrom === undefined ? who : l10n.t('{0}, with data of {1}', who, formatInstant(dataFrom, locale, false));
}

/** Returns how a provider is called where people read it. */
export function providerWord(provider: string): string {
  switch (provider) {
    case 'policy-file':
      return l10n.t('Policy of this project');
    case 'harbor':
      return 'Harbor';
    case 'tcr':
      return 'Tencent TCR';
    case 'acr':
      return 'Alibaba ACR';
    case 'swr':
      return 'Huawei SWR';
    case 'xray':
      return 'JFrog Xray';
    case 'binary-authorization':
      return 'Google Binary Authorization';
    default:
      return toCellText(provider, 60);
  }
}

function shortWord(decision: PolicyDecisionKind): string {
  switch (decision) {
    case 'allow':
      return l10n.t('allows it');
    case 'block':
      return l10n.t('blocks it');
    case 'block-until-scanned':
      return l10n.t('blocks it until scanned');
    case 'unknown':
      return l10n.t('not known');
  }
}

function decisionIcon(decision: PolicyDecisionKind): 'check' | 'cross' | 'warning' | 'question' {
  switch (decision) {
    case 'allow':
      return 'check';
    case 'block':
      return 'cross';
    case 'block-until-scanned':
      return 'warning';
    case 'unknown':
      return 'question';
  }
}
