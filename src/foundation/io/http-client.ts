import http from 'node:http';
import https from 'node:https';
import { isIP, type Socket } from 'node:net';
import tls from 'node:tls';
import { API_TIMEOUT_MS, DOWNLOAD_TIMEOUT_MS, MAX_API_RESPONSE_BYTES, MAX_REDIRECTS, STREAM_IDLE_TIMEOUT_MS } from '../base/limits.ts';
import { messageOf } from '../base/result.ts';
import { HttpError, type DownloadRequest, type HttpRequest, type HttpResponse, type StreamingHttpClient } from './http.ts';
import { isLoopbackHost } from './loopback.ts';
import { proxyFor, type ProxyEnvironment } from './proxy.ts';

export interface HttpClientOptions {
  /** Certificates (PEM) trusted besides Node's own, NODE_EXTRA_CA_CERTS and the system's. */
  readonly ca?: readonly string[];
  /** Where HTTPS_PROXY and NO_PROXY are looked up. Default: this process's environment. */
  readonly proxyEnvironment?: ProxyEnvironment;
  readonly userAgent?: string;
}

/** One exchange under way: what it asks, what ends it, and what happens to a good answer's bytes. */
interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly maxBytes: number;
  readonly deadline: Deadline;
  readonly onChunk?: ChunkSink;
}

interface Deadline {
  readonly signal: AbortSignal;
  /** Why the signal fired, undefined while it has not. */
  reason(): 'timeout' | 'aborted' | undefined;
  /** Tells that bytes arrived. */
  touch(): void;
  end(): void;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** All that goes along to another origin: whatever else the caller set may be a secret. */
const HEADERS_FOR_ANYONE: ReadonlySet<string> = new Set(['accept', 'user-agent', 'range']);

/**
 * Returns the HTTP client of the product. Plain http is spoken with this machine only; redirects are followed for GET and HEAD, never from https to http, and leave every header that
 * could be a secret behind when they change the origin.
 */
export function createHttpClient(options: HttpClientOptions = {}): StreamingHttpClient {
  const connector = new Connector(options);
  const defaults = { 'user-agent': options.userAgent ?? 'plimsoll', 'accept-encoding': 'identity' };
  return {
    async request(request: HttpRequest): Promise<HttpResponse> {
      const asked = {
        method: request.method ?? 'GET',
        url: parseUrl(request.url),
        headers: { ...defaults, ...lowerCaseNames(request.headers) },
        ...(request.body === undefined ? {} : { body: request.body }),
        maxBytes: request.maxBytes ?? MAX_API_RESPONSE_BYTES,
      };
      return carryOut({ ...asked, deadline: startDeadline(request.signal, request.timeoutMs ?? API_TIMEOUT_MS) }, connector);
    },
    async download(request: DownloadRequest, onChunk): Promise<HttpResponse> {
      const headers = { ...defaults, ...lowerCaseNames(request.headers) };
      const asked = { method: 'GET', url: parseUrl(request.url), headers, maxBytes: request.maxBytes, onChunk };
      const deadline = startDeadline(request.signal, request.timeoutMs ?? DOWNLOAD_TIMEOUT_MS, STREAM_IDLE_TIMEOUT_MS);
      return carryOut({ ...asked, deadline }, connector);
    },
  };
}

async function carryOut(exchange: Exchange, connector: Connector): Promise<HttpResponse> {
  try {
    return await followRedirects(exchange, connector);
  } finally {
    exchange.deadline.end();
  }
}

async function followRedirects(exchange: Exchange, connector: Connector): Promise<HttpResponse> {
  let { url, headers } = exchange;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    refusePlainHttp(url);
    const response = await connector.open({ ...exchange, url, headers });
    const location = response.headers.location;
    const follows = REDIRECTS.has(response.statusCode ?? 0) && location !== undefined && (exchange.method === 'GET' || exchange.method === 'HEAD');
    if (!follows) return readResponse(response, { ...exchange, url });
    response.destroy();
    const next = redirectTarget(url, location);
    if (next.origin !== url.origin) headers = Object.fromEntries(Object.entries(headers).filter(([name]) => HEADERS_FOR_ANYONE.has(name)));
    url = next;
  }
  throw new HttpError('malformed', `${exchange.url.host} redirects more than ${MAX_REDIRECTS} times`);
}

/** tls.connect's own option, which https hands through though its types do not say so. */
interface Transport extends https.RequestOptions {
  readonly secureContext?: tls.SecureContext;
}

/** Opens connections: directly or through a proxy's tunnel, with certificates checked. */
class Connector {
  readonly #options: HttpClientOptions;
  #trust: tls.SecureContext | undefined;
  /** Its own, and without kept connections: a connection checked by another client's certificates must not be taken over. */
  readonly #agent = new https.Agent({ keepAlive: false });

