/**
 * `moved`: the image is not the one that was scanned. `several-platforms`: the reference holds images that were not scanned. `unauthenticated`, `blocked`, `refused`: the registry's answer, as the engine tells it.
 * `broken`: the engine or the registry stopped in the middle. `log`: the reason could not be kept, so nothing was pushed.
 */
export type PushErrorCode =
  'not-a-reference' | 'not-found' | 'moved' | 'several-platforms' | 'unauthenticated' | 'blocked' | 'refused' | 'unsupported' | 'broken' | 'log';

export class PushError extends Error {
  override readonly name = 'PushError';
  readonly code: PushErrorCode;
  constructor(code: PushErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
