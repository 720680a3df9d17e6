import * as l10n from '@vscode/l10n';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Finding, Remediation } from '../../src/foundation/model/finding.ts';
import { isWebUrl } from '../../src/protocol/validate-webview.ts';
import type { ReportActions } from '../../src/protocol/webview.ts';
import { navigate, post } from '../events.ts';
import { parseCvssVector } from '../model/cvss.ts';
import type { FindingRow } from '../model/findings.ts';
import type { LayerRow } from '../model/layers.ts';
import { formatBytes, toBlockText, toCellText } from '../model/text.ts';
import { sharedStyles } from '../styles.ts';
import { categoryWord, cvssWords, fixStatusWord, ignoredByWords, layerWord } from '../words.ts';
import './copy-button.ts';
import { codeBlock } from './code-block.ts';
import { detailStyles } from './detail-styles.ts';
import { evidenceOf } from './finding-evidence.ts';
import { icon, severityLabel } from './marks.ts';

/** References beyond this are advertising, or an attack on the page. */
const MAX_REFERENCES = 50;

/** Everything the report says of one finding, the fix first after what it means. */
export class FindingDetail extends LitElement {
  static override properties = {
    row: { attribute: false },
    layer: { attribute: false },
    actions: { attribute: false },
    locale: { type: String },
  };
  static override styles = [
    sharedStyles,
    detailStyles,
    css`
      .score {
        font-size: 1.3em;
        font-weight: 600;
      }
      .step {
        font-weight: 600;
      }
      .arrow {
        width: 0.9em;
        height: 0.9em;
        color: var(--quiet);
      }
    `,
  ];

  declare row: FindingRow;
  /** The layer that brought it in, when known. */
  declare layer: LayerRow | undefined;
  declare actions: ReportActions;
  declare locale: string;

  protected override render(): TemplateResult {
    const { finding } = this.row;
    return html`
      ${this.renderHead(finding)} ${this.renderIgnored()} ${this.renderMeaning(finding)} ${this.renderFix(finding)} ${this.renderOrigin(finding)}
      ${evidenceOf(finding, this.locale)} ${this.renderRating(finding)} ${this.renderReferences(finding)} ${this.renderCompliance(finding)}
      ${
        this.actions.ignore && this.row.ignoredBy === undefined
          ? html`<div class="row"><vscode-button secondary @click=${this.ignore}>${l10n.t('Ignore…')}</vscode-button></div>`
          : nothing
      }
    `;
  }

  private renderHead(finding: Finding): TemplateResult {
    const { blocking, allowlisted } = this.row;
    return html`<header>
      <div class="bar">
        <h2 tabindex="-1" class="untrusted">${toCellText(finding.id)}</h2>
        <slot name="close"></slot>
      </div>
      <p class="untrusted">${toCellText(finding.title, 600)}</p>
      <div class="row">
        ${severityLabel(finding.severity)}
        <span class="quiet">${categoryWord(finding.category)}</span>
        ${finding.kev === true ? html`<span class="tag bad">${icon('warning')}<span>${l10n.t('Known to be exploited')}</span></span>` : nothing}
        ${blocking ? html`<span class="tag bad">${icon('anchor')}<span>${l10n.t('Blocks the push')}</span></span>` : nothing}
        ${allowlisted ? html`<span class="tag good">${icon('check')}<span>${l10n.t('Allowlisted')}</span></span>` : nothing}
      </div>
    </header>`;
  }

  private renderIgnored(): TemplateResult | typeof nothing {
    const { ignoredBy } = this.row;
    if (ignoredBy === undefined) return nothing;
    const why = [ignoredBy.justification?.replaceAll('_', ' '), ignoredBy.reason].filter((part) => part !== undefined).join(': ');
    return html`<section>
      <h3>${l10n.t('Ignored')}</h3>
      <p class="untrusted">${toCellText(ignoredByWords(ignoredBy), 600)}</p>
      ${why === '' ? nothing : html`<p class="prose untrusted">${toBlockText(why, 4000).text}</p>`}
    </section>`;
  }

  private renderMeaning(finding: Finding): TemplateResult | typeof nothing {
    if (finding.impact === undefined && finding.description === undefined) return nothing;
    return html`<section>
      <h3>${l10n.t('What it means')}</h3>
      ${finding.impact === undefined ? nothing : html`<p class="prose untrusted">${toBlockText(finding.impact, 2000).text}</p>`}
      ${finding.description === undefined ? nothing : html`<p class="prose untrusted quiet">${toBlockText(finding.description, 6000).text}</p>`}
    </section>`;
  }

