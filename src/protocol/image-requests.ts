/** Scanning an image, and what is done with its report. */
import type { Platform } from '../foundation/model/image.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { isPlatform } from './model-guards/image.ts';
import { isScanReport } from './model-guards/report.ts';
import { inProject, isWithProgress, withProgress } from './request.ts';
import type { InProject, RequestGuards, WithProgress } from './request.ts';
import { anyOf, isCount, isFlag, isText, listOf, oneOf, optional, shape } from './shape.ts';
import { exportFormats } from './webview.ts';
import type { ExportFormat } from './webview.ts';

/** Where an image is taken from. `host` is a DOCKER_HOST-style address of the engine that listed the image; `path` an archive or an OCI layout of this machine. */
export type ScanInput =
  { readonly kind: 'engine'; readonly reference: string; readonly host?: string } | { readonly kind: 'path'; readonly path: string };

export interface ScanImageParams extends WithProgress, InProject {
  readonly input: ScanInput;
  readonly platform?: Platform;
  /** Advisory database to use instead of the downloaded or bundled one. */
  readonly advisoriesFile?: string;
  /** A report that somebody attached to the image in its registry may be used: this asks the registry. */
  readonly sharedReports?: boolean;
  /** An open document: the Dockerfile the image was built from. Findings are then placed on its lines. */
  readonly dockerfileUri?: string;
}

export interface ListedImage {
  /** name:tag, or the id where there is no name. */
  readonly reference: string;
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt?: string;
  readonly sizeBytes: number;
  readonly host: string;
}

export interface ListImagesResult {
  readonly images: readonly ListedImage[];
  /** Every engine address that was asked, in order; with the reason where it did not answer. */
  readonly tried: readonly { readonly address: string; readonly error?: string }[];
}

/** A report that is to be made anew without looking at the image: what is ignored by the configuration as it is now, and with `match` its vulnerabilities by the advisories of now. */
export interface RefreshReportParams extends WithProgress, InProject {
  readonly report: ScanReport;
  readonly match: boolean;
  /** As in ScanImageParams. */
  readonly advisoriesFile?: string;
}

export interface ExportReportParams extends WithProgress {
  readonly report: ScanReport;
  readonly format: ExportFormat;
}

export interface ExportReportResult {
  readonly text: string;
}

/** Requests about images and reports, by method. */
export interface ImageRequests {
  'plimsoll/scanImage': { params: ScanImageParams; result: ScanReport };
  'plimsoll/listImages': { params: WithProgress; result: ListImagesResult };
  'plimsoll/refreshReport': { params: RefreshReportParams; result: ScanReport };
  'plimsoll/exportReport': { params: ExportReportParams; result: ExportReportResult };
}

export const isScanInput = anyOf(
  shape<Extract<ScanInput, { kind: 'engine' }>>({ kind: oneOf('engine'), reference: isText, host: optional(isText) }),
  shape<Extract<ScanInput, { kind: 'path' }>>({ kind: oneOf('path'), path: isText }),
);

export const imageRequests: RequestGuards<ImageRequests> = {
  'plimsoll/scanImage': {
    isParams: shape<ScanImageParams>({
      ...withProgress,
      input: isScanInput,
      platform: optional(isPlatform),
      advisoriesFile: optional(isText),
      sharedReports: optional(isFlag),
      ...inProject,
    }),
    isResult: isScanReport,
  },
  'plimsoll/listImages': {
    isParams: isWithProgress,
    isResult: shape<ListImagesResult>({
      images: listOf(shape<ListedImage>({ reference: isText, id: isText, createdAt: optional(isText), sizeBytes: isCount, host: isText })),
      tried: listOf(shape<ListImagesResult['tried'][number]>({ address: isText, error: optional(isText) })),
    }),
  },
  'plimsoll/refreshReport': {
    isParams: shape<RefreshReportParams>({
      ...withProgress,
      report: isScanReport,
      match: isFlag,
      advisoriesFile: optional(isText),
      ...inProject,
    }),
    isResult: isScanReport,
  },
  'plimsoll/exportReport': {
    isParams: shape<ExportReportParams>({ ...withProgress, report: isScanReport, format: oneOf(...exportFormats) }),
    isResult: shape<ExportReportResult>({ text: isText }),
  },
};
