import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { announce, navigate } from '../events.ts';
import type { LayerRow } from '../model/layers.ts';
import { filterPackages, packageColumns, sortPackages } from '../model/packages.ts';
import type { PackageColumn, PackageRow } from '../model/packages.ts';
import { formatCount, toCellText } from '../model/text.ts';
import type { UiState } from '../model/ui-state.ts';
import { sharedStyles } from '../styles.ts';
import { layerWord, packagesWord } from '../words.ts';
import './grid.ts';
import type { GridColumn, GridItem, GridKeyEvent, GridSortEvent } from './grid.ts';
import { ListView } from './list-view.ts';
import { icon, severityMark } from './marks.ts';
import './master-detail.ts';
import { closeButton } from './master-detail.ts';
import './package-detail.ts';
import { toolbarStyles } from './toolbar-styles.ts';

/** The packages: filter, list, detail. */
export class PackagesView extends ListView {
  static override properties = {
    rows: { attribute: false },
    layers: { attribute: false },
    ui: { attribute: false },
    narrow: { type: Boolean },
    locale: { type: String },
  };
  static override styles = [sharedStyles, toolbarStyles];

  declare rows: readonly PackageRow[];
  declare layers: readonly LayerRow[];

  private items: readonly GridItem<PackageRow>[] = [];
  private opened: PackageRow | undefined;

  protected override withoutDetail(ui: UiState): UiState {
    const rest: { -readonly [K in keyof UiState]: UiState[K] } = { ...ui };
    delete rest.openPackage;
    return rest;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('ui');
    const { ui } = this;
    if (changed.has('rows') || before?.packageFilter !== ui.packageFilter || before.packageSort !== ui.packageSort) {
      const rows = sortPackages(filterPackages(this.rows, ui.packageFilter), ui.packageSort.column, ui.packageSort.descending);
      this.items = rows.map((row) => ({ kind: 'row', key: `package:${row.index}`, row }));
      if (before !== undefined && before.packageFilter !== ui.packageFilter) announce(this, this.countText());
    }
    if (changed.has('rows') || before?.openPackage !== ui.openPackage) {
      this.opened = ui.openPackage === undefined ? undefined : this.rows.find((row) => row.identity === ui.openPackage);
    }
  }

  protected override render(): TemplateResult {
    const { opened } = this;
    return html`<plimsoll-master-detail ?open=${opened !== undefined} ?narrow=${this.narrow} .label=${l10n.t('Package')} @close=${this.closeDetail}>
      <div>
        ${this.renderToolbar()}
        ${
          this.items.length === 0
            ? html`<div class="empty"><h2>${l10n.t('No package passes the filter')}</h2></div>`
            : html`<plimsoll-grid
                variant="packages"
                .label=${l10n.t('Packages')}
                .columns=${this.columns()}
                .items=${this.items}
                .sort=${this.ui.packageSort}
                .openKey=${opened === undefined ? undefined : `package:${opened.index}`}
                @grid-sort=${this.onSort}
                @grid-open=${this.onOpen}
              ></plimsoll-grid>`
        }
      </div>
      ${
        opened === undefined
          ? nothing
          : html`<plimsoll-package-detail slot="detail" .row=${opened} .layer=${this.layers[opened.item.layer]} .locale=${this.locale}
              >${closeButton(this.narrow, this.closeDetail)}</plimsoll-package-detail
            >`
      }
    </plimsoll-master-detail>`;
  }

  private renderToolbar(): TemplateResult {
    const { text, layer } = this.ui.packageFilter;
    return html`<div class="toolbar" role="search" aria-label=${l10n.t('Filter packages')}>
      <div class="row">
        <vscode-textfield
          class="search"
          type="search"
          label=${l10n.t('Filter by name, version or package URL')}
          placeholder=${l10n.t('Filter by name, version or package URL')}
          .value=${live(text)}
          @input=${this.onText}
        ></vscode-textfield>
        ${
          layer === undefined
            ? nothing
            : html`<button class="facet" aria-pressed="true" title=${l10n.t('Remove this filter')} @click=${this.clearLayer}>
                ${layerWord(layer, this.locale)}${icon('cross')}
              </button>`
        }
      </div>
      <div class="row status"><span class="number">${this.countText()}</span></div>
    </div>`;
  }

  private columns(): readonly GridColumn<PackageRow>[] {
    return packageColumns.map((id) => ({ id, label: packageColumnWord(id), cell: (row: PackageRow) => this.renderCell(id, row) }));
  }

  private renderCell(column: PackageColumn, row: PackageRow): unknown {
    const { item } = row;
    switch (column) {
      case 'name':
        return toCellText(item.name);
      case 'version':
        return toCellText(item.version);
      case 'type':
        return toCellText(item.type);
      case 'purl':
        return toCellText(item.purl);
      case 'layer':
        return formatCount(item.layer + 1, this.locale);
      case 'findings':
        return row.worst === undefined
          ? html`<span class="none">0</span>`
          : html`<span class="severity">${severityMark(row.worst)}${formatCount(row.findings, this.locale)}</span>`;
    }
  }

  private countText(): string {
    const all = packagesWord(this.rows.length, this.locale);
    return this.items.length === this.rows.length ? all : l10n.t('{0} of {1}', formatCount(this.items.length, this.locale), all);
  }

  private readonly onText = (event: Event): void => {
    const text = (event.currentTarget as HTMLInputElement).value;
    navigate(this, (ui) => ({ ...ui, packageFilter: { ...ui.packageFilter, text } }));
  };

  private readonly clearLayer = (): void => {
    navigate(this, (ui) => ({ ...ui, packageFilter: { text: ui.packageFilter.text } }));
  };

  private readonly onSort = (event: GridSortEvent): void => {
    const { column, descending } = event.sort;
    navigate(this, (ui) => ({ ...ui, packageSort: { column: column as PackageColumn, descending } }));
  };

  private readonly onOpen = (event: GridKeyEvent): void => {
    const item = this.items.find((candidate) => candidate.key === event.key);
    if (item?.kind !== 'row') return;
    const openPackage = item.row.identity;
    this.openDetail(event, (ui) => ({ ...ui, openPackage }));
  };
}

function packageColumnWord(column: PackageColumn): string {
  switch (column) {
    case 'name':
      return l10n.t('Name');
    case 'version':
      return l10n.t('Version');
    case 'type':
      return l10n.t('Type');
    case 'purl':
      return l10n.t('Package URL');
    case 'layer':
      return l10n.t('Layer');
    case 'findings':
      return l10n.t('Findings');
  }
}

customElements.define('plimsoll-packages', PackagesView);
