import { virtualize } from '@lit-labs/virtualizer/virtualize.js';
import * as l10n from '@vscode/l10n';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { sharedStyles } from '../styles.ts';
import { icon } from './marks.ts';
import { announce } from '../events.ts';
import { gridLayouts } from './grid-layouts.ts';

export interface GridColumn<Row> {
  readonly id: string;
  readonly label: string;
  /** Said in full where the heading is short for lack of room. */
  readonly description?: string;
  cell(row: Row): unknown;
}

export type GridItem<Row> =
  | { readonly kind: 'row'; readonly key: string; readonly row: Row }
  | { readonly kind: 'group'; readonly key: string; readonly heading: TemplateResult; readonly expanded: boolean };

export interface GridSort {
  readonly column: string;
  readonly descending: boolean;
}

export class GridSortEvent extends Event {
  static readonly type = 'grid-sort';
  readonly sort: GridSort;
  constructor(sort: GridSort) {
    super(GridSortEvent.type);
    this.sort = sort;
  }
}

/** A row was opened (Enter, Space, click), or a group folded or unfolded. */
export class GridKeyEvent extends Event {
  readonly key: string;
  readonly byKeyboard: boolean;
  constructor(type: 'grid-open' | 'grid-toggle', key: string, byKeyboard: boolean) {
    super(type);
    this.key = key;
    this.byKeyboard = byKeyboard;
  }
}

/** Where the one tab stop is. */
type Active = { readonly kind: 'row'; readonly key: string } | { readonly kind: 'heading'; readonly column: number };

interface RangeChange extends Event {
  readonly first: number;
  readonly last: number;
}

/**
 * A list of any length with sortable columns: only the rows in sight exist. It is one tab stop; the arrow keys go through headings and rows. The page scrolls, not the list.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/grid/ and treegrid, when there are groups
 */
export class PlimsollGrid extends LitElement {
  static override properties = {
    label: { type: String },
    variant: { type: String, reflect: true },
    columns: { attribute: false },
    items: { attribute: false },
    sort: { attribute: false },
    openKey: { attribute: false },
    active: { state: true },
    activeInSight: { state: true },
  };
  static override styles = [
    sharedStyles,
    gridLayouts,
    css`
      :host {
        container-type: inline-size;
      }
      .head {
        position: sticky;
        top: var(--tabs-height, 0px);
        z-index: 2;
        background: var(--vscode-editor-background);
        border-bottom: 1px solid var(--line);
      }
      [role='row'] {
        display: grid;
        align-items: center;
        column-gap: 12px;
        padding: 0 12px;
        width: 100%;
      }
      .head [role='row'] {
        min-height: 30px;
      }
      [role='columnheader'] {
        display: flex;
        align-items: center;
        gap: 3px;
        min-width: 0;
        padding: 4px 0;
        font-weight: 600;
        cursor: pointer;
        user-select: none;
        white-space: nowrap;
        color: var(--quiet);
      }
      [role='columnheader']:hover,
      [role='columnheader'][aria-sort] {
        color: var(--vscode-foreground);
      }
      .direction {
        transform: rotate(90deg);
        width: 0.95em;
        height: 0.95em;
        display: inline-flex;
      }
      .direction.ascending {
        transform: rotate(-90deg);
      }
      .body {
        min-height: 1px;
      }
      .item {
        min-height: 30px;
        contain: content;
        cursor: pointer;
        scroll-margin-top: 76px;
        scroll-margin-bottom: 8px;
        border-bottom: 1px solid transparent;
      }
      .item:hover {
        background: var(--vscode-list-hoverBackground);
        outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      .item.open {
        color: var(--vscode-list-inactiveSelectionForeground, inherit);
        background: var(--vscode-list-inactiveSelectionBackground);
        outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      .item:focus-visible {
        outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
        outline-offset: -1px;
      }
      .body:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -1px;
      }
      .cell {
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        unicode-bidi: isolate;
      }
      .group {
        display: flex;
        gap: 6px;
        font-weight: 600;
        background: var(--vscode-sideBarSectionHeader-background, transparent);
        border-bottom: 1px solid var(--line);
      }
      .group .icon-chevron {
        color: var(--quiet);
      }
      .group[aria-expanded='true'] .icon-chevron {
        transform: rotate(90deg);
      }
      .group .cell {
        flex: 1;
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .group .heading {
        overflow: hidden;
        text-overflow: ellipsis;
      }
    `,
  ];

