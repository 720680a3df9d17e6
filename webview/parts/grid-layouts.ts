import { css } from 'lit';

/** The columns of each list at each width, and how its cells look. Classes are `c-<column id>`; numbers stand right-aligned under their headings. */
export const gridLayouts = css`
  .c-layer,
  .c-packages,
  .c-findings {
    text-align: end;
    justify-content: flex-end;
    font-variant-numeric: tabular-nums;
  }
  .c-id,
  .c-installed,
  .c-fixed,
  .c-version {
    font-variant-numeric: tabular-nums;
  }
  .cell.c-installed,
  .cell.c-category,
  .cell.c-type,
  .cell.c-purl {
    color: var(--quiet);
  }
  .open .cell {
    color: inherit;
  }
  .none {
    color: var(--quiet);
  }

  :host([variant='findings']) [role='row']:not(.group) {
    grid-template-columns: 96px minmax(132px, 1.3fr) minmax(110px, 1.5fr) minmax(90px, 1.1fr) minmax(90px, 1.1fr) 128px 48px 44px;
  }
  @container (max-width: 900px) {
    :host([variant='findings']) [role='row']:not(.group) {
      grid-template-columns: 96px minmax(132px, 1.3fr) minmax(100px, 1.4fr) minmax(80px, 1fr) minmax(80px, 1fr) 44px;
    }
    :host([variant='findings']) :is(.c-category, .c-layer) {
      display: none;
    }
  }
  @container (max-width: 560px) {
    :host([variant='findings']) .head [role='row'] {
      grid-template-columns: auto auto 1fr auto;
    }
    :host([variant='findings']) .item:not(.group) {
      grid-template-columns: 92px minmax(0, 1fr) minmax(0, auto);
      grid-template-areas: 'severity id kev' 'severity package fixed';
      row-gap: 0;
      padding-block: 5px;
      border-bottom-color: color-mix(in srgb, var(--line) 45%, transparent);
    }
    :host([variant='findings']) .cell.c-severity {
      grid-area: severity;
      align-self: start;
    }
    :host([variant='findings']) .cell.c-id {
      grid-area: id;
    }
    :host([variant='findings']) .cell.c-kev {
      grid-area: kev;
      justify-self: end;
    }
    :host([variant='findings']) .cell.c-package {
      grid-area: package;
      color: var(--quiet);
    }
    :host([variant='findings']) .cell.c-fixed {
      grid-area: fixed;
      justify-self: end;
      max-width: 130px;
    }
    :host([variant='findings']) :is(.c-installed, [role='columnheader'].c-fixed) {
      display: none;
    }
  }

  :host([variant='packages']) [role='row'] {
    grid-template-columns: minmax(120px, 1.2fr) minmax(100px, 1fr) 64px minmax(160px, 2.4fr) 56px 92px;
  }
  @container (max-width: 760px) {
    :host([variant='packages']) [role='row'] {
      grid-template-columns: minmax(90px, 1.3fr) minmax(80px, 1fr) 52px 84px;
    }
    :host([variant='packages']) :is(.c-type, .c-purl) {
      display: none;
    }
  }

  :host([variant='layers']) [role='row'] {
    grid-template-columns: 52px 190px minmax(160px, 1fr) 84px 104px;
  }
  :host([variant='layers']) .cell.c-layer {
    color: var(--quiet);
  }
  .size {
    display: grid;
    grid-template-columns: 1fr 72px;
    align-items: center;
    gap: 8px;
  }
  .size svg {
    width: 100%;
    height: 8px;
    border-radius: 4px;
    color: var(--vscode-charts-blue);
    background: var(--vscode-editorWidget-background);
    border: 1px solid var(--vscode-contrastBorder, transparent);
  }
  .size .number {
    text-align: end;
  }
  @container (max-width: 640px) {
    :host([variant='layers']) [role='row'] {
      grid-template-columns: 54px 70px minmax(80px, 1fr) 76px;
      column-gap: 10px;
    }
    :host([variant='layers']) .c-size {
      justify-content: flex-end;
    }
    :host([variant='layers']) .c-packages,
    .size svg {
      display: none;
    }
    .size {
      grid-template-columns: 1fr;
    }
  }
`;
