import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { announce, post } from '../events.ts';
import { isDeceptive } from '../model/text.ts';
import { sharedStyles } from '../styles.ts';
import { icon } from './marks.ts';

const CONFIRMED_FOR_MS = 2500;

/** A button that asks the host to put `text` on the clipboard and says that it did. Text that is not what it looks like is not offered. */
export class CopyButton extends LitElement {
  static override properties = {
    text: { type: String },
    label: { type: String },
    primary: { type: Boolean },
    copied: { state: true },
  };
  static override styles = [
    sharedStyles,
    css`
      :host {
        display: inline-block;
      }
      .face {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
    `,
  ];

  declare text: string;
  declare label: string;
  declare primary: boolean;
  declare copied: boolean;
  private timer: number | undefined;

  constructor() {
    super();
    this.text = '';
    this.label = '';
    this.primary = false;
    this.copied = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.timer);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('text')) this.copied = false;
  }

  protected override render(): TemplateResult {
    if (isDeceptive(this.text)) {
      return html`<span class="tag caution">${icon('warning')}<span>${l10n.t('Holds invisible characters: not offered to copy')}</span></span>`;
    }
    return html`<vscode-button ?secondary=${!this.primary} @click=${this.copy}>
      <span class="face">${icon(this.copied ? 'check' : 'copy')}${this.copied ? l10n.t('Copied') : this.label}</span>
    </vscode-button>`;
  }

  private readonly copy = (): void => {
    post(this, { type: 'copy', text: this.text });
    announce(this, l10n.t('Copied to the clipboard'));
    this.copied = true;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.copied = false;
    }, CONFIRMED_FOR_MS);
  };
}

customElements.define('plimsoll-copy', CopyButton);
