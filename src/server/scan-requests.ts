import type { TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ScanHooks } from '../engine/engine.ts';
import type { Exceptions } from '../engine/exceptions.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import type { ScanImageParams } from '../protocol/image-requests.ts';
import type { InProject } from '../protocol/request.ts';
import { progressTitles, type RequestDesk } from './requests.ts';
import type { ScanNotes } from './scan-notes.ts';
import type { ScannedImages } from './scanned-images.ts';
import type { ServerServices } from './services.ts';

export interface ScanRequestsParts {
  readonly desk: RequestDesk;
  readonly services: ServerServices;
  readonly documents: TextDocuments<TextDocument>;
  readonly exceptionsIn: (project: InProject) => Promise<Exceptions | undefined>;
  /** What findings are placed on. */
  readonly notes: ScanNotes;
  readonly scanned: ScannedImages;
  /** A report was made: what the editor shows of scans is not of now. */
  readonly onScanned: () => void;
  /** Its findings lie on lines of an open document. */
  readonly onPlaced: () => void;
}

/** Serves scans, what there is to scan, and reports in other formats. */
export function serveScans(parts: ScanRequestsParts): void {
  const { desk, services } = parts;
  desk.serve('plimsoll/scanImage', progressTitles.scan, (params, hooks) => scanImage(parts, params, hooks));
  desk.serve('plimsoll/listImages', undefined, (_, { signal }) => services.listLocalImages(signal));
  desk.serve('plimsoll/exportReport', undefined, async ({ report, format }) => ({ text: await services.renderReport(report, format) }));
}

async function scanImage(parts: ScanRequestsParts, params: ScanImageParams, hooks: ScanHooks): Promise<ScanReport> {
  const { services, documents, exceptionsIn, notes, scanned } = parts;
  const { input, platform, advisoriesFile, sharedReports, dockerfileUri, folderUri } = params;
  const open = dockerfileUri === undefined ? undefined : documents.get(dockerfileUri);
  // Documents change in place; what the findings are placed on is the text of now.
  const dockerfile = open === undefined ? undefined : TextDocument.create(open.uri, open.languageId, open.version, open.getText());
  const exceptions = await exceptionsIn({
    ...(dockerfileUri === undefined ? {} : { dockerfileUri }),
    ...(folderUri === undefined ? {} : { folderUri }),
  });
  const options = {
    ...(platform === undefined ? {} : { platform }),
    ...(exceptions === undefined ? {} : { exceptions }),
    ...(advisoriesFile === undefined ? {} : { advisoriesFile }),
    ...(sharedReports === true ? { sharedReports } : {}),
    ...(dockerfile === undefined ? {} : { dockerfile: dockerfile.getText() }),
  };
  const report = await services.scanImage(input, options, hooks);
  scanned.keep(report);
  parts.onScanned();
  if (dockerfile !== undefined && hooks.signal?.aborted !== true) {
    notes.keep(dockerfile, report);
    parts.onPlaced();
  }
  return report;
}
