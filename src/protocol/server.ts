/**
 * What the extension host and the language server say to each other beyond LSP itself: plain data, checked by whoever receives it. Every request takes an optional
 * `workDoneToken` (LSP work-done progress), is cancelled by `$/cancelRequest`, and fails with a ResponseError whose message is for the user to read
 * and whose `data` is {@link FailureData}.
 */
import type { Platform } from '../foundation/model/image.ts';
import type { Digest } from '../foundation/model/brand.ts';
import { isDigest } from '../foundation/model/brand.ts';
import { clouds } from '../foundation/model/cloud-key.ts';
import type { Cloud, CloudKey } from '../foundation/model/cloud-key.ts';
import type { PolicyDecision } from '../foundation/model/policy.ts';
import type { PushResult, ScanComparison } from '../foundation/model/push.ts';
import type { RematchResult } from '../foundation/model/rematch.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import type { TextEdit, TextRange } from '../foundation/model/text-range.ts';
import {
  isCloudKey,
  isPlatform,
  isPolicyDecision,
  isPushResult,
  isRematchResult,
  isScanComparison,
  isScanReport,
  isTextEdit,
  isTextRange,
} from './model-guards.ts';
import { anyOf, isCount, isFlag, isNumber, isText, listOf, nullable, oneOf, optional, recordOf, shape } from './shape.ts';
import type { Guard } from './shape.ts';
import { exportFormats } from './webview.ts';
import type { ExportFormat } from './webview.ts';

/** LSP's WorkDoneProgressParams. */
export interface WithProgress {
  readonly workDoneToken?: string | number;
}

/** Where an image is taken from. `host` is a DOCKER_HOST-style address of the engine that listed the image; `path` an archive or an OCI layout of this machine. */
export type ScanInput =
  { readonly kind: 'engine'; readonly reference: string; readonly host?: string } | { readonly kind: 'path'; readonly path: string };

/** Where the project's configuration is looked for, here and above: the folder of the Dockerfile, else the folder. Without both there is none. */
export interface InProject {
  readonly dockerfileUri?: string;
  readonly folderUri?: string;
}

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

export interface CheckPushParams extends WithProgress, InProject {
  readonly report: ScanReport;
  /** What would be pushed: registry/namespace/name:tag. */
  readonly reference: string;
}

/** An image of an engine that was scanned is to be pushed, if the decision on it is 'allow' or a reason is given. */
export interface PushImageParams extends WithProgress, InProject {
  /** Of the image as it is in the engine now: nothing else is pushed. */
  readonly report: ScanReport;
  /** As in ScanInput of kind 'engine'. */
  readonly source: { readonly reference: string; readonly host?: string };
  /** What it is pushed as: registry/namespace/name:tag. */
  readonly reference: string;
  /** Why it is to be pushed whatever the decision; kept in the evidence log. */
  readonly reason?: string;
  /** Pushes nothing where the decision is 'allow' and there is something to be said first: the decision's problems. */
  readonly heedProblems?: boolean;
}

