import { messageOf } from '../foundation/base/result.ts';
import { isFailureData } from '../protocol/server.ts';
import { isRecord } from '../protocol/shape.ts';

/** LSPErrorCodes.RequestCancelled, spelt out: importing it would load the language client before it is needed. */
const REQUEST_CANCELLED = -32800;

/** What went wrong, as far as the user is concerned. */
export type Failure = { readonly kind: 'cancelled' } | { readonly kind: 'failed'; readonly message: string; readonly code: string };

/** Returns what a rejected request means: the user's own cancelling, or a message to show with the code of the part that failed ('internal' when unknown). */
export function toFailure(error: unknown): Failure {
  if (isRecord(error)) {
    if (error.code === REQUEST_CANCELLED || error.name === 'Canceled') return { kind: 'cancelled' };
    if (isFailureData(error.data)) return { kind: 'failed', message: messageOf(error), code: error.data.code };
  }
  return { kind: 'failed', message: messageOf(error), code: 'internal' };
}