  private renderFix(finding: Finding): TemplateResult {
    const { package: item, remediation } = finding;
    return html`<section>
      <h3>${l10n.t('Fix')}</h3>
      ${
        item === undefined
          ? nothing
          : html`<p class="row number">
              <span class="untrusted step">${toCellText(item.name)}</span>
              <span class="untrusted">${toCellText(item.installedVersion)}</span>
              ${
                item.fixedVersion === undefined
                  ? html`<span class="quiet">${l10n.t('no fixed version')}</span>`
                  : html`<svg class="arrow" viewBox="0 0 16 16" role="img" aria-label=${l10n.t('fixed in')}>
                        <path d="M2 8h11M9 4l4 4-4 4" fill="none" stroke="currentColor" stroke-width="1.5" />
                      </svg>
                      <span class="untrusted step">${toCellText(item.fixedVersion)}</span>`
              }
            </p>`
      }
      ${remediation.map((step, index) => this.renderRemediation(step, finding, index === 0))}
      ${remediation.length === 0 ? html`<p class="quiet">${this.noFixText(finding)}</p>` : nothing}
    </section>`;
  }

  private noFixText(finding: Finding): string {
    return (finding.package === undefined ? undefined : fixStatusWord(finding.package.status)) ?? l10n.t('No fix is known yet.');
  }

  private renderRemediation(step: Remediation, finding: Finding, first: boolean): TemplateResult {
    const description = step.description === undefined ? nothing : html`<p class="untrusted">${toBlockText(step.description, 1000).text}</p>`;
    if (step.kind === 'manual')
      return html`<div class="fix">
        ${description}
        <p class="prose untrusted">${toBlockText(step.text, 4000).text}</p>
      </div>`;
    const label = step.kind === 'command' ? l10n.t('Copy fix command') : l10n.t('Copy Dockerfile lines');
    return html`<div class="fix">
      ${description} ${codeBlock(step.text, this.locale)}
      <div class="row">
        <plimsoll-copy .text=${step.text} .label=${label} ?primary=${first}></plimsoll-copy>
        ${
          step.kind === 'dockerfile' && this.actions.dockerfile
            ? html`<vscode-button
                secondary
                @click=${() => {
                  this.insert(step, finding);
                }}
                >${l10n.t('Insert in Dockerfile')}</vscode-button
              >`
            : nothing
        }
      </div>
    </div>`;
  }

  /** From the package down to the instruction that brought it in: why it is in the image. */
  private renderOrigin(finding: Finding): TemplateResult | typeof nothing {
    const { location, package: item } = finding;
    const instruction = location.createdBy ?? this.layer?.createdBy ?? '';
    if (item === undefined && location.path === undefined && location.layer === undefined && instruction === '') return nothing;
    return html`<section>
      <h3>${l10n.t('Why it is in the image')}</h3>
      <ol class="chain">
        ${item === undefined ? nothing : html`<li><span class="what">${l10n.t('Package')}</span><code>${toCellText(item.purl, 600)}</code></li>`}
        ${
          location.path === undefined
            ? nothing
            : html`<li>
                <span class="what">${l10n.t('File')}</span
                ><code>/${toCellText(location.path, 1000)}${location.line === undefined ? nothing : `:${location.line}`}</code>
                ${location.deletedLater === true ? html`<p>${l10n.t('A later layer removes it, but it can still be read from this one.')}</p>` : nothing}
              </li>`
        }
        ${
          location.layer === undefined
            ? nothing
            : html`<li>
                <span class="what">${l10n.t('Layer')}</span>
                <button
                  class="link"
                  @click=${() => {
                    this.showLayer(location.layer ?? 0);
                  }}
                >
                  ${layerWord(location.layer, this.locale)}
                </button>
                ${
                  this.layer === undefined || this.layer.layer.sizeBytes === 0
                    ? nothing
                    : html`<span class="quiet number">${formatBytes(this.layer.layer.sizeBytes, this.locale)}</span>`
                }
              </li>`
        }
        ${instruction === '' ? nothing : html`<li><span class="what">${l10n.t('Instruction')}</span>${codeBlock(instruction, this.locale)}</li>`}
      </ol>
      ${this.renderDockerfileLink(finding)}
    </section>`;
  }

