import { css } from 'lit';

/** What only the page as a whole has. */
export const reportStyles = css`
  :host {
    --tabs-height: 36px;
    container: page / inline-size;
  }
  .top {
    display: grid;
    gap: 14px;
    padding: 16px 16px 12px;
  }
  .banner {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px 12px;
    border: 1px solid var(--line);
    border-radius: 4px;
  }
  .banner.failed {
    color: var(--vscode-errorForeground);
    border-color: currentColor;
  }
  .banner .text {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .waiting {
    display: grid;
    gap: 10px;
    max-width: 60ch;
    padding: 48px 24px;
  }
  [role='tablist'] {
    position: sticky;
    top: 0;
    z-index: 3;
    display: flex;
    gap: 4px;
    height: var(--tabs-height);
    padding: 0 12px;
    overflow-x: auto;
    overflow-y: hidden;
    background: var(--vscode-editor-background);
    border-bottom: 1px solid var(--line);
  }
  [role='tab'] {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    padding: 0 8px;
    border: 0;
    border-bottom: 2px solid transparent;
    font: inherit;
    color: var(--vscode-panelTitle-inactiveForeground, var(--quiet));
    background: none;
    cursor: pointer;
    white-space: nowrap;
  }
  [role='tab']:hover,
  [role='tab'][aria-selected='true'] {
    color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground));
  }
  [role='tab'][aria-selected='true'] {
    border-bottom-color: var(--vscode-panelTitle-activeBorder, var(--vscode-focusBorder));
  }
  [role='tab']:focus-visible {
    outline-offset: -3px;
  }
  .count {
    min-width: 18px;
    padding: 0 6px;
    border-radius: 9px;
    text-align: center;
    font-size: 0.85em;
    line-height: 18px;
    font-variant-numeric: tabular-nums;
    color: var(--vscode-badge-foreground);
    background: var(--vscode-badge-background);
    border: 1px solid var(--vscode-contrastBorder, transparent);
  }
  [role='tabpanel'] {
    min-height: 60vh;
  }
`;
