import type { ScanReport } from '../../foundation/model/report.ts';

/**
 * The contract of a report renderer: a report to text, one format a file, pure. The same report and options give the same bytes.
 * To add one: a file in renderers/ named after its id that exports `renderer`, a test of the same name; `npm run gen` registers it.
 */
export interface ReportRenderer {
  /** The word for --format: 'table', 'json', 'sarif', 'cyclonedx', 'spdx' …: equals the file name. */
  readonly id: string;
  readonly mediaType: string;
  render(report: ScanReport, options: RenderOptions): string;
}

export interface RenderOptions {
  /** ANSI colours, for a terminal. */
  readonly color?: boolean;
  /** Columns of the terminal; default 120. */
  readonly width?: number;
  /** With why each vulnerability was reported, and what everybody says of it. */
  readonly verbose?: boolean;
  readonly toolVersion: string;
  /** Written as the document's creation time where a format demands one. */
  readonly createdAt: Date;
}