  constructor(options: HttpClientOptions) {
    this.#options = options;
  }

  async open(exchange: Exchange): Promise<http.IncomingMessage> {
    const { url, deadline } = exchange;
    try {
      if (url.protocol === 'http:') return await send(exchange, { agent: false });
      const proxy = proxyFor(url, this.#options.proxyEnvironment ?? process.env);
      const servername = isIP(bareHost(url)) === 0 ? { servername: url.hostname } : {};
      const secureContext = this.#trusted();
      if (proxy === undefined) return await send(exchange, { agent: this.#agent, secureContext, ...servername });
      const socket = await openTunnel(proxy, url, secureContext, deadline);
      return await send(exchange, { createConnection: () => tls.connect({ socket, host: bareHost(url), secureContext, ...servername }) });
    } catch (error) {
      throw toHttpError(error, url, deadline);
    }
  }

  /** Parsing hundreds of certificates takes time: once a client, and only when https is spoken. */
  #trusted(): tls.SecureContext {
    this.#trust ??= tls.createSecureContext({
      ca: [...tls.getCACertificates('default'), ...tls.getCACertificates('system'), ...(this.#options.ca ?? [])],
    });
    return this.#trust;
  }
}

function send(exchange: Exchange, transport: Transport): Promise<http.IncomingMessage> {
  const { url, method, headers, body, deadline } = exchange;
  const options = {
    ...transport,
    method,
    headers: { ...headers, host: url.host },
    host: bareHost(url),
    port: portOf(url),
    path: `${url.pathname}${url.search}`,
    signal: deadline.signal,
  };
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? https.request(options, resolve) : http.request(options, resolve);
    request.on('error', reject);
    request.end(body);
  });
}

/** @see RFC 9110 section 9.3.6 CONNECT */
function openTunnel(proxy: URL, target: URL, secureContext: tls.SecureContext, deadline: Deadline): Promise<Socket> {
  const authority = `${target.hostname}:${portOf(target)}`;
  const login =
    proxy.username === ''
      ? {}
      : {
          'proxy-authorization': `Basic ${Buffer.from(`${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`).toString('base64')}`,
        };
  const secure: Transport = proxy.protocol === 'https:' ? { secureContext } : {};
  const options = {
    ...secure,
    method: 'CONNECT',
    host: bareHost(proxy),
    port: portOf(proxy),
    path: authority,
    headers: { host: authority, ...login },
    signal: deadline.signal,
  };
  return new Promise((resolve, reject) => {
    const request = proxy.protocol === 'https:' ? https.request(options) : http.request(options);
    request.on('error', (error) => {
      reject(
        deadline.reason() === undefined
          ? new HttpError('unreachable', `the proxy ${proxy.host} cannot be used (${messageOf(error)}); check HTTPS_PROXY`, { cause: error })
          : error,
      );
    });
    request.on('response', (response) => {
      response.destroy();
      reject(new HttpError('unreachable', `the proxy ${proxy.host} answered ${response.statusCode ?? 0} when asked for ${target.host}`));
    });
    request.on('connect', (response, socket: Socket) => {
      if (response.statusCode === 200) {
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(new HttpError('unreachable', `the proxy ${proxy.host} refused to connect to ${target.host} with status ${response.statusCode ?? 0}`));
    });
    request.end();
  });
}

async function readResponse(response: http.IncomingMessage, exchange: Exchange): Promise<HttpResponse> {
  const { url, deadline, maxBytes } = exchange;
  const status = response.statusCode ?? 0;
  const sink = status >= 200 && status < 300 ? exchange.onChunk : undefined;
  // An error's text is short, whatever the good answer's bound is.
  const bound = exchange.onChunk !== undefined && sink === undefined ? Math.min(maxBytes, MAX_API_RESPONSE_BYTES) : maxBytes;
  const kept: Uint8Array[] = [];
  let size = 0;
  try {
    // Told before a byte is read; a lying length is caught by the count below.
    if (exchange.method !== 'HEAD' && Number(response.headers['content-length'] ?? 0) > bound) throw tooLarge(url, bound);
    const chunks: AsyncIterable<Uint8Array> = response;
    for await (const chunk of chunks) {
      deadline.touch();
      size += chunk.length;
      if (size > bound) throw tooLarge(url, bound);
      if (sink === undefined) kept.push(chunk);
      else await carry(sink, chunk, status);
    }
  } catch (error) {
    response.destroy();
    if (error instanceof SinkError) throw error.cause;
    throw toHttpError(error, url, deadline);
  }
  if (!response.complete) throw toHttpError(new Error('the connection closed in the middle of the answer'), url, deadline);
  return { status, headers: toHeaders(response.headers), body: Buffer.concat(kept) };
}

type ChunkSink = (chunk: Uint8Array, status: number) => void | Promise<void>;

/** Marks what the caller's own chunk handler threw, so that it is not taken for a failure of the network. */
class SinkError extends Error {}

async function carry(sink: ChunkSink, chunk: Uint8Array, status: number): Promise<void> {
  try {
    await sink(chunk, status);
  } catch (error) {
    throw new SinkError('sink', { cause: error });
  }
}

function startDeadline(outer: AbortSignal | undefined, totalMs: number, idleMs?: number): Deadline {
  const controller = new AbortController();
  let reason: 'timeout' | 'aborted' | undefined;
  const stop = (why: 'timeout' | 'aborted'): void => {
    reason ??= why;
    controller.abort();
  };
  const cancel = (): void => {
    stop('aborted');
  };
  const total = setTimeout(stop, totalMs, 'timeout' as const);
  const idle = idleMs === undefined ? undefined : setTimeout(stop, idleMs, 'timeout' as const);
  if (outer?.aborted === true) cancel();
  outer?.addEventListener('abort', cancel, { once: true });
  return {
    signal: controller.signal,
    reason: () => reason,
    touch: () => idle?.refresh(),
    end: () => {
      clearTimeout(total);
      clearTimeout(idle);
      outer?.removeEventListener('abort', cancel);
    },
  };
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw new HttpError('malformed', 'not an http or https address');
  // Credentials in an address end up in logs and redirects: they belong in a header.
  if (url.username !== '' || url.password !== '') throw new HttpError('refused', `the address of ${url.host} holds credentials`);
  return url;
}

function redirectTarget(from: URL, location: string): URL {
  const url = URL.parse(location, from.href);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new HttpError('malformed', `${from.host} redirects to something that is no web address`);
  if (url.username !== '' || url.password !== '') throw new HttpError('refused', `${from.host} redirects to an address that holds credentials`);
  if (from.protocol === 'https:' && url.protocol === 'http:')
    throw new HttpError('refused', `${from.host} redirects from https to plain http at ${url.host}; that is not followed`);
  return url;
}

function refusePlainHttp(url: URL): void {
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname))
    throw new HttpError('refused', `plain http is spoken with this machine only, not with ${url.host}; the server must offer https`);
}

