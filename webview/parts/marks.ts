import { html, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import type { Severity } from '../../src/foundation/model/severity.ts';
import { severityWord } from '../words.ts';

/** Returns the shapes of a severity's mark in a 12 by 12 square. Each severity has a shape of its own, so that colour is never all there is. */
export function severityShape(severity: Severity): SVGTemplateResult {
  switch (severity) {
    case 'critical':
      return svg`<path d="M3.8 0.5h4.4l3.3 3.3v4.4l-3.3 3.3H3.8L0.5 8.2V3.8Z" fill="currentColor"/>`;
    case 'high':
      return svg`<path d="M6 0.8 11.6 11H0.4Z" fill="currentColor"/>`;
    case 'medium':
      return svg`<path d="M6 0.4 11.6 6 6 11.6 0.4 6Z" fill="currentColor"/>`;
    case 'low':
      return svg`<circle cx="6" cy="6" r="4.2" fill="currentColor"/>`;
    case 'negligible':
      return svg`<circle cx="6" cy="6" r="3.9" fill="none" stroke="currentColor" stroke-width="1.4"/>`;
    case 'unknown':
      return svg`<circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.4" stroke-dasharray="2 1.6"/>`;
  }
}

export function severityMark(severity: Severity): TemplateResult {
  return html`<svg class="mark sev-${severity}" viewBox="0 0 12 12" aria-hidden="true">${severityShape(severity)}</svg>`;
}

/** Returns mark and word together: how a severity is always shown. */
export function severityLabel(severity: Severity): TemplateResult {
  return html`<span class="severity">${severityMark(severity)}<span>${severityWord(severity)}</span></span>`;
}

const paths = {
  check: 'M3 8.4 6.4 12 13 4.6',
  cross: 'M4 4l8 8M12 4l-8 8',
  warning: 'M8 2.2 14.4 13.4H1.6ZM8 6.4v3.4M8 11.3v.6',
  question: 'M8 1.6a6.4 6.4 0 1 1 0 12.8a6.4 6.4 0 1 1 0-12.8M6.2 6.3c.1-2.6 3.8-2.4 3.7-.1 0 1.4-1.9 1.5-1.9 3M8 11v.7',
  anchor: 'M8 4.6V14M5.4 7.2h5.2M2.6 9.4c.3 3 2.4 4.6 5.4 4.6s5.1-1.6 5.4-4.6M8 1.6a1.5 1.5 0 1 1 0 3a1.5 1.5 0 1 1 0-3',
  sail: 'M8.6 1.8v8.4M8.6 2.4 13 9.2H8.6M7 4.2 3.4 9.2H7M1.8 11h12.4l-2 3.2H4Z',
  chevron: 'M6 3.5 10.5 8 6 12.5',
  copy: 'M6 5.5h7v8H6ZM10 5.5v-3H3v8h3',
  back: 'M10 3.5 5.5 8l4.5 4.5',
} as const;

export type IconName = keyof typeof paths;

/** Returns a line icon in the colour of the text beside it; decoration, so hidden from screen readers. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon icon-${name}" viewBox="0 0 16 16" aria-hidden="true">
    <path d=${paths[name]} fill="none" stroke="currentColor" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round" />
  </svg>`;
}
