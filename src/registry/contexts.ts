/**
 * Where the container engine listens, found as the docker CLI finds it: DOCKER_HOST, then DOCKER_CONTEXT, then `currentContext` of config.json, then the default socket; and Podman's sockets when none of these is set and
 * Docker's is not there.
 *
 * @see https://docs.docker.com/engine/manage-resources/contexts/
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { MAX_CONFIG_BYTES } from '../foundation/base/limits.ts';
import { messageOf } from '../foundation/base/result.ts';
import { isJsonObject, parseJson, toText } from '../foundation/formats/json.ts';
import type { EngineEndpoint, EngineTls } from '../foundation/io/engine-connection.ts';
import { FileError, readWholeFile } from '../foundation/io/files.ts';
import { toSshCommand } from './ssh-endpoint.ts';

/** What the search looks at; tests make their own. */
export interface EngineSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  /** As process.platform. */
  readonly platform: string;
}

/** No endpoint can be made of what the user has set. `message` says what is wrong and what to do. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError';
}

/**
 * Returns the endpoints to try, in order: one when the user has chosen, several when not.
 * @param host a DOCKER_HOST-style address that goes before everything else
 * @throws {EndpointError} when what is set cannot be used
 */
export async function resolveEngineEndpoints(host: string | undefined, surroundings: EngineSurroundings): Promise<readonly EngineEndpoint[]> {
  const { environment } = surroundings;
  if (host) return [await fromHost(host, 'the address given', surroundings)];
  if (environment['DOCKER_HOST']) return [await fromHost(environment['DOCKER_HOST'], 'DOCKER_HOST', surroundings)];
  const context = environment['DOCKER_CONTEXT'] ?? (await readCurrentContext(surroundings));
  if (context && context !== 'default') return [await fromContext(context, surroundings)];
  return listDefaults(surroundings).map((socketPath) => ({
    transport: { kind: 'socket', path: socketPath },
    address: socketAddress(socketPath),
    origin: 'default',
  }));
}

/** Returns the folder of Docker's configuration. */
function configDirectory({ environment, homeDirectory }: EngineSurroundings): string {
  return environment['DOCKER_CONFIG'] ?? path.join(homeDirectory, '.docker');
}

async function readCurrentContext(surroundings: EngineSurroundings): Promise<string | undefined> {
  const config = await readJson(path.join(configDirectory(surroundings), 'config.json'));
  return toText(config?.['currentContext']);
}

async function fromContext(name: string, surroundings: EngineSurroundings): Promise<EngineEndpoint> {
  const id = createHash('sha256').update(name).digest('hex');
  const contexts = path.join(configDirectory(surroundings), 'contexts');
  const meta = await readJson(path.join(contexts, 'meta', id, 'meta.json'));
  const origin = `the Docker context ${JSON.stringify(name)}`;
  if (meta === undefined) throw new EndpointError(`${origin} does not exist. Choose another with \`docker context use\`, or set DOCKER_HOST.`);
  const endpoints = isJsonObject(meta['Endpoints']) ? meta['Endpoints'] : {};
  const docker = isJsonObject(endpoints['docker']) ? endpoints['docker'] : {};
  const host = toText(docker['Host']);
  if (!host) throw new EndpointError(`${origin} names no Docker host. Choose another with \`docker context use\`, or set DOCKER_HOST.`);
  const tls = await readTls(path.join(contexts, 'tls', id, 'docker'), docker['SkipTLSVerify'] !== true);
  return toEndpoint(host, origin, tls, surroundings);
}

/** DOCKER_HOST takes its certificates from DOCKER_CERT_PATH, when DOCKER_TLS_VERIFY or DOCKER_TLS ask for TLS. */
async function fromHost(host: string, origin: string, surroundings: EngineSurroundings): Promise<EngineEndpoint> {
  const { environment } = surroundings;
  const verify = Boolean(environment['DOCKER_TLS_VERIFY']);
  if (!verify && !environment['DOCKER_TLS']) return toEndpoint(host, origin, undefined, surroundings);
  const certificates = await readTls(environment['DOCKER_CERT_PATH'] ?? configDirectory(surroundings), verify);
  return toEndpoint(host, origin, certificates ?? { verify }, surroundings);
}

