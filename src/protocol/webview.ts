/**
 * The messages between the extension host and the report webview: plain data, validated on both sides by validate-webview.ts. A message that does not
 * validate is ignored by whoever gets it.
 *
 * Order: the page posts `ready` once it can listen; the host answers with `report` (or `scan-progress` and then `report`). Whatever the host posts earlier is lost.
 */
import type { TextRange } from '../foundation/model/text-range.ts';
import type { PolicyDecision } from '../foundation/model/policy.ts';
import type { ScanReport } from '../foundation/model/report.ts';

/** What the page can ask to be saved; the host says which of them it has. */
export const exportFormats = ['sarif', 'cyclonedx', 'spdx', 'openvex', 'html', 'junit', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Messages of a display language: key = the English text. As `vscode.l10n.bundle`. */
export type L10nBundle = Readonly<Record<string, string | { readonly message: string; readonly comment: readonly string[] }>>;

/** What the host can do for this report. The page shows no button for what is not here. */
export interface ReportActions {
  readonly exportFormats: readonly ExportFormat[];
  /** Check Push can be asked for: the image has a reference that names a registry. */
  readonly checkPush: boolean;
  /** The image can be pushed from where it came: an engine has it. */
  readonly push: boolean;
  readonly updateAdvisories: boolean;
  /** The image can be scanned again from where it came. */
  readonly rescan: boolean;
  /** The Dockerfile this image was built from is known: open-dockerfile and insert-in-dockerfile work. */
  readonly dockerfile: boolean;
  readonly ignore: boolean;
}

/** The whole content of the page. Sent after `ready` and whenever the image was scanned again. */
export interface ReportMessage {
  readonly type: 'report';
  /** Opaque name of this report, kept in the page's state, so that the host can find the report when the window is restored. At most 512 characters. */
  readonly key: string;
  readonly report: ScanReport;
  /** ISO 8601. */
  readonly scannedAt: string;
  /** Absent: no policy known (not checked). */
  readonly decision?: PolicyDecision;
  /** Absent: English. */
  readonly l10n?: L10nBundle;
  /** BCP 47 tag for numbers and dates, as `vscode.env.language`. Absent: English. */
  readonly locale?: string;
  readonly actions: ReportActions;
}

/** A policy check began (`checking`), or ended with or without a decision. */
export interface PolicyMessage {
  readonly type: 'policy';
  readonly checking: boolean;
  readonly decision?: PolicyDecision;
}

/** A scan for this panel is running. Ended by `report` or `scan-failed`. */
export interface ScanProgressMessage {
  readonly type: 'scan-progress';
  /** What is being done now, in the user's language. */
  readonly message: string;
  /** 0 to 100; absent when not known. */
  readonly percent?: number;
  readonly l10n?: L10nBundle;
  readonly locale?: string;
}

/** The scan ended without a report. An older report stays on show. */
export interface ScanFailedMessage {
  readonly type: 'scan-failed';
  /** What failed, on what, why, and the next step: as the user reads it. */
  readonly message: string;
}

export type HostToWebview = ReportMessage | PolicyMessage | ScanProgressMessage | ScanFailedMessage;

export interface ReadyMessage {
  readonly type: 'ready';
}
/** Put `text` on the clipboard. */
export interface CopyMessage {
  readonly type: 'copy';
  readonly text: string;
}
/** Show the instruction in the editor. */
export interface OpenDockerfileMessage {
  readonly type: 'open-dockerfile';
  readonly range: TextRange;
}
/** Put Dockerfile lines into the Dockerfile: after `range` when given, else where the host decides. The host shows the edit; it never saves by itself. */
export interface InsertInDockerfileMessage {
  readonly type: 'insert-in-dockerfile';
  readonly text: string;
  readonly findingId: string;
  readonly range?: TextRange;
}
export interface CheckPushMessage {
  readonly type: 'check-push';
}
/** Push the image as the decision on show names it. The host decides anew, and asks for a reason where it is not allowed. */
export interface PushImageMessage {
  readonly type: 'push-image';
}
export interface UpdateAdvisoriesMessage {
  readonly type: 'update-advisories';
}
export interface RescanMessage {
  readonly type: 'rescan';
}
export interface ExportMessage {
  readonly type: 'export';
  readonly format: ExportFormat;
}
/** Open an advisory's page in the browser. Always http or https; the url came from an advisory, so the host still goes through VS Code's own opener. */
export interface OpenReferenceMessage {
  readonly type: 'open-reference';
  readonly url: string;
}
/** Begin to ignore a finding: the host asks for the reason and the expiry. */
export interface IgnoreMessage {
  readonly type: 'ignore';
  readonly findingId: string;
  readonly purl?: string;
  /** Of what is in no package: the file in the image. */
  readonly path?: string;
}

export type WebviewToHost =
  | ReadyMessage
  | CopyMessage
  | OpenDockerfileMessage
  | InsertInDockerfileMessage
  | CheckPushMessage
  | PushImageMessage
  | UpdateAdvisoriesMessage
  | RescanMessage
  | ExportMessage
  | OpenReferenceMessage
  | IgnoreMessage;

/** What the page keeps with `setState`; handed to the panel serializer when a window is restored. Navigation only, never report content. */
export interface WebviewState {
  readonly version: 1;
  readonly key: string;
}
