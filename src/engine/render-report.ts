import { renderers } from '../evidence/report/renderers.generated.ts';
import { productVersion } from '../foundation/io/resources.ts';
import type { ScanReport } from '../foundation/model/report.ts';

export const reportFormats = ['table', 'json', 'sarif', 'cyclonedx', 'spdx', 'openvex', 'html', 'junit'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** Returns the report as text in one format. */
export function renderReport(
  report: ScanReport,
  format: ReportFormat,
  options: { readonly color?: boolean; readonly width?: number; readonly verbose?: boolean; readonly createdAt?: Date },
): string {
  const renderer = renderers.find(({ id }) => id === format);
  if (renderer === undefined) throw new Error(`no renderer for ${format}`);
  const { color, width, verbose, createdAt = new Date() } = options;
  return renderer.render(report, {
    toolVersion: productVersion(),
    createdAt,
    ...(color === undefined ? {} : { color }),
    ...(width === undefined ? {} : { width }),
    ...(verbose === undefined ? {} : { verbose }),
  });
}
