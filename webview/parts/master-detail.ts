import * as l10n from '@vscode/l10n';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { sharedStyles } from '../styles.ts';
import { icon } from './marks.ts';

/** A list with the detail of what was opened: beside it where there is room, else over it. Slots: the list, and `detail`. Fires `close`. */
export class MasterDetail extends LitElement {
  static override properties = {
    open: { type: Boolean, reflect: true },
    narrow: { type: Boolean, reflect: true },
    label: { type: String },
  };
  static override styles = [
    sharedStyles,
    css`
      :host([open]:not([narrow])) {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(340px, 38%);
        align-items: start;
      }
      .list {
        min-width: 0;
      }
      aside {
        position: sticky;
        top: var(--tabs-height, 0px);
        max-height: calc(100vh - var(--tabs-height, 0px));
        overflow-y: auto;
        border-inline-start: 1px solid var(--line);
      }
      dialog {
        width: 100%;
        max-width: none;
        height: 100%;
        max-height: none;
        margin: 0;
        padding: 0;
        border: 0;
        overflow-y: auto;
        color: inherit;
        background: var(--vscode-editor-background);
      }
    `,
  ];

  declare open: boolean;
  declare narrow: boolean;
  declare label: string;

  constructor() {
    super();
    this.open = false;
    this.narrow = false;
    this.label = '';
  }

  protected override render(): TemplateResult {
    const detail = html`<slot name="detail"></slot>`;
    return html`<div class="list"><slot></slot></div>
      ${
        !this.open
          ? nothing
          : this.narrow
            ? html`<dialog aria-label=${this.label} @cancel=${this.onCancel}>${detail}</dialog>`
            : html`<aside aria-label=${this.label} @keydown=${this.onKeyDown}>${detail}</aside>`
      }`;
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog !== null && !dialog.open) dialog.showModal();
  }

  private readonly onCancel = (event: Event): void => {
    event.preventDefault();
    this.dispatchEvent(new Event('close'));
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.dispatchEvent(new Event('close'));
    }
  };
}

customElements.define('plimsoll-master-detail', MasterDetail);

/** Returns the button that closes a detail, for its `close` slot. */
export function closeButton(narrow: boolean, close: () => void): TemplateResult {
  return html`<button
    slot="close"
    class="close"
    aria-label=${narrow ? nothing : l10n.t('Close')}
    title=${narrow ? nothing : l10n.t('Close')}
    @click=${close}
  >
    ${narrow ? html`${icon('back')}${l10n.t('Back')}` : icon('cross')}
  </button>`;
}
