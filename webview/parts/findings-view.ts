import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { findingCategories } from '../../src/foundation/model/finding.ts';
import { severities } from '../../src/foundation/model/severity.ts';
import type { ReportActions } from '../../src/protocol/webview.ts';
import { announce, navigate } from '../events.ts';
import {
  countFacets,
  filterFindings,
  findingColumns,
  findingGroupings,
  groupFindings,
  isFiltering,
  noFilter,
  sortFindings,
} from '../model/findings.ts';
import type { Facets, FindingColumn, FindingFilter, FindingGrouping, FindingItem, FindingRow } from '../model/findings.ts';
import type { LayerRow } from '../model/layers.ts';
import type { Summary } from '../model/summary.ts';
import { formatCount, toCellText } from '../model/text.ts';
import type { UiState } from '../model/ui-state.ts';
import { sharedStyles } from '../styles.ts';
import { categoryWord, columnWord, findingsWord, groupingWord, ignoredWord, layerWord, severityWord } from '../words.ts';
import './finding-detail.ts';
import './grid.ts';
import type { GridColumn, GridItem, GridKeyEvent, GridSortEvent } from './grid.ts';
import { ListView } from './list-view.ts';
import { icon, severityLabel, severityMark } from './marks.ts';
import './master-detail.ts';
import { closeButton } from './master-detail.ts';
import { toolbarStyles } from './toolbar-styles.ts';

/** The findings: filter, list, detail. */
export class FindingsView extends ListView {
  static override properties = {
    rows: { attribute: false },
    layers: { attribute: false },
    summary: { attribute: false },
    problemCount: { type: Number },
    actions: { attribute: false },
    ui: { attribute: false },
    narrow: { type: Boolean },
    locale: { type: String },
  };
  static override styles = [sharedStyles, toolbarStyles];

  declare rows: readonly FindingRow[];
  declare layers: readonly LayerRow[];
  declare summary: Summary;
  declare problemCount: number;
  declare actions: ReportActions;

  private shown: readonly FindingRow[] = [];
  private facets: Facets | undefined;
  private items: readonly FindingItem[] = [];
  private gridItems: readonly GridItem<FindingRow>[] = [];
  private opened: FindingRow | undefined;

  protected override withoutDetail(ui: UiState): UiState {
    const rest: { -readonly [K in keyof UiState]: UiState[K] } = { ...ui };
    delete rest.openFinding;
    return rest;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('ui');
    const { ui } = this;
    const rowsChanged = changed.has('rows') || changed.has('locale');
    if (rowsChanged || before?.findingFilter !== ui.findingFilter || before.findingSort !== ui.findingSort) {
      this.shown = sortFindings(filterFindings(this.rows, ui.findingFilter), ui.findingSort);
      this.facets = countFacets(this.rows, ui.findingFilter);
      this.items = [];
      if (before !== undefined && before.findingFilter !== ui.findingFilter) announce(this, this.countText());
    }
    if (rowsChanged || this.items.length === 0 || before?.findingGrouping !== ui.findingGrouping || before.collapsed !== ui.collapsed) {
      this.items = groupFindings(this.shown, ui.findingGrouping, new Set(ui.collapsed));
      this.gridItems = this.items.map((item) => this.toGridItem(item));
    }
    if (rowsChanged || before?.openFinding !== ui.openFinding) {
      this.opened = ui.openFinding === undefined ? undefined : this.rows.find((row) => row.identity === ui.openFinding);
    }
  }

  protected override render(): TemplateResult {
    // What is ignored was found too: its filter stays in reach.
    if (this.rows.length === 0) return this.renderNothingFound();
    const { opened, ui } = this;
    return html`<plimsoll-master-detail ?open=${opened !== undefined} ?narrow=${this.narrow} .label=${l10n.t('Finding')} @close=${this.closeDetail}>
      <div>${this.renderToolbar()} ${this.shown.length === 0 ? this.renderNoMatch() : this.renderGrid(ui)}</div>
      ${
        opened === undefined
          ? nothing
          : html`<plimsoll-finding-detail
              slot="detail"
              .row=${opened}
              .layer=${opened.finding.location.layer === undefined ? undefined : this.layers[opened.finding.location.layer]}
              .actions=${this.actions}
              .locale=${this.locale}
              >${closeButton(this.narrow, this.closeDetail)}</plimsoll-finding-detail
            >`
      }
    </plimsoll-master-detail>`;
  }

