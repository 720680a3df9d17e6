import { parseHostMessage, parseWebviewMessage } from '../src/protocol/validate-webview.ts';
import type { HostToWebview, WebviewToHost } from '../src/protocol/webview.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension host as the page sees it: messages out and in, and the state that outlives the page. */
export interface Host {
  /** Posts a message; one that the host would refuse anyway is not sent, and false returned. */
  post(message: WebviewToHost): boolean;
  /** Calls `listener` with every valid message until the returned function is called. */
  listen(listener: (message: HostToWebview) => void): () => void;
  readState(): unknown;
  writeState(state: unknown): void;
}

/** Returns the host. VS Code hands out its API once a page, so this may be called once. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post(message) {
      if (parseWebviewMessage(message) === undefined) return false;
      api.postMessage(message);
      return true;
    },
    listen(listener) {
      const onMessage = (event: MessageEvent<unknown>): void => {
        const message = parseHostMessage(event.data);
        if (message !== undefined) listener(message);
      };
      window.addEventListener('message', onMessage);
      return () => {
        window.removeEventListener('message', onMessage);
      };
    },
    readState: () => api.getState(),
    writeState: (state) => {
      api.setState(state);
    },
  };
}
