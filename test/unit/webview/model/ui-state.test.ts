import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseWebviewState } from '../../../../src/protocol/validate-webview.ts';
import { initialUiState, restoreUiState, toStoredState } from '../../../../webview/model/ui-state.ts';
import type { UiState } from '../../../../webview/model/ui-state.ts';

const ui: UiState = {
  ...initialUiState,
  tab: 'layers',
  findingFilter: { ...initialUiState.findingFilter, text: 'ssl', severities: ['high'], layer: 3 },
  findingSort: { column: 'package', descending: true },
  openLayer: 2,
};

test('what is stored comes back for the same report', () => {
  const stored: unknown = JSON.parse(JSON.stringify(toStoredState('a', ui)));
  assert.deepEqual(restoreUiState(stored, 'a'), ui);
});

test('another report begins anew', () => {
  assert.deepEqual(restoreUiState(toStoredState('a', ui), 'b'), initialUiState);
});

test('the host finds the report by it', () => {
  assert.equal(parseWebviewState(toStoredState('a', ui))?.key, 'a');
});

test('a state that is malformed or of another version begins anew', () => {
  const stored = toStoredState('a', ui);
  assert.deepEqual(restoreUiState({ ...stored, ui: { ...ui, tab: 'constructor' } }, 'a'), initialUiState);
  assert.deepEqual(restoreUiState({ ...stored, ui: { ...ui, findingFilter: null } }, 'a'), initialUiState);
  fc.assert(
    fc.property(fc.anything(), (anything) => {
      assert.deepEqual(restoreUiState(anything, 'a'), initialUiState);
      assert.deepEqual(restoreUiState({ version: 1, key: 'a', ui: anything }, 'a'), initialUiState);
    }),
  );
});