  private renderGrid(ui: UiState): TemplateResult {
    return html`<plimsoll-grid
      variant="findings"
      .label=${l10n.t('Findings')}
      .columns=${this.columns()}
      .items=${this.gridItems}
      .sort=${ui.findingSort}
      .openKey=${this.opened === undefined ? undefined : `finding:${this.opened.index}`}
      @grid-sort=${this.onSort}
      @grid-open=${this.onOpen}
      @grid-toggle=${this.onToggle}
    ></plimsoll-grid>`;
  }

  private columns(): readonly GridColumn<FindingRow>[] {
    return findingColumns.map((id) => ({
      id,
      label: columnWord(id),
      ...(id === 'kev' ? { description: l10n.t('Known to be exploited') } : {}),
      cell: ({ finding }: FindingRow) => this.renderCell(id, finding),
    }));
  }

  private renderCell(column: FindingColumn, finding: FindingRow['finding']): unknown {
    const none = html`<span class="none">–</span>`;
    switch (column) {
      case 'severity':
        return severityLabel(finding.severity);
      case 'id':
        return toCellText(finding.id);
      case 'package':
        return finding.package === undefined
          ? finding.location.path === undefined
            ? none
            : `/${toCellText(finding.location.path)}`
          : toCellText(finding.package.name);
      case 'installed':
        return finding.package === undefined ? none : toCellText(finding.package.installedVersion);
      case 'fixed':
        return finding.package?.fixedVersion === undefined ? none : toCellText(finding.package.fixedVersion);
      case 'category':
        return categoryWord(finding.category);
      case 'layer':
        return finding.location.layer === undefined ? none : formatCount(finding.location.layer + 1, this.locale);
      case 'kev':
        return finding.kev === true
          ? html`<span class="tag bad" title=${l10n.t('Known to be exploited')}><span>${l10n.t('KEV')}</span></span>`
          : nothing;
    }
  }

  private toGridItem(item: FindingItem): GridItem<FindingRow> {
    if (item.kind === 'finding') return { kind: 'row', key: item.key, row: item.row };
    const worst = item.rows.reduce((known, row) => Math.min(known, severities.indexOf(row.finding.severity)), severities.length - 1);
    return {
      kind: 'group',
      key: item.key,
      expanded: item.expanded,
      heading: html`${severityMark(severities[worst] ?? 'unknown')}<span class="heading">${this.groupHeading(item.value, item.rows[0])}</span
        ><span class="none number">${findingsWord(item.rows.length, this.locale)}</span>`,
    };
  }

  private groupHeading(value: string | undefined, first: FindingRow | undefined): string {
    switch (this.ui.findingGrouping) {
      case 'package': {
        const item = first?.finding.package;
        return value === undefined || item === undefined ? l10n.t('Not in a package') : toCellText(`${item.name} ${item.installedVersion}`);
      }
      case 'layer': {
        if (value === undefined) return l10n.t('Not of one layer');
        const instruction = this.layers[Number(value)]?.instruction ?? '';
        return `${layerWord(Number(value), this.locale)}${instruction === '' ? '' : ` · ${toCellText(instruction, 160)}`}`;
      }
      case 'category':
        return first === undefined ? '' : categoryWord(first.finding.category);
      case 'fix':
        return value === undefined ? l10n.t('No fix to apply') : toCellText(value);
      case 'none':
        return '';
    }
  }

