/** HTTP to a container engine, over a socket, a named pipe, TCP, or the input and output of a program that connects to it. Answers are streams: an image's export is as large as the image. */
import http from 'node:http';
import https from 'node:https';
import { ENGINE_ANSWER_TIMEOUT_MS, MAX_ENGINE_ANSWER_BYTES } from '../base/limits.ts';
import { messageOf } from '../base/result.ts';
import { connectToProcess } from './process-stream.ts';
import { ProcessError } from './process.ts';

export interface EngineTls {
  readonly verify: boolean;
  /** PEM. */
  readonly ca?: Uint8Array;
  readonly cert?: Uint8Array;
  readonly key?: Uint8Array;
}

export interface EngineEndpoint {
  readonly transport:
    | { readonly kind: 'socket'; readonly path: string }
    | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly pathPrefix?: string; readonly tls?: EngineTls }
    | { readonly kind: 'command'; readonly command: string; readonly args: readonly string[] };
  /** As in DOCKER_HOST, to be shown. */
  readonly address: string;
  /** What it was chosen by: 'DOCKER_HOST', 'the Docker context "x"', 'default' … */
  readonly origin: string;
}

/** `absent`: nothing is there, or nobody listens. `permission`: it is there, but not for this user. `broken`: the connection failed after it was made. */
export type EngineConnectionErrorCode = 'absent' | 'permission' | 'timeout' | 'tls' | 'broken' | 'too-large';

export class EngineConnectionError extends Error {
  override readonly name = 'EngineConnectionError';
  readonly code: EngineConnectionErrorCode;
  constructor(code: EngineConnectionErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

export interface EngineRequest {
  /** With its query, beginning with a slash. */
  readonly path: string;
  /** Default GET. A POST has no body: what the engine is to do stands in its path and headers. */
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Until the answer begins; default ENGINE_ANSWER_TIMEOUT_MS. */
  readonly answerTimeoutMs?: number;
}

export interface EngineAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Yields the body; throws EngineConnectionError when it breaks off or stays silent for `idleTimeoutMs`. Leaving the loop closes the connection. */
  body(idleTimeoutMs: number): AsyncGenerator<Uint8Array, void, undefined>;
  /** Closes the connection without reading the body. */
  close(): void;
}

/**
 * Returns the answer of an engine, its body not yet read: read it or close it.
 * @throws {EngineConnectionError} absent, permission, timeout, tls, broken; the signal's reason when it aborts
 */
export async function askEngine(endpoint: EngineEndpoint, request: EngineRequest): Promise<EngineAnswer> {
  const { signal } = request;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const outgoing = openRequest(endpoint, request);
    const timeoutMs = request.answerTimeoutMs ?? ENGINE_ANSWER_TIMEOUT_MS;
    const timer = setTimeout(() => {
      outgoing.destroy(new EngineConnectionError('timeout', `it gave no answer within ${timeoutMs / 1000} s`));
    }, timeoutMs);
    const abort = (): void => {
      outgoing.destroy(toError(signal?.reason));
    };
    signal?.addEventListener('abort', abort, { once: true });
    outgoing.once('error', (error) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      reject(signal?.aborted === true ? toError(signal.reason) : toConnectionError(error));
    });
    outgoing.once('response', (incoming) => {
      clearTimeout(timer);
      incoming.once('close', () => signal?.removeEventListener('abort', abort));
      // From here on, errors are those of the body; one that nobody reads must not end the process.
      outgoing.on('error', ignore);
      incoming.on('error', ignore);
      resolve({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        body: (idleTimeoutMs) => readBody(incoming, idleTimeoutMs, signal),
        close: () => {
          incoming.destroy();
        },
      });
    });
    outgoing.end();
  });
}

/**
 * Returns the body of an answer that is small enough to hold.
 * @throws {EngineConnectionError} too-large and those of `body`
 */
