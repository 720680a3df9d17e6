import type { ExportFormat } from '../protocol/webview.ts';

/** What a report can be saved as, in the order it is offered, with the ending of the file. */
export const formatEndings = {
  sarif: 'sarif',
  cyclonedx: 'cdx.json',
  spdx: 'spdx.json',
  openvex: 'openvex.json',
  html: 'html',
  junit: 'xml',
  json: 'json',
} as const satisfies Partial<Record<ExportFormat, string>>;
export type OfferedFormat = keyof typeof formatEndings;
export const exportFormats = Object.keys(formatEndings) as readonly OfferedFormat[];

/** Returns a file name for a report of `title`: letters, digits, dot and dash of it only, so that no reference can name another folder. */
export function exportFileName(title: string, format: OfferedFormat): string {
  const stem = title.replaceAll(/[^A-Za-z0-9.-]+/g, '-').replaceAll(/^[.-]+|[.-]+$/g, '');
  return `${stem === '' ? 'image' : stem.slice(0, 100)}.${formatEndings[format]}`;
}
