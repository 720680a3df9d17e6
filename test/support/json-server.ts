import type http from 'node:http';
import { startFileServer, type FileServer } from './file-server.ts';

/** What a server answers: JSON, as text or as what is to be written as such. */
export interface JsonReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts a server on this machine that answers in JSON, once a request has come in whole, as the interfaces of clouds do. */
export async function startJsonServer(answer: (request: http.IncomingMessage, body: Buffer) => JsonReply | Promise<JsonReply>): Promise<FileServer> {
  return startFileServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void Promise.resolve(answer(request, Buffer.concat(chunks))).then(({ status, body, headers }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
      });
    });
  });
}
