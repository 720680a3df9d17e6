import { isPolicyDecision } from './model-guards/policy.ts';
import { isScanReport } from './model-guards/report.ts';
import { isTextRange } from './model-guards/text.ts';
import { isFlag, isNumber, isRecord, isText, listOf, oneOf, optional, recordOf, shape } from './shape.ts';
import type { Check, Guard } from './shape.ts';
import { exportFormats } from './webview.ts';
import type {
  CheckPushMessage,
  CopyMessage,
  ExportMessage,
  HostToWebview,
  IgnoreMessage,
  InsertInDockerfileMessage,
  OpenDockerfileMessage,
  OpenReferenceMessage,
  PolicyMessage,
  PushImageMessage,
  ReadyMessage,
  ReportActions,
  ReportMessage,
  RescanMessage,
  ScanFailedMessage,
  ScanProgressMessage,
  UpdateAdvisoriesMessage,
  WebviewState,
  WebviewToHost,
} from './webview.ts';

/** Longest text the page may hand to the host (a copied command, lines for a Dockerfile), in UTF-16 units. */
const MAX_MESSAGE_TEXT = 256 * 1024;
const MAX_ID_LENGTH = 1024;
const MAX_URL_LENGTH = 4096;
const MAX_KEY_LENGTH = 512;
/** The letters a URL is written with (RFC 3986): no space, quote, angle bracket, backslash or control character. */
const WEB_URL = /^https?:\/\/[A-Za-z0-9\-._~%!$&'()*+,;=:@/?#[\]]+$/i;
const LANGUAGE_TAG = /^[A-Za-z0-9-]{2,35}$/;

/** Returns the message as the page may trust it, or undefined when it is not one of ours or malformed. */
export function parseHostMessage(value: unknown): HostToWebview | undefined {
  return hostMessages.find((guard) => guard(value)) === undefined ? undefined : (value as HostToWebview);
}

/** Returns the message as the host may act on it, or undefined when it is not one of ours or malformed. */
export function parseWebviewMessage(value: unknown): WebviewToHost | undefined {
  return webviewMessages.find((guard) => guard(value)) === undefined ? undefined : (value as WebviewToHost);
}

/** Returns the state that names the report to restore, or undefined. */
export function parseWebviewState(value: unknown): WebviewState | undefined {
  return isWebviewState(value) ? value : undefined;
}

/** True for an http or https address that holds no letter that would need quoting anywhere. */
export function isWebUrl(value: unknown): value is string {
  return isText(value) && value.length <= MAX_URL_LENGTH && WEB_URL.test(value);
}

function textUpTo(maxLength: number): Check {
  return (value) => isText(value) && value.length > 0 && value.length <= maxLength;
}

function isPercent(value: unknown): boolean {
  return isNumber(value) && value >= 0 && value <= 100;
}

function isLanguageTag(value: unknown): boolean {
  return isText(value) && LANGUAGE_TAG.test(value);
}

const isWebviewState = shape<WebviewState>({ version: oneOf(1), key: textUpTo(MAX_KEY_LENGTH) });
const isL10nBundle = recordOf((value) => isText(value) || (isRecord(value) && isText(value.message)));
const isExportFormat = oneOf(...exportFormats);

const hostMessages: readonly Guard<HostToWebview>[] = [
  shape<ReportMessage>({
    type: oneOf('report'),
    key: textUpTo(MAX_KEY_LENGTH),
    report: isScanReport,
    scannedAt: isText,
    decision: optional(isPolicyDecision),
    l10n: optional(isL10nBundle),
    locale: optional(isLanguageTag),
    actions: shape<ReportActions>({
      exportFormats: listOf(isExportFormat),
      checkPush: isFlag,
      push: isFlag,
      updateAdvisories: isFlag,
      rescan: isFlag,
      dockerfile: isFlag,
      ignore: isFlag,
    }),
  }),
  shape<PolicyMessage>({ type: oneOf('policy'), checking: isFlag, decision: optional(isPolicyDecision) }),
  shape<ScanProgressMessage>({
    type: oneOf('scan-progress'),
    message: isText,
    percent: optional(isPercent),
    l10n: optional(isL10nBundle),
    locale: optional(isLanguageTag),
  }),
  shape<ScanFailedMessage>({ type: oneOf('scan-failed'), message: isText }),
];

const webviewMessages: readonly Guard<WebviewToHost>[] = [
  shape<ReadyMessage>({ type: oneOf('ready') }),
  shape<CopyMessage>({ type: oneOf('copy'), text: textUpTo(MAX_MESSAGE_TEXT) }),
  shape<OpenDockerfileMessage>({ type: oneOf('open-dockerfile'), range: isTextRange }),
  shape<InsertInDockerfileMessage>({
    type: oneOf('insert-in-dockerfile'),
    text: textUpTo(MAX_MESSAGE_TEXT),
    findingId: textUpTo(MAX_ID_LENGTH),
    range: optional(isTextRange),
  }),
  shape<CheckPushMessage>({ type: oneOf('check-push') }),
  shape<PushImageMessage>({ type: oneOf('push-image') }),
  shape<UpdateAdvisoriesMessage>({ type: oneOf('update-advisories') }),
  shape<RescanMessage>({ type: oneOf('rescan') }),
  shape<ExportMessage>({ type: oneOf('export'), format: isExportFormat }),
  shape<OpenReferenceMessage>({ type: oneOf('open-reference'), url: isWebUrl }),
  shape<IgnoreMessage>({
    type: oneOf('ignore'),
    findingId: textUpTo(MAX_ID_LENGTH),
    purl: optional(textUpTo(MAX_URL_LENGTH)),
    path: optional(textUpTo(MAX_URL_LENGTH)),
  }),
];
