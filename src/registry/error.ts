import { HttpError, type HttpErrorCode, type HttpResponse } from '../foundation/io/http.ts';
import { memberOf, parseJson, textOf, toShowable } from './json.ts';

export type RegistryErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'blocked'
  | 'rate-limited'
  | 'server-error'
  | 'malformed'
  | 'digest-mismatch'
  | 'too-large'
  | 'timeout'
  | 'tls'
  | 'network'
  | 'aborted';

export class RegistryError extends Error {
  override readonly name = 'RegistryError';
  readonly code: RegistryErrorCode;
  /** Of the answer, when there was one that says so itself. */
  readonly status: number | undefined;
  constructor(code: RegistryErrorCode, message: string, options?: { cause?: unknown; status?: number }) {
    super(message, options);
    this.code = code;
    this.status = options?.status;
  }
}

/** Returns what an answer that is no success means. `about` is what was asked for: a repository, 'its list of repositories'. */
export function toStatusError({ status, body, headers }: HttpResponse, registry: string, about: string): RegistryError {
  const said = firstMessage(body);
  const [, seconds] = status === 429 ? (/^\s*(\d{1,9})\s*$/.exec(headers['retry-after'] ?? '') ?? []) : [];
  const patience = seconds === undefined ? '' : `; it asks to be left alone for ${seconds} s`;
  return new RegistryError(codeOfStatus(status), `${registry} answered ${status} for ${about}${said === '' ? '' : `: ${said}`}${patience}`, {
    status,
  });
}

/** Returns what `action` returns. @throws {RegistryError} for what it throws as HttpError */
export async function wrapHttp<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof HttpError) throw new RegistryError(CODE_OF_HTTP[error.code], error.message, { cause: error });
    throw error;
  }
}

function codeOfStatus(status: number): RegistryErrorCode {
  switch (status) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    // Harbor's PROJECTPOLICYVIOLATION.
    case 412:
      return 'blocked';
    case 429:
      return 'rate-limited';
    default:
      return status >= 500 ? 'server-error' : 'malformed';
  }
}

/** @see OCI distribution-spec, error codes: {"errors":[{"code","message"}]} */
function firstMessage(body: Uint8Array): string {
  const errors = memberOf(parseJson(body), 'errors');
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return toShowable(textOf(first, 'message') ?? textOf(first, 'code') ?? '');
}

const CODE_OF_HTTP: Readonly<Record<HttpErrorCode, RegistryErrorCode>> = {
  unreachable: 'network',
  timeout: 'timeout',
  tls: 'tls',
  'too-large': 'too-large',
  malformed: 'malformed',
  refused: 'malformed',
  aborted: 'aborted',
};
