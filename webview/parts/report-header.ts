import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Problem } from '../../src/foundation/model/problem.ts';
import type { ExportFormat, ReportActions } from '../../src/protocol/webview.ts';
import { announce, navigate, post } from '../events.ts';
import type { Summary } from '../model/summary.ts';
import { formatBytes, formatCount, formatInstant, shortenDigest, toCellText } from '../model/text.ts';
import type { Remark } from '../model/remarks.ts';
import { sharedStyles } from '../styles.ts';
import { layersWord, packagesWord } from '../words.ts';
import './copy-button.ts';
import { icon } from './marks.ts';
import { reportHeaderStyles } from './report-header-styles.ts';

/** Which image, when, against what, and whether all of it could be read. */
export class ReportHeader extends LitElement {
  static override properties = {
    summary: { attribute: false },
    problems: { attribute: false },
    remarks: { attribute: false },
    scannedAt: { type: String },
    layerCount: { type: Number },
    packageCount: { type: Number },
    actions: { attribute: false },
    checking: { type: Boolean },
    busy: { type: Boolean },
    problemsOpen: { type: Boolean },
    locale: { type: String },
    exporting: { state: true },
    digestCopied: { state: true },
  };
  static override styles = [sharedStyles, reportHeaderStyles];

  declare summary: Summary;
  declare problems: readonly Problem[];
  declare remarks: readonly Remark[];
  declare scannedAt: string;
  declare layerCount: number;
  declare packageCount: number;
  declare actions: ReportActions;
  declare checking: boolean;
  declare busy: boolean;
  declare problemsOpen: boolean;
  declare locale: string;
  declare exporting: boolean;
  declare digestCopied: boolean;

  constructor() {
    super();
    this.exporting = false;
    this.digestCopied = false;
  }

  protected override render(): TemplateResult {
    const { summary } = this;
    return html`<div class="bar">
        <h1 class="untrusted">${toCellText(summary.reference ?? summary.digest ?? l10n.t('Image without a name'), 400)}</h1>
        <div class="row">${this.renderButtons()}</div>
      </div>
      <ul class="facts number">
        ${this.renderFacts().map((fact) => html`<li>${fact}</li>`)}
      </ul>
      <div class="row state">${this.renderCompleteness()} ${this.renderAdvisories()}</div>
      ${this.renderRemarks()} ${this.problemsOpen && this.problems.length > 0 ? this.renderProblems() : nothing}`;
  }

  private renderRemarks(): TemplateResult | typeof nothing {
    if (this.remarks.length === 0) return nothing;
    return html`<ul class="remarks">
      ${this.remarks.map(({ text, caution }) => html`<li>${icon(caution ? 'warning' : 'question')}<span class=${caution ? '' : 'quiet'}>${text}</span></li>`)}
    </ul>`;
  }

  private renderFacts(): readonly unknown[] {
    const { summary, locale } = this;
    const facts: unknown[] = [];
    if (summary.digest !== undefined) facts.push(this.renderDigest(summary.digest));
    facts.push(toCellText(summary.platform, 80));
    if (summary.distro !== undefined) facts.push(toCellText(summary.distro, 80));
    facts.push(this.sizeText(), layersWord(this.layerCount, locale), packagesWord(this.packageCount, locale));
    facts.push(l10n.t('scanned {0}', formatInstant(this.scannedAt, locale, true)));
    return facts;
  }

  private renderDigest(digest: string): TemplateResult {
    return html`<button
        class="link mono"
        title=${digest}
        aria-label=${l10n.t('Copy digest {0}', digest)}
        @click=${() => {
          post(this, { type: 'copy', text: digest });
          announce(this, l10n.t('Copied to the clipboard'));
          this.digestCopied = true;
        }}
      >
        ${shortenDigest(digest)}</button
      >${this.digestCopied ? html` ${icon('check')}${l10n.t('Copied')}` : nothing}`;
  }

  private sizeText(): string {
    const { sizeBytes, layersOfUnknownSize } = this.summary;
    if (sizeBytes === 0) return l10n.t('size not known');
    const size = formatBytes(sizeBytes, this.locale);
    return layersOfUnknownSize === 0 ? size : l10n.t('at least {0}', size);
  }

  private renderCompleteness(): TemplateResult {
    if (!this.summary.partial)
      return html`<span class="tag good"
        >${icon('check')}<span
          >${this.summary.readElsewhere ? l10n.t('Complete: the whole image was read, elsewhere') : l10n.t('Complete: the whole image was read')}</span
        ></span
      >`;
    if (this.problems.length === 0) return html`<span class="tag caution">${icon('warning')}<span>${l10n.t('Partial')}</span></span>`;
    const count = this.problems.length;
    return html`<button
      class="disclosure"
      aria-expanded=${this.problemsOpen ? 'true' : 'false'}
      aria-controls="problems"
      @click=${this.toggleProblems}
    >
      ${icon('warning')}${
        count === 1 ? l10n.t('Partial: 1 thing could not be read') : l10n.t('Partial: {0} things could not be read', formatCount(count, this.locale))
      }${icon('chevron')}
    </button>`;
  }

