import { css } from 'lit';

export const reportHeaderStyles = css`
  :host {
    display: grid;
    gap: 8px;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    justify-content: space-between;
    gap: 8px 24px;
  }
  h1 {
    font-size: 1.5em;
    line-height: 1.25;
    flex: 1 1 260px;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 0;
    color: var(--quiet);
  }
  .facts > li:not(:last-child)::after {
    content: '·';
    padding-inline: 8px;
  }
  .state {
    gap: 4px 16px;
  }
  .disclosure {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 0 8px 0 6px;
    min-height: 24px;
    border: 1px solid var(--caution);
    border-radius: 12px;
    color: var(--vscode-foreground);
    background: none;
    font: inherit;
    cursor: pointer;
  }
  .disclosure .icon-warning {
    color: var(--caution);
  }
  .disclosure[aria-expanded='true'] .icon-chevron {
    transform: rotate(90deg);
  }
  .advice {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
  }
  .advice .icon {
    color: var(--caution);
  }
  .problems {
    display: grid;
    gap: 4px;
    max-height: 16em;
    overflow-y: auto;
    padding: 8px 12px;
    border: 1px solid var(--line);
    border-inline-start: 3px solid var(--caution);
    border-radius: 4px;
  }
  .problems li {
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .exports {
    position: relative;
  }
  .menu {
    position: absolute;
    inset-inline-end: 0;
    top: calc(100% + 4px);
    z-index: 5;
    display: grid;
    min-width: 150px;
    padding: 4px;
    border: 1px solid var(--vscode-contrastBorder, var(--vscode-menu-border, var(--line)));
    border-radius: 5px;
    color: var(--vscode-menu-foreground);
    background: var(--vscode-menu-background);
    box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
  }
  .menu button {
    padding: 4px 10px;
    border: 0;
    border-radius: 3px;
    text-align: start;
    font: inherit;
    color: inherit;
    background: none;
    cursor: pointer;
  }
  .menu button:is(:hover, :focus-visible) {
    color: var(--vscode-menu-selectionForeground);
    background: var(--vscode-menu-selectionBackground);
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .face {
    display: inline-flex;
    align-items: center;
    gap: 5px;
  }
  .face .icon-chevron {
    transform: rotate(90deg);
  }
  @container page (max-width: 520px) {
    .menu {
      inset-inline: 0 auto;
    }
  }
  .remarks {
    display: grid;
    gap: 4px;
  }
  .remarks li {
    display: flex;
    gap: 6px;
    align-items: baseline;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .remarks .icon {
    flex: none;
    align-self: start;
    margin-block-start: 2px;
  }
  .remarks .icon-warning {
    color: var(--caution);
  }
`;
