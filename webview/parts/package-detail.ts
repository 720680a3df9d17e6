import * as l10n from '@vscode/l10n';
import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { navigate } from '../events.ts';
import { noFilter } from '../model/findings.ts';
import type { LayerRow } from '../model/layers.ts';
import type { PackageRow } from '../model/packages.ts';
import { toCellText } from '../model/text.ts';
import { sharedStyles } from '../styles.ts';
import { findingsWord, layerWord } from '../words.ts';
import './copy-button.ts';
import { codeBlock } from './code-block.ts';
import { detailStyles } from './detail-styles.ts';
import { severityLabel } from './marks.ts';

const MAX_FILES = 50;

/** What the report says of one package. */
export class PackageDetail extends LitElement {
  static override properties = { row: { attribute: false }, layer: { attribute: false }, locale: { type: String } };
  static override styles = [sharedStyles, detailStyles];

  declare row: PackageRow;
  declare layer: LayerRow | undefined;
  declare locale: string;

  protected override render(): TemplateResult {
    const { item, findings, worst } = this.row;
    return html`<header>
        <div class="bar">
          <h2 tabindex="-1" class="untrusted">${toCellText(item.name)}</h2>
          <slot name="close"></slot>
        </div>
        <p class="untrusted number">${toCellText(item.version)}</p>
        ${item.configOnly === true ? html`<p class="quiet">${l10n.t('Removed: only its configuration files are left.')}</p>` : nothing}
        ${
          worst === undefined
            ? html`<p class="quiet">${l10n.t('No findings in this package.')}</p>`
            : html`<div class="row">
                ${severityLabel(worst)}<button class="link" @click=${this.showFindings}>${findingsWord(findings, this.locale)}</button>
              </div>`
        }
      </header>
      <section>
        <h3>${l10n.t('Package URL')}</h3>
        ${codeBlock(item.purl, this.locale)}
        <div class="row"><plimsoll-copy .text=${item.purl} .label=${l10n.t('Copy package URL')}></plimsoll-copy></div>
      </section>
      <section>
        <h3>${l10n.t('Facts')}</h3>
        <dl class="facts">
          ${fact(l10n.t('Type'), item.type)} ${fact(l10n.t('Architecture'), item.architecture)}
          ${fact(l10n.t('Source package'), item.sourcePackage === undefined ? undefined : `${item.sourcePackage.name} ${item.sourcePackage.version}`)}
          ${fact(l10n.t('Licences'), item.licenses?.join(', '))}
          <dt>${l10n.t('Layer')}</dt>
          <dd><button class="link" @click=${this.showLayer}>${layerWord(item.layer, this.locale)}</button></dd>
        </dl>
        ${this.layer === undefined || this.layer.createdBy === '' ? nothing : codeBlock(this.layer.createdBy, this.locale)}
      </section>
      ${
        item.files.length === 0
          ? nothing
          : html`<section>
              <h3>${l10n.t('Read from')}</h3>
              <ul>
                ${item.files.slice(0, MAX_FILES).map((file) => html`<li class="untrusted"><code>/${toCellText(file, 1000)}</code></li>`)}
              </ul>
            </section>`
      }`;
  }

  private readonly showFindings = (): void => {
    const purl = this.row.item.purl;
    navigate(this, (ui) => ({ ...ui, tab: 'findings', findingFilter: { ...noFilter, purl } }));
  };

  private readonly showLayer = (): void => {
    const layer = this.row.item.layer;
    navigate(this, (ui) => ({ ...ui, tab: 'layers', openLayer: layer }));
  };
}

function fact(name: string, value: string | undefined): TemplateResult | typeof nothing {
  if (value === undefined || value === '') return nothing;
  return html`<dt>${name}</dt>
    <dd>${toCellText(value, 600)}</dd>`;
}

customElements.define('plimsoll-package-detail', PackageDetail);