  private renderDockerfileLink(finding: Finding): TemplateResult | typeof nothing {
    const range = finding.location.dockerfileRange;
    if (range === undefined || !this.actions.dockerfile) return nothing;
    return html`<div class="row">
      <vscode-button
        secondary
        @click=${() => {
          post(this, { type: 'open-dockerfile', range });
        }}
        >${l10n.t('Show line {0} of the Dockerfile', range.start.line + 1)}</vscode-button
      >
    </div>`;
  }

  private renderRating(finding: Finding): TemplateResult | typeof nothing {
    const { rating, epss } = finding;
    if (rating === undefined && epss === undefined) return nothing;
    const vector = rating?.cvssVector;
    const parsed = vector === undefined ? undefined : parseCvssVector(vector);
    return html`<section>
      <h3>${l10n.t('Rating')}</h3>
      ${
        rating?.score === undefined
          ? nothing
          : html`<p class="row">
              <span class="score number">${rating.score.toFixed(1)}</span>
              <span class="quiet untrusted">${this.scoreText(toCellText(rating.source, 60), parsed?.version)}</span>
            </p>`
      }
      <dl class="facts">
        ${
          epss === undefined
            ? nothing
            : html`<dt>${l10n.t('EPSS')}</dt>
                <dd class="number">${l10n.t('{0} chance of being exploited in the next 30 days', this.percent(epss))}</dd>`
        }
        ${parsed?.metrics.map((metric) => {
          const [name, value] = cvssWords(metric);
          return html`<dt>${name}</dt>
            <dd>${value}</dd>`;
        })}
        ${
          rating === undefined || rating.score !== undefined
            ? nothing
            : html`<dt>${l10n.t('Rated by')}</dt>
                <dd>${toCellText(rating.source, 60)}</dd>`
        }
      </dl>
      ${vector === undefined ? nothing : html`<code class="quiet untrusted">${breakable(toCellText(vector))}</code>`}
    </section>`;
  }

  private scoreText(source: string, version: string | undefined): string {
    return version === undefined ? l10n.t('of 10, rated by {0}', source) : l10n.t('of 10, CVSS {0}, rated by {1}', version, source);
  }

  private percent(part: number): string {
    return new Intl.NumberFormat(this.locale, { style: 'percent', maximumSignificantDigits: 2 }).format(part);
  }

  private renderReferences(finding: Finding): TemplateResult | typeof nothing {
    if (finding.references.length === 0) return nothing;
    return html`<section>
      <h3>${l10n.t('References')}</h3>
      <ul class="references">
        ${finding.references.slice(0, MAX_REFERENCES).map((url) => html`<li>${this.renderReference(url)}</li>`)}
      </ul>
    </section>`;
  }

  private renderReference(url: string): TemplateResult {
    // What cannot be opened is still shown: it is part of the evidence.
    if (!isWebUrl(url)) return html`<span class="untrusted quiet">${toCellText(url)}</span>`;
    return html`<button
      class="link"
      @click=${() => {
        post(this, { type: 'open-reference', url });
      }}
    >
      ${toCellText(url)}
    </button>`;
  }

  private renderCompliance(finding: Finding): TemplateResult | typeof nothing {
    if (finding.compliance.length === 0) return nothing;
    return html`<section>
      <h3>${l10n.t('Compliance')}</h3>
      <p class="untrusted">
        ${finding.compliance
          .slice(0, MAX_REFERENCES)
          .map((id) => toCellText(id, 80))
          .join(', ')}
      </p>
    </section>`;
  }

  private insert(step: Remediation, finding: Finding): void {
    const range = finding.location.dockerfileRange;
    post(this, { type: 'insert-in-dockerfile', text: step.text, findingId: finding.id, ...(range === undefined ? {} : { range }) });
  }

  private readonly ignore = (): void => {
    const { finding } = this.row;
    const { id, package: installed, location } = finding;
    post(this, {
      type: 'ignore',
      findingId: id,
      ...(installed === undefined ? (location.path === undefined ? {} : { path: location.path }) : { purl: installed.purl }),
    });
  };

  private showLayer(layer: number): void {
    navigate(this, (ui) => ({ ...ui, tab: 'layers', openLayer: layer }));
  }
}

/** A CVSS vector, with places at which a narrow page may break it. */
function breakable(vector: string): readonly (string | TemplateResult)[] {
  return vector.split('/').flatMap((metric, i) => (i === 0 ? [metric] : ['/', html`<wbr />`, metric]));
}

customElements.define('plimsoll-finding-detail', FindingDetail);
