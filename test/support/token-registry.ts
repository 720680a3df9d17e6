import { createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto';
import type http from 'node:http';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startFileServer } from './file-server.ts';
import { findFreePort, runCommand, startProcess } from './processes.ts';
import { waitFor } from './wait.ts';

/** A real registry that lets in whoever brings a token of its token service, which gives one to those who know the password. */
export interface TokenRegistry {
  readonly host: string;
  /** What the token service was asked for, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

const SERVICE = 'registry.example';
const ISSUER = 'plimsoll-test';

/** Serves what another registry keeps in `dataFolder`. */
export async function startTokenRegistry(dataFolder: string, username: string, password: string): Promise<TokenRegistry> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-token-registry-'));
  const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  await runCommand('openssl', ['req', '-x509', ...curve, '-subj', '/CN=token', '-keyout', key, '-out', certificate]);
  const issue = tokenIssuer(await readFile(key, 'utf8'), await readFile(certificate, 'utf8'));

  const expected = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const service = await startFileServer((request: http.IncomingMessage, response: http.ServerResponse) => {
    const scope = new URL(request.url ?? '', 'http://localhost').searchParams.get('scope') ?? '';
    // Who names nobody gets a token that opens nothing, as the public registries do it.
    const isKnown = request.headers.authorization === expected;
    if (request.headers.authorization !== undefined && !isKnown) response.writeHead(401).end();
    else response.end(JSON.stringify({ token: issue(isKnown ? scope : '') }));
  });

  const host = `127.0.0.1:${await findFreePort()}`;
  const config = {
    version: '0.1',
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: dataFolder } },
    http: { addr: host, secret: 'test' },
    auth: { token: { realm: `${service.origin}/token`, service: SERVICE, issuer: ISSUER, rootcertbundle: certificate } },
  };
  const configFile = path.join(folder, 'config.yml');
  await writeFile(configFile, JSON.stringify(config));
  const server = startProcess('docker-registry', ['serve', configFile]);
  await waitFor('the registry to answer', async () => server.ended() !== undefined || (await fetch(`http://${host}/v2/`)).status === 401, {
    explain: server.output,
  });
  if (server.ended() !== undefined) throw new Error(`the registry did not start: ${server.output()}`);
  return {
    host,
    asked: service.asked,
    async close() {
      await server.stop();
      await service.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @see https://distribution.github.io/distribution/spec/auth/jwt/ */
function tokenIssuer(key: string, certificate: string): (scope: string) => string {
  const privateKey = createPrivateKey(key);
  const x5c = [new X509Certificate(certificate).raw.toString('base64')];
  return (scope) => {
    const [type = '', name = '', actions = ''] = scope.split(':');
    const access = scope === '' ? [] : [{ type, name, actions: actions.split(',') }];
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: ISSUER, sub: 'ann', aud: SERVICE, exp: now + 300, nbf: now - 10, iat: now, jti: randomUUID(), access };
    const text = [{ typ: 'JWT', alg: 'ES256', x5c }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  };
}
