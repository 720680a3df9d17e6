import * as l10n from '@vscode/l10n';
import { LitElement, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { PolicyDecision } from '../../src/foundation/model/policy.ts';
import type { HostToWebview, L10nBundle, ReportMessage } from '../../src/protocol/webview.ts';
import { AnnounceEvent, HostEvent, NavigateEvent } from '../events.ts';
import type { Host } from '../host.ts';
import { toLoadLine } from '../model/load-line.ts';
import { toLocale } from '../model/text.ts';
import { initialUiState, restoreUiState, toStoredState } from '../model/ui-state.ts';
import type { Tab, UiState } from '../model/ui-state.ts';
import { toViewModel } from '../model/view-model.ts';
import type { ViewModel } from '../model/view-model.ts';
import { sharedStyles } from '../styles.ts';
import { verdictWord } from '../words.ts';
import './findings-view.ts';
import './layers-view.ts';
import './load-line.ts';
import './packages-view.ts';
import './policy-view.ts';
import './report-header.ts';
import { renderBanner, renderWaiting } from './report-progress.ts';
import type { ScanState } from './report-progress.ts';
import { reportStyles } from './report-styles.ts';
import { renderTabs } from './report-tabs.ts';
import type { TabEntry } from './report-tabs.ts';

/** Below this many CSS pixels a detail covers the list instead of standing beside it; at 200 % zoom a page has half its pixels. */
const NARROW_QUERY = '(max-width: 860px)';

/** The page. Holds the only state; the parts get what they show and send events back. */
export class PlimsollReport extends LitElement {
  static override properties = {
    message: { state: true },
    decision: { state: true },
    checking: { state: true },
    progress: { state: true },
    failure: { state: true },
    ui: { state: true },
    narrow: { state: true },
    spoken: { state: true },
  };
  static override styles = [sharedStyles, reportStyles];

  declare message: ReportMessage | undefined;
  declare decision: PolicyDecision | undefined;
  declare checking: boolean;
  declare progress: ScanState['progress'];
  declare failure: string | undefined;
  declare ui: UiState;
  declare narrow: boolean;
  declare spoken: string;

  /** Set by main.ts before the page is asked for anything. */
  private host: Host | undefined;
  private locale = 'en';
  private model: ViewModel | undefined;
  private readonly narrowMedia = window.matchMedia(NARROW_QUERY);

  constructor() {
    super();
    this.message = undefined;
    this.decision = undefined;
    this.checking = false;
    this.progress = undefined;
    this.failure = undefined;
    this.ui = initialUiState;
    this.narrow = this.narrowMedia.matches;
    this.spoken = '';
    this.addEventListener(HostEvent.type, (event) => {
      if (event instanceof HostEvent) this.host?.post(event.message);
    });
    this.addEventListener(NavigateEvent.type, (event) => {
      if (event instanceof NavigateEvent) this.navigate(event.change);
    });
    this.addEventListener(AnnounceEvent.type, (event) => {
      if (event instanceof AnnounceEvent) this.say(event.text);
    });
    this.narrowMedia.addEventListener('change', () => {
      this.narrow = this.narrowMedia.matches;
    });
  }

  /** Begins to listen to the host, and tells it so. */
  connectTo(host: Host): void {
    this.host = host;
    host.listen((message) => {
      this.receive(message);
    });
    host.post({ type: 'ready' });
  }

  private receive(message: HostToWebview): void {
    switch (message.type) {
      case 'report':
        this.useLanguage(message.l10n, message.locale);
        this.show(message);
        return;
      case 'policy':
        this.checking = message.checking;
        if (!message.checking) this.decision = message.decision;
        this.say(message.checking ? l10n.t('Asking the registry…') : verdictWord(toLoadLine([], message.decision).verdict));
        return;
      case 'scan-progress':
        this.useLanguage(message.l10n, message.locale);
        this.failure = undefined;
        this.progress = message;
        return;
      case 'scan-failed':
        this.progress = undefined;
        this.failure = message.message;
        return;
    }
  }

  private useLanguage(bundle: L10nBundle | undefined, locale: string | undefined): void {
    if (bundle !== undefined) l10n.config({ contents: bundle as Record<string, string | { message: string; comment: string[] }> });
    if (locale === undefined) return;
    this.locale = toLocale(locale);
    document.documentElement.lang = this.locale;
  }

  private show(message: ReportMessage): void {
    if (this.message?.key !== message.key) this.ui = restoreUiState(this.host?.readState(), message.key);
    this.message = message;
    this.decision = message.decision;
    this.checking = false;
    this.progress = undefined;
    this.failure = undefined;
    this.store();
  }

  private navigate(change: (ui: UiState) => UiState): void {
    const before = this.ui.tab;
    this.ui = change(this.ui);
    this.store();
    // A link from one tab to another would leave the focus on nothing.
    if (before !== this.ui.tab)
      void this.updateComplete.then(() => {
        this.beginTab(this.ui.tab);
      });
  }

  private store(): void {
    if (this.message !== undefined) this.host?.writeState(toStoredState(this.message.key, this.ui));
  }

  /** Says the same text again when asked to: a live region is silent when nothing in it changes. */
  private say(text: string): void {
    this.spoken = this.spoken === text ? `${text}\u00A0` : text;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.message === undefined) return;
    const { report } = this.message;
    const known = changed.has('message') ? undefined : this.model;
    if (known !== undefined && !changed.has('decision')) return;
    this.model = toViewModel(report, this.decision, this.locale, known);
  }

  protected override render(): TemplateResult {
    return html`<main>${this.renderPage()}</main>
      <div class="visually-hidden" role="status" aria-live="polite">${this.spoken}</div>`;
  }

  private renderPage(): TemplateResult {
    const { message, model } = this;
    if (message === undefined || model === undefined) return renderWaiting(this);
    const { report, actions } = message;
    return html`<div class="top">
        ${renderBanner(this)}
        <plimsoll-header
          .summary=${model.summary}
          .problems=${report.problems}
          .remarks=${model.remarks}
          .scannedAt=${message.scannedAt}
          .layerCount=${report.image.layers.length}
          .packageCount=${report.packages.length}
          .actions=${actions}
          .checking=${this.checking}
          .busy=${this.progress !== undefined}
          .problemsOpen=${this.ui.problemsOpen}
          .locale=${this.locale}
        ></plimsoll-header>
        <plimsoll-load-line
          .loadLine=${model.loadLine}
          .decision=${this.decision}
          .canCheck=${actions.checkPush}
          .locale=${this.locale}
        ></plimsoll-load-line>
      </div>
      ${renderTabs(this.tabs(model), this.tab(), this.locale, (tab) => {
        this.navigate((ui) => ({ ...ui, tab }));
      })}
      <div role="tabpanel" id="panel" aria-labelledby="tab-${this.tab()}">${this.renderTab(this.tab(), model, message)}</div>`;
  }

  /** The tabs that have something to show. */
  private tabs(model: ViewModel): readonly TabEntry[] {
    const policy = this.decision !== undefined || this.checking || this.message?.actions.checkPush === true;
    return [
      { tab: 'findings', label: l10n.t('Findings'), count: model.findings.filter(({ ignoredBy }) => ignoredBy === undefined).length },
      ...(model.packages.length > 0 ? [{ tab: 'packages' as const, label: l10n.t('Packages'), count: model.packages.length }] : []),
      ...(model.layers.length > 0 ? [{ tab: 'layers' as const, label: l10n.t('Layers'), count: model.layers.length }] : []),
      ...(policy ? [{ tab: 'policy' as const, label: l10n.t('Policy') }] : []),
    ];
  }

  /** The tab on show: the chosen one, or the first when this report has none of that kind. */
  private tab(): Tab {
    return this.model !== undefined && this.tabs(this.model).some(({ tab }) => tab === this.ui.tab) ? this.ui.tab : 'findings';
  }

  private renderTab(tab: Tab, model: ViewModel, { report, actions }: ReportMessage): TemplateResult {
    const { ui, narrow, locale } = this;
    switch (tab) {
      case 'findings':
        return html`<plimsoll-findings
          .rows=${model.findings}
          .layers=${model.layers}
          .summary=${model.summary}
          .problemCount=${report.problems.length}
          .actions=${actions}
          .ui=${ui}
          .narrow=${narrow}
          .locale=${locale}
        ></plimsoll-findings>`;
      case 'packages':
        return html`<plimsoll-packages
          .rows=${model.packages}
          .layers=${model.layers}
          .ui=${ui}
          .narrow=${narrow}
          .locale=${locale}
        ></plimsoll-packages>`;
      case 'layers':
        return html`<plimsoll-layers .rows=${model.layers} .ui=${ui} .narrow=${narrow} .locale=${locale}></plimsoll-layers>`;
      case 'policy':
        return html`<plimsoll-policy
          .decision=${this.decision}
          .checking=${this.checking}
          .findings=${model.findings.map(({ finding }) => finding)}
          .actions=${actions}
          .locale=${locale}
        ></plimsoll-policy>`;
    }
  }

  /** Focuses the tab, and goes to the top of what it shows when the page was scrolled into the list before. */
  private beginTab(tab: Tab): void {
    this.renderRoot.querySelector<HTMLElement>(`#tab-${tab}`)?.focus({ preventScroll: true });
    const top = this.renderRoot.querySelector<HTMLElement>('.top')?.offsetHeight ?? 0;
    if (window.scrollY > top) window.scrollTo({ top, behavior: 'instant' });
  }
}

customElements.define('plimsoll-report', PlimsollReport);
