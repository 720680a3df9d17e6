import type { WebviewToHost } from '../src/protocol/webview.ts';
import type { UiState } from './model/ui-state.ts';

/** Something to tell the extension host. */
export class HostEvent extends Event {
  static readonly type = 'plimsoll-host';
  readonly message: WebviewToHost;
  constructor(message: WebviewToHost) {
    super(HostEvent.type, { bubbles: true, composed: true });
    this.message = message;
  }
}

/** A change of where the user is in the page. */
export class NavigateEvent extends Event {
  static readonly type = 'plimsoll-navigate';
  readonly change: (ui: UiState) => UiState;
  constructor(change: (ui: UiState) => UiState) {
    super(NavigateEvent.type, { bubbles: true, composed: true });
    this.change = change;
  }
}

/** Something a screen reader should say when it is next silent. */
export class AnnounceEvent extends Event {
  static readonly type = 'plimsoll-announce';
  readonly text: string;
  constructor(text: string) {
    super(AnnounceEvent.type, { bubbles: true, composed: true });
    this.text = text;
  }
}

export function post(from: EventTarget, message: WebviewToHost): void {
  from.dispatchEvent(new HostEvent(message));
}

export function navigate(from: EventTarget, change: (ui: UiState) => UiState): void {
  from.dispatchEvent(new NavigateEvent(change));
}

export function announce(from: EventTarget, text: string): void {
  from.dispatchEvent(new AnnounceEvent(text));
}