  private renderProblems(): TemplateResult {
    return html`<ul class="problems" id="problems" tabindex="0" aria-label=${l10n.t('What could not be read')}>
      ${this.problems.map(
        (problem) =>
          html`<li>
            ${toCellText(problem.message, 1000)}${problem.path === undefined ? nothing : html` <code class="quiet">/${toCellText(problem.path)}</code>`}
          </li>`,
      )}
    </ul>`;
  }

  private renderAdvisories(): TemplateResult {
    const { source, builtAt, full, ageDays, stale } = this.summary.advisories;
    const built = formatInstant(builtAt, this.locale, false);
    const age = ageDays === undefined ? '' : ageDays === 1 ? l10n.t('1 day old') : l10n.t('{0} days old', formatCount(ageDays, this.locale));
    const dated = stale && age !== '' ? l10n.t('built {0}, {1}', built, age) : l10n.t('built {0}', built);
    const text = full ? l10n.t('Advisories: {0}, {1}', toCellText(source, 120), dated) : l10n.t('Advisories {0}', dated);
    const update =
      this.actions.updateAdvisories && (!full || stale)
        ? html`<button class="link" @click=${this.updateAdvisories}>${l10n.t('Update advisories')}</button>`
        : nothing;
    return html`<span class="advice">
      ${full ? nothing : html`<strong>${icon('warning')} ${l10n.t('Starter set: not complete coverage')}</strong>`}
      <span class="quiet untrusted">${text}</span> ${update}
    </span>`;
  }

  private renderButtons(): TemplateResult {
    const { actions } = this;
    return html`
      ${
        actions.checkPush
          ? html`<vscode-button ?disabled=${this.checking || this.busy} @click=${this.checkPush}
              >${this.checking ? l10n.t('Checking…') : l10n.t('Check push')}</vscode-button
            >`
          : nothing
      }
      ${actions.rescan ? html`<vscode-button secondary ?disabled=${this.busy} @click=${this.rescan}>${l10n.t('Scan again')}</vscode-button>` : nothing}
      ${actions.exportFormats.length === 0 ? nothing : this.renderExport(actions.exportFormats)}
    `;
  }

  private renderExport(formats: readonly ExportFormat[]): TemplateResult {
    return html`<div class="exports" @keydown=${this.onExportKey} @focusout=${this.onExportFocusOut}>
      <vscode-button secondary aria-haspopup="menu" aria-expanded=${this.exporting ? 'true' : 'false'} @click=${this.toggleExport}
        ><span class="face">${l10n.t('Export')}${icon('chevron')}</span></vscode-button
      >
      ${
        this.exporting
          ? html`<div class="menu" role="menu" aria-label=${l10n.t('Export')}>
              ${formats.map(
                (format) =>
                  html`<button
                    role="menuitem"
                    tabindex="-1"
                    @click=${() => {
                      this.exportAs(format);
                    }}
                  >
                    ${formatWord(format)}
                  </button>`,
              )}
            </div>`
          : nothing
      }
    </div>`;
  }

  private readonly checkPush = (): void => {
    post(this, { type: 'check-push' });
  };

  private readonly rescan = (): void => {
    post(this, { type: 'rescan' });
  };

  private readonly updateAdvisories = (): void => {
    post(this, { type: 'update-advisories' });
  };

  private readonly toggleProblems = (): void => {
    navigate(this, (ui) => ({ ...ui, problemsOpen: !ui.problemsOpen }));
  };

  private readonly toggleExport = (): void => {
    this.exporting = !this.exporting;
    if (this.exporting) void this.updateComplete.then(() => this.menuItems()[0]?.focus());
  };

  private exportAs(format: ExportFormat): void {
    this.closeExport();
    post(this, { type: 'export', format });
  }

  private closeExport(): void {
    this.exporting = false;
    this.renderRoot.querySelector<HTMLElement>('.exports vscode-button')?.focus();
  }

  private menuItems(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  }

  private readonly onExportKey = (event: KeyboardEvent): void => {
    if (!this.exporting) return;
    const items = this.menuItems();
    const at = items.findIndex((item) => item.matches(':focus'));
    if (event.key === 'Escape') this.closeExport();
    else if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus();
    else if (event.key === 'ArrowUp') items[(at - 1 + items.length) % items.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private readonly onExportFocusOut = (event: FocusEvent): void => {
    if (event.relatedTarget instanceof Node && (event.currentTarget as HTMLElement).contains(event.relatedTarget)) return;
    this.exporting = false;
  };
}

/** The formats' own names: not translated. */
function formatWord(format: ExportFormat): string {
  const names: Readonly<Record<ExportFormat, string>> = {
    sarif: 'SARIF',
    cyclonedx: 'CycloneDX',
    spdx: 'SPDX',
    openvex: 'OpenVEX',
    html: 'HTML',
    junit: 'JUnit',
    json: 'JSON',
  };
  return names[format];
}

customElements.define('plimsoll-header', ReportHeader);
