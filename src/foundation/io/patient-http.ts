import { setTimeout as delay } from 'node:timers/promises';
import { FIRST_RETRY_WAIT_MS, MAX_PATIENT_RETRIES, MAX_RETRY_WAIT_MS } from '../base/limits.ts';
import { HttpError, type HttpResponse, type StreamingHttpClient } from './http.ts';

export interface PatienceOptions {
  /** Told before each wait. */
  readonly onWait?: (waitMs: number) => void;
  readonly wait?: (waitMs: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly now?: () => number;
}

/**
 * Returns an HTTP client that comes back when a server asks for patience: 429, or 503 with Retry-After. While one exchange waits, others with the same server wait too. Gives up, with the server's answer, after
 * MAX_PATIENT_RETRIES times or when it is to wait longer than MAX_RETRY_WAIT_MS. @see RFC 9110 section 10.2.3 Retry-After, RFC 6585 section 4
 */
export function withPatience(http: StreamingHttpClient, options: PatienceOptions = {}): StreamingHttpClient {
  const { now = Date.now, wait = waitFor, onWait } = options;
  /** By origin: when it may be asked again. */
  const closedUntil = new Map<string, number>();

  async function patiently(url: string, signal: AbortSignal | undefined, attempt: () => Promise<HttpResponse>): Promise<HttpResponse> {
    const origin = URL.parse(url)?.origin ?? '';
    for (let retries = 0; ; retries += 1) {
      const closedMs = (closedUntil.get(origin) ?? 0) - now();
      if (closedMs > 0) await wait(closedMs, signal);
      const response = await attempt();
      const waitMs = waitOf(response, retries, now());
      if (waitMs === undefined || waitMs > MAX_RETRY_WAIT_MS || retries >= MAX_PATIENT_RETRIES) return response;
      onWait?.(waitMs);
      closedUntil.set(origin, Math.max(closedUntil.get(origin) ?? 0, now() + waitMs));
    }
  }
  return {
    request: (request) => patiently(request.url, request.signal, () => http.request(request)),
    download: (request, onChunk) => patiently(request.url, request.signal, () => http.download(request, onChunk)),
  };
}

/** Returns how long the server asks to wait; undefined when it does not ask. */
function waitOf({ status, headers }: HttpResponse, retries: number, now: number): number | undefined {
  const stated = headers['retry-after'];
  if (status !== 429 && !(status === 503 && stated !== undefined)) return undefined;
  const seconds = stated !== undefined && /^\d{1,9}$/.test(stated.trim()) ? Number(stated) : undefined;
  const date = stated === undefined ? Number.NaN : Date.parse(stated);
  const asked = seconds === undefined ? date - now : seconds * 1000;
  // A time that has passed, or nonsense: as if none had been named.
  return asked > 0 ? asked : FIRST_RETRY_WAIT_MS * 2 ** retries;
}

async function waitFor(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(waitMs, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    throw new HttpError('aborted', 'cancelled', { cause: error });
  }
}
