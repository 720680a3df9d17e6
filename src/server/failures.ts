import * as l10n from '@vscode/l10n';
import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { messageOf } from '../foundation/base/result.ts';
import { FAILURE_CODE } from '../protocol/server.ts';
import type { FailureData } from '../protocol/server.ts';

/** Returns what the client is answered when a request failed. A failure of the world keeps its own message, which is written for the user; a bug says that it is one. */
export function toResponseError(error: unknown, signal: AbortSignal): ResponseError<FailureData> {
  if (signal.aborted) return new ResponseError(LSPErrorCodes.RequestCancelled, l10n.t('Cancelled'), { code: 'cancelled' });
  const code = failureCodeOf(error);
  if (code !== undefined) return new ResponseError(FAILURE_CODE, messageOf(error), { code });
  return new ResponseError(
    ErrorCodes.InternalError,
    l10n.t('Plimsoll failed because of a bug of its own: {0}. The Plimsoll log has the details; please report it with them.', messageOf(error)),
    { code: 'internal' },
  );
}

/** True for an error that is a bug rather than a failure of the world: its stack belongs into the log. */
export function isBug(error: unknown): boolean {
  return failureCodeOf(error) === undefined;
}

/** The code of one of the engine's error classes or of the operating system; Node's own ERR_… codes tell of wrong calls, which are bugs. */
function failureCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return error.code.startsWith('ERR_') ? undefined : error.code;
}
