import type { ReportRenderer } from '../renderer.ts';
import { toStableJson } from '../stable-json.ts';

/** The report itself: the shape that scripts depend on. @see media/schemas/report.json */
export const renderer: ReportRenderer = {
  id: 'json',
  mediaType: 'application/json',
  render: (report) => toStableJson(report, ['schemaVersion', 'status', 'image', 'advisories', 'problems', 'findings', 'packages', 'timings']),
};
