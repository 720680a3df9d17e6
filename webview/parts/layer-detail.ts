import * as l10n from '@vscode/l10n';
import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { navigate } from '../events.ts';
import { noFilter } from '../model/findings.ts';
import type { LayerRow } from '../model/layers.ts';
import { formatBytes } from '../model/text.ts';
import { sharedStyles } from '../styles.ts';
import { findingsWord, layerWord, packagesWord } from '../words.ts';
import './copy-button.ts';
import { codeBlock } from './code-block.ts';
import { detailStyles } from './detail-styles.ts';
import { severityLabel } from './marks.ts';

/** What the report says of one layer. */
export class LayerDetail extends LitElement {
  static override properties = { row: { attribute: false }, locale: { type: String } };
  static override styles = [sharedStyles, detailStyles];

  declare row: LayerRow;
  declare locale: string;

  protected override render(): TemplateResult {
    const { index, layer, createdBy, packages, findings, worst } = this.row;
    return html`<header>
        <div class="bar">
          <h2 tabindex="-1">${layerWord(index, this.locale)}</h2>
          <slot name="close"></slot>
        </div>
        <p class="row number">
          <span>${layer.sizeBytes === 0 ? l10n.t('size not known') : formatBytes(layer.sizeBytes, this.locale)}</span>
          ${
            packages === 0
              ? html`<span class="quiet">${l10n.t('no packages')}</span>`
              : html`<button class="link" @click=${this.showPackages}>${packagesWord(packages, this.locale)}</button>`
          }
          ${
            findings === 0
              ? html`<span class="quiet">${l10n.t('no findings')}</span>`
              : html`<button class="link" @click=${this.showFindings}>${findingsWord(findings, this.locale)}</button>`
          }
        </p>
        ${worst === undefined ? nothing : html`<p class="row"><span class="quiet">${l10n.t('Worst finding')}</span>${severityLabel(worst)}</p>`}
      </header>
      <section>
        <h3>${l10n.t('Instruction')}</h3>
        ${createdBy === '' ? html`<p class="quiet">${l10n.t('The image does not say what made this layer.')}</p>` : codeBlock(createdBy, this.locale)}
      </section>
      <section>
        <h3>${l10n.t('Identity')}</h3>
        <dl class="facts">
          ${
            layer.digest === undefined
              ? nothing
              : html`<dt>${l10n.t('Digest')}</dt>
                  <dd class="mono">${layer.digest}</dd>`
          }
          <dt>${l10n.t('Diff ID')}</dt>
          <dd class="mono">${layer.diffId}</dd>
        </dl>
      </section>`;
  }

  private readonly showPackages = (): void => {
    const layer = this.row.index;
    navigate(this, (ui) => ({ ...ui, tab: 'packages', packageFilter: { text: '', layer } }));
  };

  private readonly showFindings = (): void => {
    const layer = this.row.index;
    navigate(this, (ui) => ({ ...ui, tab: 'findings', findingFilter: { ...noFilter, layer } }));
  };
}

customElements.define('plimsoll-layer-detail', LayerDetail);