  declare label: string;
  declare variant: string;
  declare columns: readonly GridColumn<unknown>[];
  declare items: readonly GridItem<unknown>[];
  declare sort: GridSort;
  declare openKey: string | undefined;
  declare active: Active | undefined;
  declare activeInSight: boolean;

  private indexOf = new Map<string, number>();
  private rendered = { first: -1, last: -1 };
  private focusWhenRendered = false;
  /** The list takes the focus itself, for a row that was scrolled away. */
  private holdingFocus = false;

  constructor() {
    super();
    this.label = '';
    this.variant = '';
    this.columns = [];
    this.items = [];
    this.sort = { column: '', descending: false };
    this.openKey = undefined;
    this.active = undefined;
    this.activeInSight = false;
  }

  /** Puts the focus on the row with `key`, else on the active one, else on the first. */
  focusRow(key?: string): void {
    const index = (key === undefined ? undefined : this.indexOf.get(key)) ?? this.activeIndex();
    if (this.items.length > 0) this.moveTo(Math.max(0, index));
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('items')) {
      this.indexOf = new Map(this.items.map((item, index) => [item.key, index]));
      if (this.active === undefined || (this.active.kind === 'row' && !this.indexOf.has(this.active.key))) this.active = this.firstActive();
    }
    this.activeInSight = this.isRendered(this.activeIndex());
  }

  private firstActive(): Active | undefined {
    const key = this.openKey !== undefined && this.indexOf.has(this.openKey) ? this.openKey : this.items[0]?.key;
    return key === undefined ? undefined : { kind: 'row', key };
  }

  private activeIndex(): number {
    return this.active?.kind === 'row' ? (this.indexOf.get(this.active.key) ?? -1) : -1;
  }

  private isRendered(index: number): boolean {
    return index >= this.rendered.first && index <= this.rendered.last;
  }

  private get isTree(): boolean {
    return this.items.some((item) => item.kind === 'group');
  }

  protected override render(): TemplateResult {
    const tree = this.isTree;
    // A row that scrolled away does not exist, so the list itself holds the tab stop until it is back.
    const bodyStop = this.active?.kind === 'row' && !this.activeInSight;
    return html`<div
      role=${tree ? 'treegrid' : 'grid'}
      aria-label=${this.label}
      aria-rowcount=${this.items.length + 1}
      aria-colcount=${this.columns.length}
      @keydown=${this.onKeyDown}
      @focusin=${this.onFocusIn}
      @focusout=${this.onFocusOut}
    >
      <div role="rowgroup" class="head">
        <div role="row" aria-rowindex="1">${this.columns.map((column, index) => this.renderHeading(column, index))}</div>
      </div>
      <div role="rowgroup" class="body" tabindex=${bodyStop ? '0' : '-1'} @rangeChanged=${this.onRangeChanged} @click=${this.onClick}>
        ${virtualize({
          items: this.items as GridItem<unknown>[],
          keyFunction: (item: GridItem<unknown>) => item.key,
          renderItem: (item: GridItem<unknown>, index: number) => this.renderItem(item, index, tree),
        })}
      </div>
    </div>`;
  }

  private renderHeading(column: GridColumn<unknown>, index: number): TemplateResult {
    const sorted = this.sort.column === column.id;
    const stop = this.active?.kind === 'heading' && this.active.column === index;
    return html`<div
      role="columnheader"
      class="c-${column.id}"
      aria-colindex=${index + 1}
      aria-sort=${sorted ? (this.sort.descending ? 'descending' : 'ascending') : nothing}
      aria-label=${column.description ?? nothing}
      title=${column.description ?? nothing}
      data-column=${index}
      tabindex=${stop ? '0' : '-1'}
      @click=${() => {
        this.sortBy(index);
      }}
    >
      <span>${column.label}</span
      >${sorted ? html`<span class="direction ${this.sort.descending ? '' : 'ascending'}">${icon('chevron')}</span>` : nothing}
    </div>`;
  }

  private renderItem(item: GridItem<unknown>, index: number, tree: boolean): TemplateResult {
    const stop = this.active?.kind === 'row' && this.active.key === item.key;
    if (item.kind === 'group') {
      return html`<div
        role="row"
        class="item group"
        aria-rowindex=${index + 2}
        aria-level="1"
        aria-expanded=${item.expanded ? 'true' : 'false'}
        data-index=${index}
        tabindex=${stop ? '0' : '-1'}
      >
        ${icon('chevron')}
        <div role="gridcell" class="cell" aria-colspan=${this.columns.length}>${item.heading}</div>
      </div>`;
    }
    const open = item.key === this.openKey;
    return html`<div
      role="row"
      class=${classMap({ item: true, open, nested: tree })}
      aria-rowindex=${index + 2}
      aria-level=${tree ? '2' : nothing}
      aria-selected=${open ? 'true' : 'false'}
      data-index=${index}
      tabindex=${stop ? '0' : '-1'}
    >
      ${this.columns.map(
        (column, at) => html`<div role="gridcell" class="cell c-${column.id}" aria-colindex=${at + 1}>${column.cell(item.row)}</div>`,
      )}
    </div>`;
  }

  private readonly onRangeChanged = (event: Event): void => {
    const { first, last } = event as RangeChange;
    this.rendered = { first, last };
    // The virtualizer listens to the same event and renders the rows after us.
    queueMicrotask(() => {
      this.afterRangeChange();
    });
  };

  private afterRangeChange(): void {
    const inSight = this.isRendered(this.activeIndex());
    if (inSight !== this.activeInSight) this.activeInSight = inSight;
    if (!inSight) return;
    if (this.focusWhenRendered) this.focusActive();
    // The list held the focus for its row. Without scrolling: the row may be just outside the window, and the user is scrolling.
    else if (this.bodyElement()?.matches(':focus') === true) this.rowElement(this.activeIndex())?.focus({ preventScroll: true });
  }

  private readonly onFocusIn = (event: FocusEvent): void => {
    if (!(event.target instanceof HTMLElement)) return;
    // Whatever put the focus there (a click, a screen reader), the keys go on from there.
    const { index, column } = event.target.dataset;
    if (index !== undefined) this.activate(Number(index));
    else if (column !== undefined) this.active = { kind: 'heading', column: Number(column) };
    // Tab came to a list whose row is out of sight: go to that row.
    else if (event.target === this.bodyElement() && !this.holdingFocus) this.moveTo(this.activeIndex());
    this.holdingFocus = false;
  };

  private readonly onFocusOut = (event: FocusEvent): void => {
    const { target, relatedTarget } = event;
    if (relatedTarget instanceof Node && this.renderRoot.contains(relatedTarget)) return;
    queueMicrotask(() => {
      // The focused row left the page because the user scrolled: keep the focus in the list, or the next key would go nowhere.
      if (!(target instanceof Node) || target.isConnected || this.shadowRoot?.activeElement !== null) return;
      this.holdingFocus = true;
      this.bodyElement()?.focus({ preventScroll: true });
    });
  };

  private readonly onClick = (event: MouseEvent): void => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    if (target === null) return;
    const index = Number(target.dataset.index);
    this.activate(index);
    this.openRow(index, false);
  };

  private activate(index: number): void {
    const item = this.items[index];
    if (item !== undefined) this.active = { kind: 'row', key: item.key };
  }

  private openRow(index: number, byKeyboard = true): void {
    const item = this.items[index];
    if (item !== undefined) this.dispatchEvent(new GridKeyEvent(item.kind === 'group' ? 'grid-toggle' : 'grid-open', item.key, byKeyboard));
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey) return;
    const handled = this.active?.kind === 'heading' ? this.onHeadingKey(event.key, this.active.column) : this.onRowKey(event.key, event.ctrlKey);
    if (handled) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  private onHeadingKey(key: string, column: number): boolean {
    switch (key) {
      case 'ArrowLeft':
        this.focusHeading(this.nextVisibleColumn(column, -1));
        return true;
      case 'ArrowRight':
        this.focusHeading(this.nextVisibleColumn(column, 1));
        return true;
      case 'ArrowDown':
        if (this.items.length > 0) this.moveTo(this.rendered.first > 0 ? this.firstInSight() : 0);
        return true;
      case 'Enter':
      case ' ':
        this.sortBy(column);
        return true;
      default:
        return false;
    }
  }

  private onRowKey(key: string, ctrl: boolean): boolean {
    const index = this.activeIndex();
    const last = this.items.length - 1;
    const item = this.items[index];
    switch (key) {
      case 'ArrowDown':
        this.moveTo(Math.min(last, index + 1));
        return true;
      case 'ArrowUp':
        if (index <= 0 || ctrl) this.focusHeading(this.nextVisibleColumn(-1, 1));
        else this.moveTo(index - 1);
        return true;
      case 'PageDown':
        this.moveTo(Math.min(last, index + this.rowsPerPage()));
        return true;
      case 'PageUp':
        this.moveTo(Math.max(0, index - this.rowsPerPage()));
        return true;
      case 'Home':
        this.moveTo(0);
        return true;
      case 'End':
        this.moveTo(last);
        return true;
      case 'Enter':
      case ' ':
        this.openRow(index);
        return true;
      case 'ArrowRight':
        if (item?.kind === 'group' && !item.expanded) this.openRow(index);
        return item?.kind === 'group';
      case 'ArrowLeft':
        return this.foldOrGoUp(index);
      default:
        return false;
    }
  }

  /** As in every tree: left folds an open group, and goes from a member to its heading. */
  private foldOrGoUp(index: number): boolean {
    const item = this.items[index];
    if (item?.kind === 'group') {
      if (item.expanded) this.openRow(index);
      return true;
    }
    for (let at = index - 1; at >= 0; at -= 1) {
      if (this.items[at]?.kind === 'group') {
        this.moveTo(at);
        return true;
      }
    }
    return false;
  }

  private sortBy(index: number): void {
    const column = this.columns[index];
    if (column === undefined) return;
    const descending = this.sort.column === column.id ? !this.sort.descending : false;
    this.active = { kind: 'heading', column: index };
    this.dispatchEvent(new GridSortEvent({ column: column.id, descending }));
    const name = column.description ?? column.label;
    announce(this, descending ? l10n.t('Sorted by {0}, descending', name) : l10n.t('Sorted by {0}, ascending', name));
  }

  private nextVisibleColumn(from: number, step: 1 | -1): number {
    const headings = [...this.renderRoot.querySelectorAll<HTMLElement>('[data-column]')];
    for (let at = from + step; at >= 0 && at < headings.length; at += step) if (headings[at]?.offsetParent !== null) return at;
    return from;
  }

  private focusHeading(column: number): void {
    if (column < 0) return;
    this.active = { kind: 'heading', column };
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>(`[data-column='${column}']`)?.focus();
    });
  }

  private moveTo(index: number): void {
    if (index < 0) return;
    this.activate(index);
    if (this.isRendered(index)) {
      void this.updateComplete.then(() => {
        this.focusActive();
      });
      return;
    }
    this.focusWhenRendered = true;
    const body = this.bodyElement();
    const height = this.rowHeight();
    if (body === null) return;
    const top = body.getBoundingClientRect().top + window.scrollY + index * height - window.innerHeight / 2;
    window.scrollTo({ top, behavior: 'instant' });
  }

  private focusActive(): void {
    this.focusWhenRendered = false;
    const row = this.rowElement(this.activeIndex());
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }

  private firstInSight(): number {
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('.item')];
    const row = rows.find((element) => element.getBoundingClientRect().top >= 60) ?? rows[0];
    return Number(row?.dataset.index ?? 0);
  }

  private rowElement(index: number): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-index='${index}']`);
  }

  private bodyElement(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.body');
  }

  private rowHeight(): number {
    return this.renderRoot.querySelector('.item')?.getBoundingClientRect().height ?? 30;
  }

  private rowsPerPage(): number {
    return Math.max(1, Math.floor((window.innerHeight - 90) / this.rowHeight()));
  }
}

customElements.define('plimsoll-grid', PlimsollGrid);
