/** What the client tells the server, and what the server asks of it. All of it is optional: a plain LSP client knows none. */
import { clouds } from '../foundation/model/cloud-key.ts';
import type { Cloud, CloudKey } from '../foundation/model/cloud-key.ts';
import { isCloudKey } from './model-guards/cloud-key.ts';
import { isCount, isFlag, isText, listOf, oneOf, optional, recordOf, shape } from './shape.ts';
import type { Guard } from './shape.ts';

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

export const isInitializationOptions = shape<InitializationOptions>({
  l10n: optional(recordOf(isText)),
  rulePage: optional(isText),
  commands: optional(listOf(isText)),
  checksConfiguration: optional(isFlag),
  otherLinters: optional(listOf(isText)),
  keepsCloudKeys: optional(isFlag),
});

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