export async function readAnswer(answer: EngineAnswer, maxBytes = MAX_ENGINE_ANSWER_BYTES): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of answer.body(ENGINE_ANSWER_TIMEOUT_MS)) {
    size += piece.length;
    if (size > maxBytes) throw new EngineConnectionError('too-large', `its answer is larger than ${maxBytes} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** @throws {EngineConnectionError} absent, when the program to connect with is not there */
function openRequest(endpoint: EngineEndpoint, { path, method = 'GET', headers }: EngineRequest): http.ClientRequest {
  const { call, options } = toCall(endpoint, path);
  // Without a length, a POST without a body would be sent in chunks, which old engines read as a body.
  const length = method === 'POST' ? { 'Content-Length': '0' } : {};
  try {
    return call({ ...options, method, headers: { ...(options.headers as http.OutgoingHttpHeaders), ...length, ...headers } });
  } catch (error) {
    throw error instanceof ProcessError ? toConnectionError(error) : error;
  }
}

function toCall(
  endpoint: EngineEndpoint,
  path: string,
): { call: (options: https.RequestOptions) => http.ClientRequest; options: https.RequestOptions } {
  const { transport } = endpoint;
  // No agent: a kept-alive connection would hold the process, or come back broken after the engine restarts.
  const options: https.RequestOptions = { agent: false, headers: { 'User-Agent': 'plimsoll', Connection: 'close' } };
  // The engine takes any host for a socket; "docker" is what its own client sends.
  if (transport.kind === 'socket') return { call: http.request, options: { ...options, socketPath: transport.path, path, host: 'docker' } };
  if (transport.kind === 'command') {
    const { command, args } = transport;
    // An agent would make a connection of its own.
    return {
      call: http.request,
      options: { ...options, agent: undefined, path, host: 'docker', createConnection: () => connectToProcess(command, args) },
    };
  }
  const { host, port, pathPrefix = '', tls } = transport;
  const address = { host, port, path: pathPrefix + path };
  if (tls === undefined) return { call: http.request, options: { ...options, ...address } };
  const { verify, ca, cert, key } = tls;
  const certificates = {
    ...(ca !== undefined && { ca: Buffer.from(ca) }),
    ...(cert !== undefined && { cert: Buffer.from(cert) }),
    ...(key !== undefined && { key: Buffer.from(key) }),
  };
  return { call: https.request, options: { ...options, ...address, ...certificates, rejectUnauthorized: verify } };
}

async function* readBody(
  incoming: http.IncomingMessage,
  idleTimeoutMs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  let silence: EngineConnectionError | undefined;
  const chunks = (incoming as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  try {
    for (;;) {
      // Runs only while the engine is waited for: the reader's own time does not count.
      const timer = setTimeout(() => {
        silence = new EngineConnectionError('timeout', `it sent nothing for ${idleTimeoutMs / 1000} s`);
        incoming.destroy(silence);
      }, idleTimeoutMs);
      const next = await chunks.next().finally(() => {
        clearTimeout(timer);
      });
      if (next.done === true) break;
      yield next.value;
    }
    signal?.throwIfAborted();
  } catch (error) {
    if (signal?.aborted === true) throw toError(signal.reason);
    throw silence ?? toConnectionError(error);
  } finally {
    incoming.destroy();
  }
}

function toConnectionError(error: unknown): EngineConnectionError {
  if (error instanceof EngineConnectionError) return error;
  if (error instanceof ProcessError) return new EngineConnectionError('absent', error.message, { cause: error });
  const code = String((error as { code?: unknown }).code);
  switch (code) {
    case 'ENOENT':
      return new EngineConnectionError('absent', 'there is no such socket', { cause: error });
    case 'ECONNREFUSED':
    case 'ENOTSOCK':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return new EngineConnectionError('absent', 'nothing listens there', { cause: error });
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new EngineConnectionError('absent', 'its host name is not known', { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new EngineConnectionError('permission', 'this user may not use it', { cause: error });
    case 'ECONNRESET':
    case 'ERR_STREAM_PREMATURE_CLOSE':
    case 'EPIPE':
      return new EngineConnectionError('broken', 'the connection was closed', { cause: error });
    case 'EPROTO':
      return new EngineConnectionError('tls', 'it does not speak TLS', { cause: error });
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'CERT_SIGNATURE_FAILURE':
      return new EngineConnectionError('tls', 'its certificate was not issued by an authority that is trusted here: check ca.pem', { cause: error });
    case 'CERT_HAS_EXPIRED':
      return new EngineConnectionError('tls', 'its certificate has expired', { cause: error });
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return new EngineConnectionError('tls', 'its certificate is for another host', { cause: error });
    default:
      // Its name for an alert of the other side changes with OpenSSL's.
      if (/ALERT.*(?:CERT|UNKNOWN_CA)/.test(code))
        return new EngineConnectionError('tls', 'it does not accept the client certificate: check cert.pem and key.pem', { cause: error });
      return new EngineConnectionError(/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code) ? 'tls' : 'broken', messageOf(error), { cause: error });
  }
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

function ignore(): void {
  // Whoever reads the body is told.
}
