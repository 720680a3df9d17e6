import { css } from 'lit';

// Colours come from theme tokens alone. Borders ask for contrastBorder first: only high-contrast themes have it.

/** For the document itself; adopted by main.ts. */
export const documentStyles = css`
  html {
    scroll-padding-top: 80px;
  }
  body {
    margin: 0;
    padding: 0;
    color: var(--vscode-foreground);
    background: var(--vscode-editor-background);
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size);
    font-weight: var(--vscode-font-weight);
  }
`;

export const sharedStyles = css`
  :host {
    --line: var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-panel-border)));
    --quiet: var(--vscode-descriptionForeground);
    --good: var(--vscode-charts-green);
    --bad: var(--vscode-charts-red);
    --caution: var(--vscode-charts-yellow);
    display: block;
    line-height: 1.45;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1,
  h2,
  h3 {
    font-weight: 600;
    color: var(--vscode-foreground);
    overflow-wrap: anywhere;
  }
  .quiet {
    color: var(--quiet);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .mono,
  code,
  pre {
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: var(--vscode-editor-font-size, 0.95em);
  }
  .untrusted {
    unicode-bidi: isolate;
    overflow-wrap: anywhere;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    width: 1.15em;
    height: 1.15em;
    flex: none;
    vertical-align: -0.2em;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 10px;
  }
  a,
  .link {
    color: var(--vscode-textLink-foreground);
    background: none;
    border: 0;
    padding: 0;
    font: inherit;
    text-align: start;
    cursor: pointer;
    text-decoration: underline;
    text-underline-offset: 2px;
    overflow-wrap: anywhere;
  }
  .link:hover {
    color: var(--vscode-textLink-activeForeground, var(--vscode-textLink-foreground));
  }
  :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
  vscode-button {
    flex: none;
  }
  .tag {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 0 7px;
    border: 1px solid currentColor;
    border-radius: 9px;
    font-size: 0.9em;
    line-height: 1.5;
    white-space: nowrap;
  }
  .tag.bad {
    color: var(--bad);
  }
  .tag.good {
    color: var(--good);
  }
  .tag.caution {
    color: var(--caution);
  }
  .tag.quiet {
    color: var(--quiet);
  }
  .tag > span {
    color: var(--vscode-foreground);
  }
  select {
    min-height: 26px;
    max-width: 100%;
    padding: 1px 4px;
    color: var(--vscode-dropdown-foreground);
    background: var(--vscode-dropdown-background);
    border: 1px solid var(--vscode-dropdown-border, var(--line));
    border-radius: 3px;
    font: inherit;
  }
  pre {
    margin: 0;
    padding: 8px 10px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    color: var(--vscode-editor-foreground);
    background: var(--vscode-textCodeBlock-background);
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 4px;
    unicode-bidi: isolate;
    max-height: 22em;
    overflow-y: auto;
  }
  .severity {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    vertical-align: top;
    white-space: nowrap;
  }
  .mark {
    width: 12px;
    height: 12px;
    flex: none;
  }
  .sev-critical {
    color: var(--vscode-charts-red);
  }
  .sev-high {
    /* Not charts-orange: some themes (Dark Modern among them) make it a dark brown, made for a minimap. */
    color: color-mix(in srgb, var(--vscode-charts-red) 50%, var(--vscode-charts-yellow));
  }
  .sev-medium {
    color: var(--vscode-charts-yellow);
  }
  .sev-low {
    color: var(--vscode-charts-blue);
  }
  .sev-negligible,
  .sev-unknown {
    color: var(--quiet);
  }
  .close {
    display: inline-flex;
    padding: 4px;
    border: 0;
    border-radius: 4px;
    color: var(--vscode-icon-foreground, var(--vscode-foreground));
    background: none;
    cursor: pointer;
    font: inherit;
    align-items: center;
    gap: 4px;
  }
  .close:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }
`;
