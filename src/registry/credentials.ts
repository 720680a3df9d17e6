import os from 'node:os';
import path from 'node:path';
import { CREDENTIAL_HELPER_TIMEOUT_MS, MAX_CONFIG_BYTES, MAX_CREDENTIAL_HELPER_BYTES } from '../foundation/base/limits.ts';
import { messageOf } from '../foundation/base/result.ts';
import { readOptionalTextFile } from '../foundation/io/optional-file.ts';
import { runProcess, type ProcessResult } from '../foundation/io/process.ts';
import { isRecord, memberOf, parseJson, textOf, type JsonRecord } from './json.ts';

/** What a registry is signed in with. Never logged, never in a message. */
export type Credential =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'identity-token'; readonly token: string }
  | { readonly kind: 'registry-token'; readonly token: string };

/** Where credentials are looked for. */
export interface CredentialEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
}

export type CredentialErrorCode = 'unreadable' | 'malformed' | 'helper-failed';

/** A place that should hold a credential could not be asked. That there is none is no error. */
export class CredentialError extends Error {
  override readonly name = 'CredentialError';
  readonly code: CredentialErrorCode;
  constructor(code: CredentialErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Docker Hub goes by several names; docker itself stores it under the first. */
const DOCKER_HUB_KEYS = ['https://index.docker.io/v1/', 'index.docker.io', 'docker.io', 'registry-1.docker.io'];
const HELPER_NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;
const NOT_FOUND = 'credentials not found in native keychain';

/**
 * Returns what the user is signed in with at `registry` (host or host:port as in image references), or undefined for nobody. Asked in docker's order: DOCKER_AUTH_CONFIG, then of
 * config.json the registry's credential helper, else the general one, then the entries of the file itself; after docker's, the files of podman and skopeo. `repository` lets entries
 * for a part of a registry ('host/team') match.
 * @throws {CredentialError} @see https://github.com/docker/docker-credential-helpers @see containers-auth.json(5)
 */
export async function findCredential(
  registry: string,
  environment: CredentialEnvironment = hostEnvironment(),
  repository?: string,
): Promise<Credential | undefined> {
  const fromVariable = environment.variables.DOCKER_AUTH_CONFIG;
  // docker too goes on when the variable makes no sense.
  const inline = fromVariable === undefined ? undefined : findEntry(parseJson(fromVariable), registry, repository);
  if (inline !== undefined) return inline;
  for (const file of authFiles(environment)) {
    const config = await readAuthFile(file);
    if (config === undefined) continue;
    const found = (await askHelper(config, registry, environment)) ?? findEntry(config, registry, repository, file);
    if (found !== undefined) return found;
  }
  return undefined;
}

function hostEnvironment(): CredentialEnvironment {
  return { variables: process.env, homeDirectory: os.homedir() };
}

function authFiles({ variables, homeDirectory }: CredentialEnvironment): readonly string[] {
  const docker = path.join(setOr(variables.DOCKER_CONFIG, path.join(homeDirectory, '.docker')), 'config.json');
  const named = setOr(variables.REGISTRY_AUTH_FILE, '');
  if (named !== '') return [docker, named];
  const runtime = setOr(variables.XDG_RUNTIME_DIR, '');
  const config = setOr(variables.XDG_CONFIG_HOME, path.join(homeDirectory, '.config'));
  return [docker, ...(runtime === '' ? [] : [path.join(runtime, 'containers', 'auth.json')]), path.join(config, 'containers', 'auth.json')];
}

function setOr(value: string | undefined, fallback: string): string {
  return value === undefined || value === '' ? fallback : value;
}

async function readAuthFile(file: string): Promise<JsonRecord | undefined> {
  let text: string | undefined;
  try {
    text = await readOptionalTextFile(file, MAX_CONFIG_BYTES);
  } catch (error) {
    throw new CredentialError('unreadable', `the registry credentials in ${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  // An empty file is what a sign-out can leave behind.
  if (text === undefined || text.trim() === '') return undefined;
  const config = parseJson(text);
  if (!isRecord(config)) throw new CredentialError('malformed', `${file} is not the JSON of a docker configuration; correct or remove it`);
  return config;
}

/** One helper speaks for a registry: its own when credHelpers names one (the empty name means none), else the general one. */
function helperFor(config: JsonRecord, registry: string): string | undefined {
  const helpers = memberOf(config, 'credHelpers');
  const own = namesOf(registry)
    .map((name) => textOf(helpers, name))
    .find((name) => name !== undefined);
  const helper = own ?? textOf(config, 'credsStore');
  return helper === '' ? undefined : helper;
}

async function askHelper(config: JsonRecord, registry: string, environment: CredentialEnvironment): Promise<Credential | undefined> {
  const helper = helperFor(config, registry);
  if (helper === undefined) return undefined;
  if (!HELPER_NAME.test(helper))
    throw new CredentialError('malformed', 'the name of the credential helper in the docker configuration is not a program name');
  const program = `docker-credential-${helper}`;
  const result = await runHelper(program, namesOf(registry)[0] ?? registry, environment);
  const stdout = new TextDecoder().decode(result.stdout);
  if (result.exitCode !== 0) {
    // Helpers tell it on stdout; some on stderr.
    if (`${stdout}\n${new TextDecoder().decode(result.stderr)}`.includes(NOT_FOUND)) return undefined;
    // What it printed may hold a secret: it is not repeated.
    throw new CredentialError(
      'helper-failed',
      `${program} failed with exit code ${result.exitCode} when asked for ${registry}; run 'docker login ${registry}' and try again`,
    );
  }
  const answer = parseJson(stdout);
  const username = textOf(answer, 'Username');
  const secret = textOf(answer, 'Secret');
  if (username === undefined || secret === undefined)
    throw new CredentialError('helper-failed', `${program} did not answer with a user name and a secret`);
  if (secret === '') return undefined;
  return username === '<token>' ? { kind: 'identity-token', token: secret } : { kind: 'basic', username, password: secret };
}

async function runHelper(program: string, serverAddress: string, environment: CredentialEnvironment): Promise<ProcessResult> {
  try {
    return await runProcess({
      command: program,
      args: ['get'],
      stdin: serverAddress,
      timeoutMs: CREDENTIAL_HELPER_TIMEOUT_MS,
      maxBytes: MAX_CREDENTIAL_HELPER_BYTES,
      environment: environment.variables,
    });
  } catch (error) {
    throw new CredentialError('helper-failed', `the credential helper could not be asked: ${messageOf(error)}`, { cause: error });
  }
}

/** Names a registry is stored under, docker's own first. */
function namesOf(registry: string): readonly string[] {
  return registry === 'docker.io' ? DOCKER_HUB_KEYS : [registry];
}

/** Returns the most specific entry: `host/team/app` before `host/team` before `host`. */
function findEntry(config: unknown, registry: string, repository: string | undefined, file?: string): Credential | undefined {
  const auths = memberOf(config, 'auths');
  if (!isRecord(auths)) return undefined;
  const entries = new Map<string, unknown>();
  for (const [key, entry] of Object.entries(auths)) {
    const name = normalizeKey(key);
    // The key as docker writes it today wins over an older spelling of the same.
    if (key === name || !entries.has(name)) entries.set(name, entry);
  }
  const parts = repository?.split('/') ?? [];
  for (let kept = parts.length; kept >= 0; kept -= 1) {
    for (const name of namesOf(registry).map(normalizeKey)) {
      const found = toCredential(entries.get([name, ...parts.slice(0, kept)].join('/')), registry, file);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** `https://host/v1/` and `host` are one; a path that names an API version is no part of a registry. */
function normalizeKey(key: string): string {
  return key
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '')
    .replace(/\/v[12]$/, '');
}

function toCredential(entry: unknown, registry: string, file = 'DOCKER_AUTH_CONFIG'): Credential | undefined {
  const registryToken = textOf(entry, 'registrytoken') ?? '';
  if (registryToken !== '') return { kind: 'registry-token', token: registryToken };
  const identityToken = textOf(entry, 'identitytoken') ?? '';
  if (identityToken !== '') return { kind: 'identity-token', token: identityToken };
  const encoded = textOf(entry, 'auth') ?? '';
  if (encoded !== '') return decodeBasic(encoded, registry, file);
  const username = textOf(entry, 'username') ?? '';
  // An empty entry is what docker leaves when a helper keeps the secret.
  return username === '' ? undefined : { kind: 'basic', username, password: textOf(entry, 'password') ?? '' };
}

/** The password may hold colons, the user name may not; docker pads the password with NULs. */
function decodeBasic(encoded: string, registry: string, file: string): Credential {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon <= 0) throw new CredentialError('malformed', `the entry for ${registry} in ${file} is damaged; run 'docker login ${registry}' again`);
  return { kind: 'basic', username: text.slice(0, colon), password: text.slice(colon + 1).replace(/\0+$/, '') };
}
