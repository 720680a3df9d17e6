import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is done to an answer on its way; nothing unless it says so. */
export interface Tampering {
  /** The connection breaks after so many bytes of the body. */
  readonly cutAfterBytes?: number;
  /** Nothing more comes after so many bytes, and the connection stays. */
  readonly stallAfterBytes?: number;
  /** No byte of the body goes out while it says so. */
  readonly holdWhile?: () => boolean;
  /** One byte of the body is another. */
  readonly flipByte?: number;
}

/** A server on this machine that hands everything on to a registry. */
export interface RegistryProxy {
  readonly host: string;
  close(): Promise<void>;
}

export async function startRegistryProxy(
  target: string,
  tamper: (request: { readonly path: string; readonly range: string | undefined }) => Tampering,
): Promise<RegistryProxy> {
  const server = http.createServer((request, response) => {
    const path = request.url ?? '';
    const forwarded = http.request(`http://${target}${path}`, { method: request.method, headers: { ...request.headers, host: target } }, (answer) => {
      // Who is not let in is told so in full: what matters is what happens to the bytes.
      const how = answer.statusCode === 200 || answer.statusCode === 206 ? tamper({ path, range: request.headers.range }) : {};
      if (how.holdWhile?.() === true) {
        answer.pause();
        const timer = setInterval(() => {
          if (how.holdWhile?.() === true) return;
          clearInterval(timer);
          answer.resume();
        }, 50);
      }
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      let sent = 0;
      answer.on('data', (chunk: Buffer) => {
        const room = Math.min(how.cutAfterBytes ?? Infinity, how.stallAfterBytes ?? Infinity) - sent;
        const at = (how.flipByte ?? -1) - sent;
        if (at >= 0 && at < chunk.length) chunk[at] = (chunk[at] ?? 0) ^ 1;
        sent += chunk.length;
        if (room > 0) response.write(chunk.subarray(0, room));
        if (chunk.length >= room && how.cutAfterBytes !== undefined) {
          answer.destroy();
          // What was written before goes out first.
          setTimeout(() => response.destroy(), 50);
        }
      });
      answer.on('end', () => {
        if (how.cutAfterBytes === undefined && how.stallAfterBytes === undefined) response.end();
      });
    });
    forwarded.on('error', () => response.destroy());
    request.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
