import { css } from 'lit';

/** The look of the filters above a list, and of what stands in place of an empty one. */
export const toolbarStyles = css`
  .toolbar {
    display: grid;
    gap: 8px;
    padding: 12px 12px 8px;
  }
  .search {
    flex: 1 1 200px;
    max-width: 380px;
    width: auto;
  }
  .spring {
    flex: 1;
  }
  .choose {
    gap: 6px;
    flex-wrap: nowrap;
    color: var(--quiet);
  }
  .facet {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-width: 100%;
    min-height: 24px;
    padding: 1px 9px;
    border: 1px solid var(--line);
    border-radius: 12px;
    font: inherit;
    color: var(--vscode-foreground);
    background: none;
    cursor: pointer;
  }
  .facet:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }
  .facet[aria-pressed='true'] {
    color: var(--vscode-inputOption-activeForeground);
    background: var(--vscode-inputOption-activeBackground);
    border-color: var(--vscode-contrastActiveBorder, var(--vscode-inputOption-activeBorder));
  }
  .facet-count {
    color: var(--quiet);
  }
  .facet[aria-pressed='true'] .facet-count {
    color: inherit;
  }
  .status {
    min-height: 22px;
    color: var(--quiet);
  }
  .empty {
    display: grid;
    justify-items: start;
    gap: 8px;
    max-width: 62ch;
    padding: 32px 16px;
  }
  .empty h2 {
    font-size: 1.2em;
  }
`;