/** Failures of certificates and of the handshake, by the codes of OpenSSL and Node. */
const TLS_CODE = /^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO$)/;

function toHttpError(error: unknown, url: URL, deadline: Deadline): HttpError {
  if (error instanceof HttpError) return error;
  const reason = deadline.reason();
  if (reason === 'aborted') return new HttpError('aborted', 'cancelled', { cause: error });
  if (reason === 'timeout') return new HttpError('timeout', `${url.host} did not answer in time`, { cause: error });
  const code = codeOf(error);
  if (TLS_CODE.test(code)) return new HttpError('tls', tlsMessage(url, code), { cause: error });
  if (code.startsWith('HPE_')) return new HttpError('malformed', `${url.host} does not answer in HTTP (${code})`, { cause: error });
  if (code === 'ERR_INVALID_CHAR' || code === 'ERR_UNESCAPED_CHARACTERS' || code === 'ERR_INVALID_HTTP_TOKEN') {
    return new HttpError('malformed', `the request to ${url.host} holds a character that a header or address must not have`, { cause: error });
  }
  return new HttpError('unreachable', `${url.host} cannot be reached: ${explain(error, code)}`, { cause: error });
}

function tlsMessage(url: URL, code: string): string {
  if (code === 'CERT_HAS_EXPIRED') return `the certificate of ${url.host} has expired`;
  if (code === 'CERT_NOT_YET_VALID') return `the certificate of ${url.host} is not valid yet: is the clock of this machine right?`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `the certificate of ${url.host} is for another name`;
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') return `${url.host} does not speak TLS on this port (${code})`;
  return `the certificate of ${url.host} is signed by nobody this machine trusts (${code}); name your authority's certificate file in NODE_EXTRA_CA_CERTS`;
}

function explain(error: unknown, code: string): string {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'its name cannot be looked up; check the name and the network';
    case 'ECONNREFUSED':
      return 'nothing listens there (connection refused)';
    case 'ECONNRESET':
      return 'the connection was cut off';
    default:
      return messageOf(error) || code;
  }
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function tooLarge(url: URL, bound: number): HttpError {
  return new HttpError('too-large', `the answer of ${url.host} is larger than ${bound} bytes`);
}

function lowerCaseNames(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function toHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]));
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}
