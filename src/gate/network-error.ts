import { HttpError } from '../foundation/io/http.ts';
import { PolicyError, type PolicyErrorCode } from './provider.ts';

/** Returns a failure of the network as a PolicyError; anything else (a cancellation, a bug) as it is. */
export function toPolicyError(error: unknown, registry: string): unknown {
  if (!(error instanceof HttpError) || error.code === 'aborted') return error;
  const code: PolicyErrorCode =
    error.code === 'timeout' ? 'timeout' : error.code === 'malformed' || error.code === 'too-large' ? 'malformed' : 'network';
  const next = error.code === 'timeout' ? '; check the network, or try again later' : '';
  return new PolicyError(code, `the policy of ${registry} cannot be read: ${error.message}${next}`, { cause: error });
}