  private renderToolbar(): TemplateResult {
    const filter = this.ui.findingFilter;
    const { facets } = this;
    if (facets === undefined) return html``;
    return html`<div class="toolbar" role="search" aria-label=${l10n.t('Filter findings')}>
      <div class="row">
        <vscode-textfield
          class="search"
          type="search"
          label=${l10n.t('Filter by id, package or path')}
          placeholder=${l10n.t('Filter by id, package or path')}
          .value=${live(filter.text)}
          @input=${this.onText}
        ></vscode-textfield>
        <vscode-checkbox
          .checked=${live(filter.fixableOnly)}
          @change=${this.onFixable}
          label=${l10n.t('Fixable only ({0})', formatCount(facets.fixable, this.locale))}
        ></vscode-checkbox>
        ${
          facets.kev > 0 || filter.kevOnly
            ? html`<vscode-checkbox
                .checked=${live(filter.kevOnly)}
                @change=${this.onKev}
                label=${l10n.t('Known to be exploited ({0})', formatCount(facets.kev, this.locale))}
              ></vscode-checkbox>`
            : nothing
        }
        ${
          facets.ignored > 0 || filter.ignoredOnly
            ? html`<vscode-checkbox
                .checked=${live(filter.ignoredOnly)}
                @change=${this.onIgnored}
                label=${l10n.t('Ignored ({0})', formatCount(facets.ignored, this.locale))}
              ></vscode-checkbox>`
            : nothing
        }
        <span class="spring"></span>
        <label class="row choose"
          >${l10n.t('Group by')}
          <select @change=${this.onGrouping}>
            ${findingGroupings.map((grouping) => html`<option value=${grouping} ?selected=${grouping === this.ui.findingGrouping}>${groupingWord(grouping)}</option>`)}
          </select></label
        >
        ${this.narrow ? this.renderSortChoice() : nothing}
      </div>
      <div class="row" role="group" aria-label=${l10n.t('Severity')}>
        ${severities
          .filter((severity) => facets.severities[severity] > 0 || filter.severities.includes(severity))
          .map((severity) =>
            this.renderFacet(
              html`${severityMark(severity)}${severityWord(severity)}`,
              facets.severities[severity],
              filter.severities.includes(severity),
              () => {
                this.setFilter({ severities: toggled(filter.severities, severity) });
              },
            ),
          )}
      </div>
      <div class="row" role="group" aria-label=${l10n.t('Category')}>
        ${findingCategories
          .filter((category) => facets.categories[category] > 0 || filter.categories.includes(category))
          .map((category) =>
            this.renderFacet(categoryWord(category), facets.categories[category], filter.categories.includes(category), () => {
              this.setFilter({ categories: toggled(filter.categories, category) });
            }),
          )}
      </div>
      <div class="row status">
        <span class="number">${this.countText()}</span>
        ${this.renderScopes(filter)}
        ${isFiltering(filter) ? html`<button class="link" @click=${this.clearFilter}>${l10n.t('Clear filters')}</button>` : nothing}
      </div>
    </div>`;
  }

  private renderFacet(label: unknown, count: number, pressed: boolean, toggle: () => void): TemplateResult {
    return html`<button class="facet" aria-pressed=${pressed ? 'true' : 'false'} @click=${toggle}>
      ${label}<span class="facet-count number">${formatCount(count, this.locale)}</span>
    </button>`;
  }

  /** Where columns are out of sight, their headings cannot be clicked. */
  private renderSortChoice(): TemplateResult {
    const { column, descending } = this.ui.findingSort;
    return html`<label class="row choose"
        >${l10n.t('Sort by')}
        <select @change=${this.onSortChoice}>
          ${findingColumns.map((id) => html`<option value=${id} ?selected=${id === column}>${columnWord(id)}</option>`)}
        </select></label
      ><button class="facet" aria-pressed=${descending ? 'true' : 'false'} @click=${this.flipSort}>${l10n.t('Descending')}</button>`;
  }

  private renderScopes(filter: FindingFilter): TemplateResult {
    const scopes: [string, Partial<Record<keyof FindingFilter, undefined>> | { blockingOnly: false }][] = [];
    if (filter.layer !== undefined) scopes.push([layerWord(filter.layer, this.locale), { layer: undefined }]);
    if (filter.purl !== undefined) scopes.push([toCellText(filter.purl, 80), { purl: undefined }]);
    if (filter.blockingOnly) scopes.push([l10n.t('Blocks the push'), { blockingOnly: false }]);
    return html`${scopes.map(
      ([text, change]) =>
        html`<button
          class="facet"
          aria-pressed="true"
          title=${l10n.t('Remove this filter')}
          @click=${() => {
            this.setFilter(change as Partial<FindingFilter>);
          }}
        >
          <span class="untrusted">${text}</span>${icon('cross')}
        </button>`,
    )}`;
  }

  private countText(): string {
    const { ignoredOnly } = this.ui.findingFilter;
    const total = this.rows.filter(({ ignoredBy }) => (ignoredBy !== undefined) === ignoredOnly).length;
    const all = ignoredOnly ? ignoredWord(total, this.locale) : findingsWord(total, this.locale);
    return isFiltering(this.ui.findingFilter) ? l10n.t('{0} of {1}', formatCount(this.shown.length, this.locale), all) : all;
  }

