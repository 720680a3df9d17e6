import { messageOf } from '../foundation/base/result.ts';
import { FileError } from '../foundation/io/files.ts';
import { HttpError, type HttpErrorCode } from '../foundation/io/http.ts';
import { RegistryError } from '../registry/error.ts';
import { CredentialError } from '../registry/credentials.ts';

export type AdvisoriesUpdateErrorCode = 'unreachable' | 'refused' | 'not-found' | 'malformed' | 'io';

export class AdvisoriesUpdateError extends Error {
  override readonly name = 'AdvisoriesUpdateError';
  readonly code: AdvisoriesUpdateErrorCode;
  constructor(code: AdvisoriesUpdateErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Returns what went wrong with `source`, in the words of whoever met it. */
export function toUpdateError(error: unknown, source: string): AdvisoriesUpdateError {
  const reason = explain(error);
  // Files' own errors name the file already.
  const message = reason.startsWith(`${source} `) ? reason : `${source}: ${reason}`;
  return new AdvisoriesUpdateError(codeOf(error), message, { cause: error });
}

/** True when no source can help: this machine's disk is in the way. */
export function isLocalFailure(error: unknown): boolean {
  return codeOf(error) === 'io';
}

function codeOf(error: unknown): AdvisoriesUpdateErrorCode {
  if (error instanceof AdvisoriesUpdateError) return error.code;
  if (error instanceof FileError) return error.code === 'not-found' ? 'not-found' : 'io';
  if (error instanceof RegistryError) return CODE_OF_REGISTRY[error.code];
  if (error instanceof HttpError) return CODE_OF_HTTP[error.code];
  if (error instanceof CredentialError) return 'refused';
  return systemCode(error)?.startsWith('E') === true ? 'io' : 'malformed';
}

const CODE_OF_REGISTRY: Readonly<Record<RegistryError['code'], AdvisoriesUpdateErrorCode>> = {
  unauthenticated: 'refused',
  forbidden: 'refused',
  blocked: 'refused',
  'not-found': 'not-found',
  'rate-limited': 'unreachable',
  'server-error': 'unreachable',
  timeout: 'unreachable',
  tls: 'unreachable',
  network: 'unreachable',
  aborted: 'unreachable',
  malformed: 'malformed',
  'digest-mismatch': 'malformed',
  'too-large': 'malformed',
};

const CODE_OF_HTTP: Readonly<Record<HttpErrorCode, AdvisoriesUpdateErrorCode>> = {
  unreachable: 'unreachable',
  timeout: 'unreachable',
  tls: 'unreachable',
  aborted: 'unreachable',
  'too-large': 'malformed',
  malformed: 'malformed',
  refused: 'refused',
};

function explain(error: unknown): string {
  switch (systemCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full; make room and try again';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `the folder of the advisories cannot be written (${messageOf(error)})`;
    default:
      return systemCode(error)?.startsWith('Z_') === true ? `its archive is damaged (${messageOf(error)})` : messageOf(error);
  }
}

/** The operating system's or zlib's code; undefined for our own errors, whose message says it all. */
function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^(?:E[A-Z0-9]+|Z_[A-Z_]+)$/.test(code) ? code : undefined;
}
