import { css } from 'lit';

export const policyStyles = css`
  .page {
    display: grid;
    gap: 22px;
    max-width: 900px;
    padding: 18px 16px 32px;
  }
  section {
    display: grid;
    gap: 8px;
  }
  h2 {
    font-size: 1.25em;
  }
  h3 {
    font-size: 1em;
    padding-bottom: 3px;
    border-bottom: 1px solid var(--line);
  }
  .facts {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 3px 16px;
  }
  dt {
    color: var(--quiet);
  }
  dd {
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .entries {
    display: grid;
    gap: 2px;
  }
  .entries li {
    display: grid;
    grid-template-columns: minmax(130px, max-content) 100px minmax(0, 1fr);
    gap: 12px;
    align-items: baseline;
  }
  .entries .what {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .steps {
    display: grid;
    gap: 16px;
    counter-reset: step;
  }
  .steps li {
    display: grid;
    gap: 6px;
    padding-inline-start: 26px;
    position: relative;
  }
  .steps li::before {
    counter-increment: step;
    content: counter(step);
    position: absolute;
    inset-inline-start: 0;
    color: var(--quiet);
    font-variant-numeric: tabular-nums;
  }
  .judgements {
    display: grid;
    gap: 4px;
  }
  .judgements dt {
    color: inherit;
    font-weight: 600;
  }
  .judgements dt .quiet {
    font-weight: normal;
  }
  .judgements dd {
    padding: 0 0 8px 24px;
  }
  .doubts {
    display: grid;
    gap: 4px;
  }
  @container page (max-width: 520px) {
    .entries li {
      grid-template-columns: minmax(0, 1fr) max-content;
      gap: 0 12px;
    }
    .entries .what {
      grid-column: 1 / -1;
      padding-bottom: 6px;
    }
  }
`;