  private renderNoMatch(): TemplateResult {
    if (!isFiltering(this.ui.findingFilter)) {
      return html`<div class="empty">
        <h2>${l10n.t('Nothing found but what is ignored')}</h2>
        <p class="quiet">${l10n.t('Who says so, and why, stands with each of them under "Ignored".')}</p>
      </div>`;
    }
    return html`<div class="empty">
      <h2>${l10n.t('No finding passes the filter')}</h2>
      <p class="quiet">
        ${l10n.t('{0} are hidden by it.', findingsWord(this.rows.filter(({ ignoredBy }) => ignoredBy === undefined).length, this.locale))}
      </p>
      <vscode-button secondary @click=${this.clearFilter}>${l10n.t('Clear filters')}</vscode-button>
    </div>`;
  }

  /** No findings is only good news where everything was looked at, and against everything that is known. */
  private renderNothingFound(): TemplateResult {
    const { partial, advisories } = this.summary;
    if (partial) {
      return html`<div class="empty">
        <h2>${icon('warning')} ${l10n.t('Nothing found in what could be read')}</h2>
        <p>
          ${
            this.problemCount === 1
              ? l10n.t('This scan is partial: 1 thing could not be read, and may hold findings. It is listed at the top of the page.')
              : l10n.t(
                  'This scan is partial: {0} things could not be read, and may hold findings. They are listed at the top of the page.',
                  formatCount(this.problemCount, this.locale),
                )
          }
        </p>
      </div>`;
    }
    if (!advisories.full) {
      return html`<div class="empty">
        <h2>${l10n.t('Nothing found with the starter set')}</h2>
        <p>
          ${l10n.t('The starter set knows only the critical and known-exploited vulnerabilities. Update the advisories and scan again for complete coverage.')}
        </p>
      </div>`;
    }
    return html`<div class="empty">
      <h2>${icon('check')} ${l10n.t('No findings')}</h2>
      <p class="quiet">${l10n.t('The whole image was read and nothing was found in it.')}</p>
    </div>`;
  }

  private setFilter(change: Partial<FindingFilter>): void {
    navigate(this, (ui) => ({ ...ui, findingFilter: withoutUndefined({ ...ui.findingFilter, ...change }) }));
  }

  private readonly clearFilter = (): void => {
    navigate(this, (ui) => ({ ...ui, findingFilter: noFilter }));
  };

  private readonly onText = (event: Event): void => {
    this.setFilter({ text: (event.currentTarget as HTMLInputElement).value });
  };

  private readonly onFixable = (event: Event): void => {
    this.setFilter({ fixableOnly: (event.currentTarget as HTMLInputElement).checked });
  };

  private readonly onKev = (event: Event): void => {
    this.setFilter({ kevOnly: (event.currentTarget as HTMLInputElement).checked });
  };

  private readonly onIgnored = (event: Event): void => {
    this.setFilter({ ignoredOnly: (event.currentTarget as HTMLInputElement).checked });
  };

  private readonly onGrouping = (event: Event): void => {
    const findingGrouping = (event.currentTarget as HTMLSelectElement).value as FindingGrouping;
    navigate(this, (ui) => ({ ...ui, findingGrouping }));
  };

  private readonly onSort = (event: GridSortEvent): void => {
    const { column, descending } = event.sort;
    navigate(this, (ui) => ({ ...ui, findingSort: { column: column as FindingColumn, descending } }));
  };

  private readonly onSortChoice = (event: Event): void => {
    const column = (event.currentTarget as HTMLSelectElement).value as FindingColumn;
    navigate(this, (ui) => ({ ...ui, findingSort: { column, descending: false } }));
  };

  private readonly flipSort = (): void => {
    navigate(this, (ui) => ({ ...ui, findingSort: { ...ui.findingSort, descending: !ui.findingSort.descending } }));
  };

  private readonly onOpen = (event: GridKeyEvent): void => {
    const item = this.items.find((candidate) => candidate.key === event.key);
    if (item?.kind !== 'finding') return;
    const openFinding = item.row.identity;
    this.openDetail(event, (ui) => ({ ...ui, openFinding }));
  };

  private readonly onToggle = (event: GridKeyEvent): void => {
    navigate(this, (ui) => ({ ...ui, collapsed: toggled(ui.collapsed, event.key) }));
  };
}

function toggled<T>(values: readonly T[], value: T): readonly T[] {
  return values.includes(value) ? values.filter((item) => item !== value) : [...values, value];
}

function withoutUndefined(filter: { readonly [K in keyof FindingFilter]: FindingFilter[K] | undefined }): FindingFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as unknown as FindingFilter;
}

customElements.define('plimsoll-findings', FindingsView);
