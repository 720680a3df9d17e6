/** One HTTP exchange whose answer is small enough to hold. For streams (an engine's export) see the source that needs it. */
export interface HttpRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
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

/** A GET whose answer is too large to hold. */
export interface DownloadRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Default DOWNLOAD_TIMEOUT_MS, for the whole exchange; silence is bounded by STREAM_IDLE_TIMEOUT_MS besides. */
  readonly timeoutMs?: number;
  readonly maxBytes: number;
}

/** An HTTP client that can also stream. A download that answers anything but 2xx hands no chunk out: its `body` has the answer's text. */
export interface StreamingHttpClient extends HttpClient {
  /** Waits for `onChunk` before it reads on; what that throws ends the download and is thrown on. `status` is the answer's: 206 when a range was asked for and is given. @throws {HttpError} */
  download(request: DownloadRequest, onChunk: (chunk: Uint8Array, status: number) => void | Promise<void>): Promise<HttpResponse>;
}

/** `refused`: we would have had to do something unsafe, such as plain http to another machine. */
export type HttpErrorCode = 'unreachable' | 'timeout' | 'tls' | 'too-large' | 'malformed' | 'refused' | 'aborted';

export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: HttpErrorCode;
  constructor(code: HttpErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
