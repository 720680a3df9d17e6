import { mkdtemp, readFile, rm } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { findOnPath, runCommand } from './processes.ts';

/** An https server of one name, reached as the real one would be by whoever heeds HTTPS_PROXY and NODE_EXTRA_CA_CERTS. */
export interface HttpsWorld {
  /** For the process that is to live in it. */
  readonly environment: Readonly<Record<string, string>>;
  /** What was asked for, in order: 'GET /a.tgz'. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export function needsOpenssl(): { skip: string | false } {
  return { skip: findOnPath('openssl') === undefined ? 'openssl is not installed' : false };
}

export async function startHttpsWorld(hostName: string, answer: http.RequestListener): Promise<HttpsWorld> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-https-'));
  const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const name = ['-subj', `/CN=${hostName}`, '-addext', `subjectAltName=DNS:${hostName}`];
  await runCommand('openssl', ['req', '-x509', ...curve, ...name, '-keyout', key, '-out', certificate]);
  const asked: string[] = [];
  const server = https.createServer({ key: await readFile(key), cert: await readFile(certificate) }, (request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    answer(request, response);
  });
  const port = await listen(server);
  const proxy = http.createServer().on('connect', (_, socket: Socket) => {
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [socket, upstream]) end.on('error', () => upstream.destroy());
  });
  const environment = { HTTPS_PROXY: `http://127.0.0.1:${await listen(proxy)}`, NO_PROXY: '', NODE_EXTRA_CA_CERTS: certificate };
  return {
    environment,
    asked,
    async close() {
      for (const open of [server, proxy]) {
        open.close();
        open.closeAllConnections();
      }
      await rm(folder, { recursive: true });
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}