/** Returns undefined when the folder has no certificates: the endpoint is then spoken to without TLS. */
async function readTls(folder: string, verify: boolean): Promise<EngineTls | undefined> {
  const [ca, cert, key] = await Promise.all(['ca.pem', 'cert.pem', 'key.pem'].map((file) => readIfAny(path.join(folder, file))));
  if (ca === undefined && cert === undefined && key === undefined) return undefined;
  return { verify, ...(ca !== undefined && { ca }), ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) };
}

function toEndpoint(host: string, origin: string, tls: EngineTls | undefined, { environment }: EngineSurroundings): EngineEndpoint {
  const scheme = /^([a-z]+):\/\//.exec(host)?.[1];
  const rest = scheme === undefined ? host : host.slice(scheme.length + 3);
  switch (scheme) {
    case 'unix':
      return { transport: { kind: 'socket', path: rest }, address: withoutUser(host), origin };
    case 'npipe':
      // npipe:////./pipe/docker_engine
      return { transport: { kind: 'socket', path: rest.replaceAll('/', '\\') }, address: withoutUser(host), origin };
    case 'tcp':
    case 'http':
    case 'https':
      return { transport: toTcp(rest, scheme === 'https' ? (tls ?? { verify: true }) : tls, host, origin), address: withoutUser(host), origin };
    case 'ssh': {
      const command = toSshCommand(host);
      if (typeof command === 'string') throw new EndpointError(`${origin} points to ${JSON.stringify(withoutUser(host))}, ${command}.`);
      return { transport: { kind: 'command', ...command }, address: withoutUser(host), origin };
    }
    default:
      throw new EndpointError(
        `${origin} points to ${JSON.stringify(withoutUser(host))}, which is no address of an engine. Use unix://, npipe://, tcp:// or ssh://${environment['DOCKER_HOST'] === host ? ' in DOCKER_HOST' : ''}.`,
      );
  }
}

function toTcp(rest: string, tls: EngineTls | undefined, host: string, origin: string): EngineEndpoint['transport'] {
  let url: URL;
  try {
    url = new URL(`http://${rest}`);
  } catch {
    throw new EndpointError(`${origin} points to ${JSON.stringify(withoutUser(host))}, which is no address of an engine. Use tcp://HOST:PORT.`);
  }
  const port = url.port === '' ? (/:80(?:\/|$)/.test(rest) ? 80 : tls === undefined ? 2375 : 2376) : Number(url.port);
  const prefix = url.pathname.replace(/\/+$/, '');
  return {
    kind: 'tcp',
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    ...(prefix !== '' && { pathPrefix: prefix }),
    ...(tls !== undefined && { tls }),
  };
}

/** An address may hold a user's name and password. */
function withoutUser(host: string): string {
  return host.replace(/\/\/[^/@]*@/, '//');
}

/** Sockets of Docker, then of Podman. */
function listDefaults({ environment, homeDirectory, platform }: EngineSurroundings): readonly string[] {
  if (platform === 'win32') return ['\\\\.\\pipe\\docker_engine', '\\\\.\\pipe\\podman-machine-default'];
  const runtime = environment['XDG_RUNTIME_DIR'];
  return [
    '/var/run/docker.sock',
    ...(runtime ? [path.posix.join(runtime, 'docker.sock')] : []),
    path.posix.join(homeDirectory, '.docker/run/docker.sock'),
    ...(runtime ? [path.posix.join(runtime, 'podman/podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
}

function socketAddress(socketPath: string): string {
  return socketPath.startsWith('\\') ? `npipe://${socketPath.replaceAll('\\', '/')}` : `unix://${socketPath}`;
}

async function readJson(file: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const bytes = await readIfAny(file);
  if (bytes === undefined) return undefined;
  const { value, reason } = parseJson(bytes);
  if (reason !== undefined || !isJsonObject(value))
    throw new EndpointError(`${file} cannot be read: ${reason ?? 'it is not a JSON object'}. Repair it, or set DOCKER_HOST.`);
  return value;
}

async function readIfAny(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readWholeFile(file, MAX_CONFIG_BYTES);
  } catch (error) {
    if (error instanceof FileError && error.code === 'not-found') return undefined;
    throw new EndpointError(`${messageOf(error)}. Make it readable, or set DOCKER_HOST.`, { cause: error });
  }
}
