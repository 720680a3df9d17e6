import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { navigate } from '../events.ts';
import { layerColumns, sortLayers } from '../model/layers.ts';
import type { LayerColumn, LayerRow } from '../model/layers.ts';
import { formatBytes, formatCount, toCellText } from '../model/text.ts';
import type { UiState } from '../model/ui-state.ts';
import { sharedStyles } from '../styles.ts';
import './grid.ts';
import type { GridColumn, GridItem, GridKeyEvent, GridSortEvent } from './grid.ts';
import './layer-detail.ts';
import { ListView } from './list-view.ts';
import { severityMark } from './marks.ts';
import './master-detail.ts';
import { closeButton } from './master-detail.ts';

/** The layers, bottom first: how big each is, what made it, and what it brought in. */
export class LayersView extends ListView {
  static override properties = { rows: { attribute: false }, ui: { attribute: false }, narrow: { type: Boolean }, locale: { type: String } };
  static override styles = [sharedStyles];

  declare rows: readonly LayerRow[];

  private items: readonly GridItem<LayerRow>[] = [];

  protected override withoutDetail(ui: UiState): UiState {
    const rest: { -readonly [K in keyof UiState]: UiState[K] } = { ...ui };
    delete rest.openLayer;
    return rest;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { column, descending } = this.ui.layerSort;
    if (changed.has('rows') || changed.get('ui')?.layerSort !== this.ui.layerSort) {
      this.items = sortLayers(this.rows, column, descending).map((row) => ({ kind: 'row', key: `layer:${row.index}`, row }));
    }
  }

  protected override render(): TemplateResult {
    const opened = this.ui.openLayer === undefined ? undefined : this.rows[this.ui.openLayer];
    return html`<plimsoll-master-detail ?open=${opened !== undefined} ?narrow=${this.narrow} .label=${l10n.t('Layer')} @close=${this.closeDetail}>
      <plimsoll-grid
        variant="layers"
        .label=${l10n.t('Layers')}
        .columns=${this.columns()}
        .items=${this.items}
        .sort=${this.ui.layerSort}
        .openKey=${opened === undefined ? undefined : `layer:${opened.index}`}
        @grid-sort=${this.onSort}
        @grid-open=${this.onOpen}
      ></plimsoll-grid>
      ${
        opened === undefined
          ? nothing
          : html`<plimsoll-layer-detail slot="detail" .row=${opened} .locale=${this.locale}
              >${closeButton(this.narrow, this.closeDetail)}</plimsoll-layer-detail
            >`
      }
    </plimsoll-master-detail>`;
  }

  private columns(): readonly GridColumn<LayerRow>[] {
    return layerColumns.map((id) => ({ id, label: layerColumnWord(id), cell: (row: LayerRow) => this.renderCell(id, row) }));
  }

  private renderCell(column: LayerColumn, row: LayerRow): unknown {
    switch (column) {
      case 'layer':
        return formatCount(row.index + 1, this.locale);
      case 'size':
        return html`<span class="size"
          ><svg aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 8">
            <rect x="0" y="0" width=${(row.share * 100).toFixed(2)} height="8" fill="currentColor"></rect></svg
          ><span class="number">${row.layer.sizeBytes === 0 ? '–' : formatBytes(row.layer.sizeBytes, this.locale)}</span></span
        >`;
      case 'instruction':
        return row.instruction === ''
          ? html`<span class="none">${l10n.t('not told by the image')}</span>`
          : html`<code>${toCellText(row.instruction)}</code>`;
      case 'packages':
        return row.packages === 0 ? html`<span class="none">0</span>` : formatCount(row.packages, this.locale);
      case 'findings':
        return row.worst === undefined
          ? html`<span class="none">0</span>`
          : html`<span class="severity">${severityMark(row.worst)}${formatCount(row.findings, this.locale)}</span>`;
    }
  }

  private readonly onSort = (event: GridSortEvent): void => {
    const { column, descending } = event.sort;
    navigate(this, (ui) => ({ ...ui, layerSort: { column: column as LayerColumn, descending } }));
  };

  private readonly onOpen = (event: GridKeyEvent): void => {
    const item = this.items.find((candidate) => candidate.key === event.key);
    if (item?.kind !== 'row') return;
    const openLayer = item.row.index;
    this.openDetail(event, (ui) => ({ ...ui, openLayer }));
  };
}

function layerColumnWord(column: LayerColumn): string {
  switch (column) {
    case 'layer':
      return l10n.t('Layer');
    case 'size':
      return l10n.t('Size');
    case 'instruction':
      return l10n.t('Instruction');
    case 'packages':
      return l10n.t('Packages');
    case 'findings':
      return l10n.t('Findings');
  }
}

customElements.define('plimsoll-layers', LayersView);
