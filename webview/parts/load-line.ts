import * as l10n from '@vscode/l10n';
import { LitElement, css, html, nothing, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import { toSentence } from '../../src/foundation/base/sentence.ts';
import type { PolicyDecision } from '../../src/foundation/model/policy.ts';
import { severityRank } from '../../src/foundation/model/severity.ts';
import { registryNamespaceOf, shapeLoadLine } from '../model/load-line.ts';
import type { Deck, DeckShape, LoadLine, LoadLineShape, Verdict } from '../model/load-line.ts';
import { formatCount, toBlockText, toCellText } from '../model/text.ts';
import { sharedStyles } from '../styles.ts';
import { findingsWord, severityWord, verdictWord } from '../words.ts';
import { icon, severityShape } from './marks.ts';
import type { IconName } from './marks.ts';

const FIRST_WIDTH = 560;

/** The drawing that says at one glance whether the image may leave port, with the same in words for those who do not see it. */
export class LoadLineView extends LitElement {
  static override properties = {
    loadLine: { attribute: false },
    decision: { attribute: false },
    canCheck: { type: Boolean },
    locale: { type: String },
    width: { state: true },
  };
  static override styles = [
    sharedStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(230px, 1fr) minmax(0, 1.7fr);
        gap: 12px 28px;
        align-items: center;
        padding: 12px 16px;
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--vscode-editorWidget-background);
      }
      .verdict {
        display: grid;
        gap: 6px;
      }
      .verdict h2 {
        display: flex;
        align-items: center;
        gap: 10px;
        font-size: 1.45em;
        line-height: 1.25;
      }
      .verdict h2 .icon {
        width: 1.3em;
        height: 1.3em;
      }
      .may-leave .icon {
        color: var(--good);
      }
      .held .icon,
      .held-until-scanned .icon {
        color: var(--bad);
      }
      .unknown .icon {
        color: var(--caution);
      }
      .unread .icon {
        color: var(--quiet);
      }
      figure {
        min-width: 0;
      }
      svg.ship {
        display: block;
        width: 100%;
        overflow: visible;
      }
      text {
        font-family: var(--vscode-font-family);
        font-size: 12px;
        fill: var(--vscode-foreground);
        dominant-baseline: central;
        font-variant-numeric: tabular-nums;
      }
      text.count {
        font-weight: 600;
      }
      text.zero,
      .note {
        fill: var(--quiet);
        font-weight: normal;
      }
      .hull {
        fill: var(--vscode-editor-background);
        stroke: var(--quiet);
        stroke-width: 1.5;
      }
      .house {
        fill: none;
        stroke: var(--quiet);
        stroke-width: 1.5;
        stroke-linejoin: round;
      }
      .above {
        fill: var(--good);
        opacity: 0.1;
      }
      .below {
        fill: var(--bad);
        opacity: 0.14;
      }
      .deck {
        stroke: var(--quiet);
        opacity: 0.28;
      }
      .load {
        stroke: var(--vscode-foreground);
        stroke-width: 2;
        fill: none;
      }
      .load.guess {
        stroke: var(--quiet);
        stroke-dasharray: 6 5;
      }
      .cargo-held {
        fill: var(--bad);
      }
      .cargo-cleared {
        fill: var(--good);
      }
      .cargo-exempt,
      .cargo-unjudged {
        fill: none;
        stroke: currentColor;
        stroke-width: 1.2;
      }
      .cargo-exempt {
        color: var(--good);
        stroke-dasharray: 3 2;
      }
      .cargo-unjudged {
        color: var(--quiet);
      }
      .unjudged .cargo-unjudged {
        fill: color-mix(in srgb, var(--quiet) 38%, transparent);
      }
      figcaption {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 14px;
        margin-top: 6px;
        font-size: 0.92em;
        color: var(--quiet);
      }
      figcaption span {
        display: inline-flex;
        align-items: center;
        gap: 5px;
      }
      .swatch {
        width: 18px;
        height: 10px;
        flex: none;
        overflow: visible;
      }
      @container page (max-width: 720px) {
        :host {
          grid-template-columns: minmax(0, 1fr);
          padding: 12px;
        }
      }
    `,
  ];

  declare loadLine: LoadLine;
  declare decision: PolicyDecision | undefined;
  /** The registry can be asked. */
  declare canCheck: boolean;
  declare locale: string;
  declare width: number;
  private observer: ResizeObserver | undefined;

  constructor() {
    super();
    this.canCheck = false;
    this.locale = 'en';
    this.width = FIRST_WIDTH;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer?.disconnect();
    this.observer = undefined;
  }

  protected override updated(): void {
    const figure = this.renderRoot.querySelector('figure');
    if (this.observer !== undefined || figure === null) return;
    this.observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) this.width = entry.contentRect.width;
    });
    this.observer.observe(figure);
  }

  protected override render(): TemplateResult {
    const shape = shapeLoadLine(this.loadLine, this.width);
    const { verdict } = this.loadLine;
    return html`<div class="verdict ${verdict}">
        <h2>${icon(verdictIcon(verdict))}<span>${verdictWord(verdict)}</span></h2>
        <p class="untrusted">${this.reason()}</p>
        <p class="quiet untrusted">${this.levelText()}</p>
        <slot></slot>
      </div>
      <figure>
        <svg
          class="ship"
          role="img"
          aria-label=${this.describe()}
          width=${shape.width}
          height=${shape.height}
          viewBox="0 0 ${shape.width} ${shape.height}"
        >
          ${this.renderShip(shape)}
        </svg>
        <figcaption aria-hidden="true">${this.renderLegend(shape)}</figcaption>
      </figure>`;
  }

  private reason(): string {
    if (this.decision !== undefined) return toBlockText(toSentence(this.decision.reason), 600).text;
    return this.canCheck
      ? l10n.t('Nobody has asked the registry what it blocks. Check the push to draw the line.')
      : l10n.t('This image has no name in a registry, so there is no policy to hold it against.');
  }

  /** What the line means, in words. */
  private levelText(): string {
    const { blocksFrom } = this.loadLine;
    const { decision } = this;
    if (decision === undefined) return l10n.t('The line is dashed: no level is known.');
    const where = toCellText(registryNamespaceOf(decision.reference));
    if (decision.decision === 'unknown' || decision.provider === 'none') return l10n.t('The policy of {0} is not known.', where);
    if (!decision.policy.enabled) return l10n.t('{0} draws no line: its policy blocks nothing.', where);
    if (blocksFrom === undefined) return l10n.t('{0} words its level as “{1}”.', where, toCellText(decision.policy.severity, 60));
    return severityRank(blocksFrom) === 0
      ? l10n.t('Load line of {0}: critical findings are held.', where)
      : l10n.t('Load line of {0}: {1} and worse are held.', where, severityWord(blocksFrom).toLocaleLowerCase(this.locale));
  }

  /** The drawing as text. */
  private describe(): string {
    const decks = [...this.loadLine.decks]
      .reverse()
      .filter((deck) => deck.total > 0)
      .map((deck) => {
        const note = this.deckNote(deck);
        const count = `${severityWord(deck.severity)}: ${findingsWord(deck.total, this.locale)}`;
        return note === undefined ? count : `${count} (${note})`;
      });
    const cargo = decks.length === 0 ? l10n.t('No cargo: no findings.') : `${decks.join('; ')}.`;
    return `${verdictWord(this.loadLine.verdict)}. ${this.levelText()} ${cargo}`;
  }

  private deckNote(deck: Deck): string | undefined {
    const number = (count: number): string => formatCount(count, this.locale);
    const { total, held, exempt } = deck;
    const unjudged = this.loadLine.policyKnown ? deck.unjudged : 0;
    // The deck's own count stands before the note: no need to say it twice.
    if (total > 0 && held === total) return l10n.t('held');
    if (total > 0 && exempt === total) return l10n.t('allowlisted');
    if (total > 0 && unjudged === total) return l10n.t('not judged');
    const parts: string[] = [];
    if (held > 0) parts.push(l10n.t('{0} held', number(held)));
    if (exempt > 0) parts.push(l10n.t('{0} allowlisted', number(exempt)));
    if (unjudged > 0) parts.push(l10n.t('{0} not judged', number(unjudged)));
    return parts.length === 0 ? undefined : parts.join(', ');
  }

  private renderShip(shape: LoadLineShape): SVGTemplateResult {
    const { line } = shape;
    const known = line.known;
    const right = line.right - 22;
    const off = this.loadLine.policyKnown && this.decision?.policy.enabled === false;
    return svg`
      <defs><clipPath id="hull"><path d=${shape.hull}></path></clipPath></defs>
      <path class="house" d=${housePath(shape)}></path>
      <path class="hull" d=${shape.hull}></path>
      ${
        known
          ? svg`<g clip-path="url(#hull)">
              <rect class="above" x="0" y="0" width=${shape.width} height=${line.y}></rect>
              <rect class="below" x="0" y=${line.y} width=${shape.width} height=${shape.height - line.y}></rect>
            </g>`
          : nothing
      }
      ${shape.decks.map((deck) => this.renderDeck(deck, shape))}
      ${
        off
          ? nothing
          : svg`<g class="mark">
              <path class="load ${known ? '' : 'guess'}" d="M ${line.left - 10} ${line.y} H ${line.right + 10}"></path>
              <circle class="load ${known ? '' : 'guess'}" cx=${right} cy=${line.y} r="8"></circle>
            </g>`
      }`;
  }

  private renderDeck({ deck, centreY, top, boxes }: DeckShape, shape: LoadLineShape): SVGTemplateResult {
    const note = shape.countNotes ? this.deckNote(deck) : undefined;
    const count = formatCount(deck.total, this.locale);
    const zero = deck.total === 0;
    return svg`<g class=${this.loadLine.policyKnown ? '' : 'unjudged'}>
      ${top > shape.line.y + 1 || !shape.line.known ? svg`<line class="deck" x1=${shape.labelEnd + 18} x2=${shape.countStart - 22} y1=${top} y2=${top} clip-path="url(#hull)"></line>` : nothing}
      <g transform="translate(${shape.labelEnd - 96 > 0 ? shape.labelEnd - 90 : 0} ${centreY - 6})" class="sev-${deck.severity}">${severityShape(deck.severity)}</g>
      <text class=${zero ? 'zero' : ''} x=${shape.labelEnd - 72 > 16 ? shape.labelEnd - 72 : 18} y=${centreY + 0.5}>${severityWord(deck.severity)}</text>
      ${boxes.map((box) => svg`<rect class="cargo-${box.kind}" x=${box.x} y=${box.y} width=${box.width} height=${box.height} rx="1.5"></rect>`)}
      <text class=${zero ? 'zero' : 'count'} x=${shape.countStart} y=${centreY + 0.5}>${count}${
        note === undefined ? nothing : svg`<tspan class="note" dx="8">${note}</tspan>`
      }</text>
    </g>`;
  }

  private renderLegend(shape: LoadLineShape): TemplateResult {
    const decks = this.loadLine.decks;
    const has = (kind: 'held' | 'exempt' | 'unjudged' | 'cleared'): boolean => decks.some((deck) => deck[kind] > 0);
    const known = this.loadLine.policyKnown;
    return html`
      ${
        shape.line.known
          ? html`<span
              ><svg class="swatch"><path class="load" d="M0 5H18"></path></svg>${l10n.t('load line')}</span
            >`
          : known
            ? nothing
            : html`<span
                ><svg class="swatch"><path class="load guess" d="M0 5H18"></path></svg>${l10n.t('load line not known')}</span
              >`
      }
      ${has('held') ? this.legendEntry('held', l10n.t('held')) : nothing}
      ${has('cleared') ? this.legendEntry('cleared', l10n.t('may leave')) : nothing}
      ${has('exempt') ? this.legendEntry('exempt', l10n.t('allowlisted')) : nothing}
      ${has('unjudged') && known ? this.legendEntry('unjudged', l10n.t('not judged by the registry')) : nothing}
      ${decks.some((deck) => deck.total > 0) ? html`<span>${l10n.t('one container = {0}', findingsWord(shape.perBox, this.locale))}</span>` : nothing}
    `;
  }

  private legendEntry(kind: string, text: string): TemplateResult {
    return html`<span
      ><svg class="swatch"><rect class="cargo-${kind}" x="2" y="0" width="13" height="10" rx="1.5"></rect></svg>${text}</span
    >`;
  }
}

/** The bridge and funnel at the stern. */
function housePath(shape: LoadLineShape): string {
  const x = shape.labelEnd + 22;
  return `M ${x} 24 V 9 H ${x + 22} V 3 H ${x + 34} V 9 H ${x + 46} L ${x + 52} 24`;
}

function verdictIcon(verdict: Verdict): IconName {
  switch (verdict) {
    case 'may-leave':
      return 'sail';
    case 'held':
    case 'held-until-scanned':
      return 'anchor';
    case 'unknown':
    case 'unread':
      return 'question';
  }
}

customElements.define('plimsoll-load-line', LoadLineView);
