import { css } from 'lit';

/** The look all three details share. */
export const detailStyles = css`
  :host {
    display: grid;
    gap: 18px;
    align-content: start;
    padding: 14px 16px 28px;
  }
  header {
    display: grid;
    gap: 6px;
  }
  header .bar {
    display: flex;
    align-items: start;
    justify-content: space-between;
    gap: 10px;
  }
  h2 {
    font-size: 1.25em;
    line-height: 1.3;
  }
  h2:focus-visible {
    outline-offset: 3px;
  }
  section {
    display: grid;
    gap: 8px;
  }
  section > h3 {
    font-size: 1em;
    padding-bottom: 3px;
    border-bottom: 1px solid var(--line);
  }
  .prose {
    white-space: pre-line;
    max-width: 72ch;
  }
  .facts {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 3px 16px;
  }
  .facts dt {
    color: var(--quiet);
  }
  .facts dd {
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .fix {
    display: grid;
    gap: 6px;
  }
  .fix + .fix {
    padding-top: 8px;
  }
  .chain {
    display: grid;
    gap: 0;
  }
  .chain li {
    position: relative;
    padding: 0 0 10px 20px;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .chain li::before {
    content: '';
    position: absolute;
    left: 4px;
    top: 0.45em;
    width: 7px;
    height: 7px;
    border-radius: 50%;
    border: 1.5px solid var(--quiet);
  }
  .chain li:not(:last-child)::after {
    content: '';
    position: absolute;
    left: 8px;
    top: calc(0.45em + 12px);
    bottom: -0.2em;
    width: 0;
    border-inline-start: 1px solid var(--quiet);
  }
  .chain li > .what {
    display: block;
    color: var(--quiet);
    font-size: 0.92em;
  }
  .chain pre {
    margin-top: 3px;
  }
  .references li {
    padding: 1px 0;
  }
`;
