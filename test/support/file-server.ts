import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server on this machine that answers as a test says. */
export interface FileServer {
  /** 'http://127.0.0.1:41234' */
  readonly origin: string;
  /** '127.0.0.1:41234' */
  readonly host: string;
  /** What was asked for, in order: 'GET /a.tgz'. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

export async function startFileServer(answer: http.RequestListener): Promise<FileServer> {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: `http://${host}`,
    host,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
