import { LitElement } from 'lit';
import type { UiState } from '../model/ui-state.ts';
import { navigate } from '../events.ts';
import type { GridKeyEvent, PlimsollGrid } from './grid.ts';

/** What the three lists with a detail have in common: opening moves the focus into the detail, closing gives it back to the row. */
export abstract class ListView extends LitElement {
  declare ui: UiState;
  declare narrow: boolean;
  declare locale: string;
  private focusDetail = false;

  /** Returns the state with this view's detail closed. */
  protected abstract withoutDetail(ui: UiState): UiState;

  /** Opens a detail. The keyboard goes into it; a click leaves the focus on its row, so that the arrow keys go on from there. */
  protected openDetail(event: GridKeyEvent, change: (ui: UiState) => UiState): void {
    this.focusDetail = event.byKeyboard || this.narrow;
    navigate(this, change);
  }

  protected readonly closeDetail = (): void => {
    const grid = this.grid();
    const key = grid?.openKey;
    navigate(this, (ui) => this.withoutDetail(ui));
    // Once the detail is gone: as long as a dialog is open, nothing outside it takes the focus.
    requestAnimationFrame(() => {
      grid?.focusRow(key);
    });
  };

  protected grid(): PlimsollGrid | null {
    return this.renderRoot.querySelector('plimsoll-grid');
  }

  protected override updated(): void {
    const detail = this.renderRoot.querySelector<LitElement>('[slot="detail"]');
    if (!this.focusDetail || detail === null) return;
    this.focusDetail = false;
    void detail.updateComplete.then(() => {
      detail.renderRoot.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'plimsoll-grid': PlimsollGrid;
  }
}
