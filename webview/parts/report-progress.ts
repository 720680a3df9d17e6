import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { toBlockText, toCellText } from '../model/text.ts';
import { icon } from './marks.ts';

/** How far a scan is; neither when none goes on. */
export interface ScanState {
  readonly progress: { readonly message: string; readonly percent?: number } | undefined;
  readonly failure: string | undefined;
}

/** Returns the page before there is a report. */
export function renderWaiting(state: ScanState): TemplateResult {
  const { progress, failure } = state;
  if (failure !== undefined) return html`<div class="waiting">${renderBanner(state)}</div>`;
  return html`<div class="waiting" aria-busy="true">
    <h1>${progress === undefined ? l10n.t('Opening the report…') : l10n.t('Scanning…')}</h1>
    ${progress === undefined ? nothing : html`<p class="quiet untrusted">${toCellText(progress.message, 400)}</p>`} ${renderProgressBar(state)}
  </div>`;
}

/** Returns what is said above a report while it is made anew, or when that failed. */
export function renderBanner(state: ScanState): TemplateResult | typeof nothing {
  const { progress, failure } = state;
  if (failure !== undefined) {
    return html`<div class="banner failed" role="alert">
      ${icon('warning')}<span class="text untrusted">${toBlockText(failure, 2000).text}</span>
    </div>`;
  }
  if (progress === undefined) return nothing;
  return html`<div class="banner">
      <span class="text untrusted">${toCellText(progress.message, 400)}</span>
    </div>
    ${renderProgressBar(state)}`;
}

function renderProgressBar({ progress }: ScanState): TemplateResult {
  const percent = progress?.percent;
  return html`<vscode-progress-bar
    aria-label=${l10n.t('Scan progress')}
    ?indeterminate=${percent === undefined}
    .value=${percent ?? 0}
    .max=${100}
  ></vscode-progress-bar>`;
}
