import { LitElement } from 'lit';
import type { UiState } from '../model/ui-state.ts';
import { navigate } from '../events.ts';
import type { PlimsollGrid } from './grid.ts';

/** What the three lists with a detail have in common: opening moves the focus into the detail, closing gives it back to the row. */
export abstract class ListView extends LitElement {
  declare ui: UiState;
  declare narrow: boolean;
  declare locale: string;
  private focusDetail = false;

  /** Returns the state with this view's detail closed. */
  protected abstract withoutDetail(ui: UiState): UiState;

  protected openDetail(change: (ui: UiState) => UiState): void {
    this.focusDetail = true;
    navigate(this, change);
  }

  protected readonly closeDetail = (): void => {
    const grid = this.grid();
    const key = grid?.openKey;
    navigate(this, (ui) => this.withoutDetail(ui));
    void this.updateComplete.then(() => {
      grid?.focusRow(key);
    });
  };

  protected grid(): PlimsollGrid | null {
    return this.renderRoot.querySelector('plimsoll-grid');
  }

  protected override updated(): void {
    if (!this.focusDetail) return;
    this.focusDetail = false;
    const detail = this.renderRoot.querySelector<LitElement>('[slot="detail"]');
    void detail?.updateComplete.then(() => {
      detail.renderRoot.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'plimsoll-grid': PlimsollGrid;
  }
}
