/** One HTTP exchange whose answer is small enough to hold. For streams (an engine's export) see the source that needs it. */
export interface HttpRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
  /** Default API_TIMEOUT_MS, for the whole exchange. */
  readonly timeoutMs?: number;
  /** Default MAX_API_RESPONSE_BYTES. */
  readonly maxBytes?: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The only way the product speaks HTTP, so that tests can watch it and proxies and certificates are set in one place. Never follows a redirect to another host with credentials. */
export interface HttpClient {
  /** @throws {HttpError} when there is no answer; any status is an answer. */
  request(request: HttpRequest): Promise<HttpResponse>;
}

export type HttpErrorCode = 'unreachable' | 'timeout' | 'tls' | 'too-large' | 'malformed' | 'aborted';

export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: HttpErrorCode;
  constructor(code: HttpErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
