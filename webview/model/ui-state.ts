import { findingCategories } from '../../src/foundation/model/finding.ts';
import { severities } from '../../src/foundation/model/severity.ts';
import { listOf, isFlag, isRecord, isText, isCount, optional, oneOf, shape } from '../../src/protocol/shape.ts';
import type { WebviewState } from '../../src/protocol/webview.ts';
import { defaultSort, findingColumns, findingGroupings, noFilter } from './findings.ts';
import type { FindingFilter, FindingGrouping, FindingSort } from './findings.ts';
import { layerColumns } from './layers.ts';
import type { LayerColumn } from './layers.ts';
import { packageColumns } from './packages.ts';
import type { PackageColumn, PackageFilter } from './packages.ts';

export const tabs = ['findings', 'packages', 'layers', 'policy'] as const;
export type Tab = (typeof tabs)[number];

/** Where the user is in the page: navigation only, never content of the report. */
export interface UiState {
  readonly tab: Tab;
  readonly findingFilter: FindingFilter;
  readonly findingSort: FindingSort;
  readonly findingGrouping: FindingGrouping;
  /** Keys of the groups that are folded. */
  readonly collapsed: readonly string[];
  readonly packageFilter: PackageFilter;
  readonly packageSort: { readonly column: PackageColumn; readonly descending: boolean };
  readonly layerSort: { readonly column: LayerColumn; readonly descending: boolean };
  /** Identity of the finding whose detail is open. */
  readonly openFinding?: string;
  /** Identity of the package whose detail is open. */
  readonly openPackage?: string;
  /** Index of the layer whose detail is open. */
  readonly openLayer?: number;
  readonly problemsOpen: boolean;
}

export const initialUiState: UiState = {
  tab: 'findings',
  findingFilter: noFilter,
  findingSort: defaultSort,
  findingGrouping: 'none',
  collapsed: [],
  packageFilter: { text: '' },
  packageSort: { column: 'name', descending: false },
  layerSort: { column: 'layer', descending: false },
  problemsOpen: false,
};

/** What is kept with setState: the protocol's part for the host, and ours. */
export interface StoredState extends WebviewState {
  readonly ui: UiState;
}

/** Longest stored list of folded groups; beyond it the rest opens again when the window is restored. */
const MAX_COLLAPSED = 500;

export function toStoredState(key: string, ui: UiState): StoredState {
  return { version: 1, key, ui: { ...ui, collapsed: ui.collapsed.slice(0, MAX_COLLAPSED) } };
}

/** Returns the navigation state stored for the report `key`, else the initial one: another report's filter would hide findings without being asked to. */
export function restoreUiState(stored: unknown, key: string): UiState {
  return isRecord(stored) && stored.key === key && isUiState(stored.ui) ? stored.ui : initialUiState;
}

const isUiState = shape<UiState>({
  tab: oneOf(...tabs),
  findingFilter: shape<FindingFilter>({
    text: isText,
    severities: listOf(oneOf(...severities)),
    categories: listOf(oneOf(...findingCategories)),
    fixableOnly: isFlag,
    kevOnly: isFlag,
    blockingOnly: isFlag,
    ignoredOnly: isFlag,
    layer: optional(isCount),
    purl: optional(isText),
  }),
  findingSort: shape<FindingSort>({ column: oneOf(...findingColumns), descending: isFlag }),
  findingGrouping: oneOf(...findingGroupings),
  collapsed: listOf(isText),
  packageFilter: shape<PackageFilter>({ text: isText, layer: optional(isCount) }),
  packageSort: shape<UiState['packageSort']>({ column: oneOf(...packageColumns), descending: isFlag }),
  layerSort: shape<UiState['layerSort']>({ column: oneOf(...layerColumns), descending: isFlag }),
  openFinding: optional(isText),
  openPackage: optional(isText),
  openLayer: optional(isCount),
  problemsOpen: isFlag,
});