/** A registry's own scan of what was pushed is to be laid beside ours. */
export interface CompareScansParams extends WithProgress, InProject {
  readonly report: ScanReport;
  readonly reference: string;
  readonly digest: Digest;
  /** How long to wait for a scan that is not done. */
  readonly waitMs: number;
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

export interface AdvisoriesStatusData {
  readonly source: string;
  /** ISO 8601. */
  readonly builtAt: string;
  /** False for the bundled starter set. */
  readonly full: boolean;
  readonly file: string;
  readonly ageDays?: number;
  /** ISO 8601: when its sources were last asked for something newer, by any window or command. */
  readonly checkedAt?: string;
}

export interface UpdateAdvisoriesParams extends WithProgress {
  /** References of OCI artefacts, tried in order. Default: where the database is published. */
  readonly sources?: readonly string[];
  readonly kevSource?: string;
  readonly epssSource?: string;
  /** Nobody asked for it just now. */
  readonly scheduled?: boolean;
}

export interface AdvisoriesUpdatedData extends AdvisoriesStatusData {
  /** False when there was nothing newer. */
  readonly changed: boolean;
  /** Lists beside the database that could not be had; the previous ones stay. */
  readonly problems: readonly string[];
}

export interface ExportReportParams extends WithProgress {
  readonly report: ScanReport;
  readonly format: ExportFormat;
}

export interface ExportReportResult {
  readonly text: string;
}

/** A report that is to be made anew without looking at the image: what is ignored by the configuration as it is now, and with `match` its vulnerabilities by the advisories of now. */
export interface RefreshReportParams extends WithProgress, InProject {
  readonly report: ScanReport;
  readonly match: boolean;
  /** As in ScanImageParams. */
  readonly advisoriesFile?: string;
}

export interface RematchParams extends WithProgress {
  /** ISO 8601: what came and went from then on. Default: what comes and goes now. */
  readonly since?: string;
  readonly advisoriesFile?: string;
}

/** An entry for `ignore` in the project's configuration. */
export interface IgnoreParams extends WithProgress, InProject {
  readonly id: string;
  readonly package?: string;
  readonly path?: string;
  readonly reason: string;
  /** YYYY-MM-DD, the last day it counts. */
  readonly expires?: string;
}

/** The file that the entry belongs into, which may not be there yet, and the edit; null when the file is not one that an entry can be added to. */
export interface IgnoreResult {
  readonly uri: string;
  readonly edit: TextEdit | null;
}

export interface SuppressParams extends WithProgress {
  readonly uri: string;
  readonly ruleId: string;
  readonly range: TextRange;
  readonly reason: string;
  /** YYYY-MM-DD, the last day it counts; undefined for one without an end. */
  readonly expires?: string;
}

/** `edit` is null when the document no longer has that diagnostic there. */
export interface SuppressResult {
  readonly edit: TextEdit | null;
}

/** All custom requests, by method. */
export interface ServerRequests {
  'plimsoll/scanImage': { params: ScanImageParams; result: ScanReport };
  'plimsoll/checkPush': { params: CheckPushParams; result: PolicyDecision };
  'plimsoll/pushImage': { params: PushImageParams; result: PushResult };
  'plimsoll/compareScans': { params: CompareScansParams; result: ScanComparison };
  'plimsoll/listImages': { params: WithProgress; result: ListImagesResult };
  'plimsoll/advisoriesStatus': { params: WithProgress; result: AdvisoriesStatusData };
  'plimsoll/updateAdvisories': { params: UpdateAdvisoriesParams; result: AdvisoriesUpdatedData };
  'plimsoll/exportReport': { params: ExportReportParams; result: ExportReportResult };
  'plimsoll/suppress': { params: SuppressParams; result: SuppressResult };
  'plimsoll/rematch': { params: RematchParams; result: RematchResult };
  'plimsoll/refreshReport': { params: RefreshReportParams; result: ScanReport };
  'plimsoll/ignore': { params: IgnoreParams; result: IgnoreResult };
}
export type ServerMethod = keyof ServerRequests;

/** What the client may tell in `initialize`. All of it is optional: a plain LSP client sends none. */
export interface InitializationOptions {
  /** The l10n bundle of the display language, as `vscode.l10n.bundle` has it. */
  readonly l10n?: Readonly<Record<string, string>>;
  /** URI of a rule's page with `{id}` and `{slug}` in it. */
  readonly rulePage?: string;
  /** Commands of `clientCommands` that this client has. */
  readonly commands?: readonly string[];
  /** The client checks and completes `.plimsoll.yaml` by its schema: the server then says nothing of it. */
  readonly checksConfiguration?: boolean;
  /** Ids of extensions that check Dockerfiles too and are there, as far as they are known (see engine/shared-checks.ts). */
  readonly otherLinters?: readonly string[];
  /** The client answers `plimsoll/cloudKey`. */
  readonly keepsCloudKeys?: boolean;
}

/** Ids of extensions whose checks of Dockerfiles the server knows, for a client that can say which of them are there. */
export const otherLinters = ['docker.docker', 'ms-azuretools.vscode-containers', 'ms-azuretools.vscode-docker'] as const;

/** What the server asks of a client that said `keepsCloudKeys`. */
export interface ClientRequests {
  /** The key that the user gave it for a cloud's own interface; null when there is none. */
  'plimsoll/cloudKey': { params: { readonly cloud: Cloud }; result: CloudKey | null };
}

/** What the client tells while it runs; a plain LSP client tells none of it. */
export interface ServerNotifications {
  /** Other extensions came or went. */
  'plimsoll/otherLinters': { readonly ids: readonly string[] };
  /** What scans found, newest first: those of earlier sessions, which the client remembers. */
  'plimsoll/scannedImages': { readonly images: readonly ScannedImage[] };
  /** Other keys of clouds are kept now. */
  'plimsoll/cloudKeysChanged': Readonly<Record<string, never>>;
}
export type ServerNotification = keyof ServerNotifications;

export interface ScannedImage {
  readonly reference: string;
  readonly critical: number;
  readonly high: number;
  /** Of the report, for the client's own command that opens it. */
  readonly key?: string;
}

/** Commands that run in the client and are put into code actions and code lenses when it has them. */
export const clientCommands = {
  /** Arguments: {@link SuppressParams} without a reason. */
  suppress: 'plimsoll.suppress',
  /** Argument: the rule's id. */
  openRule: 'plimsoll.openRule',
  /** Argument: {@link ShowTarget}. */
  showProblem: 'plimsoll.showProblem',
  /** Argument: `{ dockerfileUri }`. */
  scanImage: 'plimsoll.scanImage',
  /** Argument: `{ key }`, see ScannedImage. */
  openReport: 'plimsoll.openReport',
} as const;

/** A place of a document that the client is to go to. */
export interface ShowTarget {
  readonly uri: string;
  readonly range: TextRange;
}

/** Commands that the server runs on what it knows already, for any client that lets it edit. */
export const fixCommands = {
  /** Makes all safe fixes of a document or of some of its lines. Argument: {@link FixTarget}. */
  fixSafe: 'plimsoll.fixSafe',
} as const;

export interface FixTarget {
  readonly uri: string;
  /** Default: the first. */
  readonly startLine?: number;
  /** Not included. Default: all. */
  readonly endLine?: number;
}

/** Commands that the server itself runs (`workspace/executeCommand`), for any client that lets it edit (`workspace/applyEdit`). */
export const serverCommands = {
  /** Asks for the digest or checksum that a fix at one place needs, and makes the edit. Argument: {@link LookUpTarget} with a range. */
  lookUp: 'plimsoll.lookUp',
  /** The same for every image of the document that has no digest. Argument: {@link LookUpTarget}. */
  pinImages: 'plimsoll.pinImages',
} as const;

export interface LookUpTarget {
  readonly uri: string;
  /** Of what is to be looked up, as the code action has it. */
  readonly range?: TextRange;
}

/** What executeCommand answers. The user was told `message` already; it is empty when there is nothing to tell. */
export interface LookUpResult {
  readonly applied: boolean;
  readonly message: string;
}

/** `data` of a ResponseError. `code` is the failing part's own code ('engine-unreachable', …), or 'internal' for a bug. */
export interface FailureData {
  readonly code: string;
}

/** JSON-RPC code of a failure whose message is meant for the user; outside the ranges that JSON-RPC and LSP reserve. */
export const FAILURE_CODE = 4000;

const workDoneToken = optional(anyOf(isText, isNumber));
const isWithProgress = shape<WithProgress>({ workDoneToken });
export const isScanInput = anyOf(
  shape<Extract<ScanInput, { kind: 'engine' }>>({ kind: oneOf('engine'), reference: isText, host: optional(isText) }),
  shape<Extract<ScanInput, { kind: 'path' }>>({ kind: oneOf('path'), path: isText }),
);
const advisoriesStatus = {
  source: isText,
  builtAt: isText,
  full: isFlag,
  file: isText,
  ageDays: optional(isNumber),
  checkedAt: optional(isText),
};
const isAdvisoriesStatus = shape<AdvisoriesStatusData>(advisoriesStatus);

export const isInitializationOptions = shape<InitializationOptions>({
  l10n: optional(recordOf(isText)),
  rulePage: optional(isText),
  commands: optional(listOf(isText)),
  checksConfiguration: optional(isFlag),
  otherLinters: optional(listOf(isText)),
  keepsCloudKeys: optional(isFlag),
});
export const isFailureData = shape<FailureData>({ code: isText });
export const isLookUpTarget = shape<LookUpTarget>({ uri: isText, range: optional(isTextRange) });
export const isFixTarget = shape<FixTarget>({ uri: isText, startLine: optional(isCount), endLine: optional(isCount) });
export const isShowTarget = shape<ShowTarget>({ uri: isText, range: isTextRange });
const isDay: Guard<string> = (value): value is string => isText(value) && /^\d{4}-\d{2}-\d{2}$/.test(value);

/** A guard for the parameters of every notification. */
export const serverNotifications: { readonly [N in ServerNotification]: Guard<ServerNotifications[N]> } = {
  'plimsoll/otherLinters': shape<ServerNotifications['plimsoll/otherLinters']>({ ids: listOf(isText) }),
  'plimsoll/scannedImages': shape<ServerNotifications['plimsoll/scannedImages']>({
    images: listOf(shape<ScannedImage>({ reference: isText, critical: isCount, high: isCount, key: optional(isText) })),
  }),
  'plimsoll/cloudKeysChanged': shape<ServerNotifications['plimsoll/cloudKeysChanged']>({}),
};

const isKeptKey: Guard<CloudKey | null> = (value): value is CloudKey | null => value === null || isCloudKey(value);

/** A guard for the parameters and one for the result of what the server asks. */
export const clientRequests: {
  readonly [M in keyof ClientRequests]: {
    readonly isParams: Guard<ClientRequests[M]['params']>;
    readonly isResult: Guard<ClientRequests[M]['result']>;
  };
} = {
  'plimsoll/cloudKey': { isParams: shape<ClientRequests['plimsoll/cloudKey']['params']>({ cloud: oneOf(...clouds) }), isResult: isKeptKey },
};
export const isSuppressTarget = shape<Omit<SuppressParams, 'reason' | 'expires' | 'workDoneToken'>>({
  uri: isText,
  ruleId: isText,
  range: isTextRange,
});

/** A guard for the parameters and one for the result of every request. */
export const serverRequests: {
  readonly [M in ServerMethod]: { readonly isParams: Guard<ServerRequests[M]['params']>; readonly isResult: Guard<ServerRequests[M]['result']> };
} = {
  'plimsoll/scanImage': {
    isParams: shape<ScanImageParams>({
      workDoneToken,
      input: isScanInput,
      platform: optional(isPlatform),
      advisoriesFile: optional(isText),
      sharedReports: optional(isFlag),
      dockerfileUri: optional(isText),
      folderUri: optional(isText),
    }),
    isResult: isScanReport,
  },
  'plimsoll/checkPush': {
    isParams: shape<CheckPushParams>({
      workDoneToken,
      report: isScanReport,
      reference: isText,
      dockerfileUri: optional(isText),
      folderUri: optional(isText),
    }),
    isResult: isPolicyDecision,
  },
  'plimsoll/pushImage': {
    isParams: shape<PushImageParams>({
      workDoneToken,
      report: isScanReport,
      source: shape<PushImageParams['source']>({ reference: isText, host: optional(isText) }),
      reference: isText,
      reason: optional(isText),
      heedProblems: optional(isFlag),
      dockerfileUri: optional(isText),
      folderUri: optional(isText),
    }),
    isResult: isPushResult,
  },
  'plimsoll/compareScans': {
    isParams: shape<CompareScansParams>({
      workDoneToken,
      report: isScanReport,
      reference: isText,
      digest: isDigest,
      waitMs: isCount,
      dockerfileUri: optional(isText),
      folderUri: optional(isText),
    }),
    isResult: isScanComparison,
  },
  'plimsoll/listImages': {
    isParams: isWithProgress,
    isResult: shape<ListImagesResult>({
      images: listOf(shape<ListedImage>({ reference: isText, id: isText, createdAt: optional(isText), sizeBytes: isCount, host: isText })),
      tried: listOf(shape<ListImagesResult['tried'][number]>({ address: isText, error: optional(isText) })),
    }),
  },
  'plimsoll/advisoriesStatus': { isParams: isWithProgress, isResult: isAdvisoriesStatus },
  'plimsoll/updateAdvisories': {
    isParams: shape<UpdateAdvisoriesParams>({
      workDoneToken,
      sources: optional(listOf(isText)),
      kevSource: optional(isText),
      epssSource: optional(isText),
      scheduled: optional(isFlag),
    }),
    isResult: shape<AdvisoriesUpdatedData>({ ...advisoriesStatus, changed: isFlag, problems: listOf(isText) }),
  },
  'plimsoll/exportReport': {
    isParams: shape<ExportReportParams>({ workDoneToken, report: isScanReport, format: oneOf(...exportFormats) }),
    isResult: shape<ExportReportResult>({ text: isText }),
  },
  'plimsoll/suppress': {
    isParams: shape<SuppressParams>({ workDoneToken, uri: isText, ruleId: isText, range: isTextRange, reason: isText, expires: optional(isDay) }),
    isResult: shape<SuppressResult>({ edit: nullable(isTextEdit) }),
  },
  'plimsoll/rematch': {
    isParams: shape<RematchParams>({ workDoneToken, since: optional(isText), advisoriesFile: optional(isText) }),
    isResult: isRematchResult,
  },
  'plimsoll/refreshReport': {
    isParams: shape<RefreshReportParams>({
      workDoneToken,
      report: isScanReport,
      match: isFlag,
      advisoriesFile: optional(isText),
      dockerfileUri: optional(isText),
      folderUri: optional(isText),
    }),
    isResult: isScanReport,
  },
  'plimsoll/ignore': {
    isParams: shape<IgnoreParams>({
      workDoneToken,
      id: isText,
      package: optional(isText),
      path: optional(isText),
      reason: isText,
      expires: optional(isDay),
      dockerfileUri: optional(isText),
      folderUri: optional(isText),
    }),
    isResult: shape<IgnoreResult>({ uri: isText, edit: nullable(isTextEdit) }),
  },
};
