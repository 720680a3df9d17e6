import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatCount } from '../model/text.ts';
import type { Tab } from '../model/ui-state.ts';

export interface TabEntry {
  readonly tab: Tab;
  readonly label: string;
  readonly count?: number;
}

/** Returns the bar of tabs: one stop of the tab key, and arrows between them. The panel they switch has the id `panel`. */
export function renderTabs(entries: readonly TabEntry[], shown: Tab, locale: string, choose: (tab: Tab) => void): TemplateResult {
  const onKey = (event: KeyboardEvent): void => {
    const tab = nextTab(entries, shown, event.key);
    if (tab === undefined) return;
    event.preventDefault();
    choose(tab);
  };
  return html`<div role="tablist" aria-label=${l10n.t('Report')} @keydown=${onKey}>
    ${entries.map(
      ({ tab, label, count }) =>
        html`<button
          role="tab"
          id="tab-${tab}"
          aria-controls="panel"
          aria-selected=${tab === shown ? 'true' : 'false'}
          tabindex=${tab === shown ? '0' : '-1'}
          @click=${() => {
            choose(tab);
          }}
        >
          ${label}${count === undefined ? nothing : html`<span class="count">${formatCount(count, locale)}</span>`}
        </button>`,
    )}
  </div>`;
}

function nextTab(entries: readonly TabEntry[], shown: Tab, key: string): Tab | undefined {
  const at = entries.findIndex(({ tab }) => tab === shown);
  const next = { ArrowRight: (at + 1) % entries.length, ArrowLeft: (at - 1 + entries.length) % entries.length, Home: 0, End: entries.length - 1 }[
    key
  ];
  return next === undefined ? undefined : entries[next]?.tab;
}
