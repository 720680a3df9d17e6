import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findOnPath, lastLines, runCommand, startProcess, tryCommand, type RunningProcess } from './processes.ts';
import { waitFor } from './wait.ts';

/** Set by the test command for all test files: one engine serves them all. */
const SHARED_HOST_VARIABLE = 'PLIMSOLL_TEST_DOCKER_HOST';
/** sockaddr_un holds 108 bytes with the closing zero. */
const MAX_SOCKET_PATH = 107;
const START_TIMEOUT_MS = 60_000;
const STORAGE_FAILURE = /overlay|storage-driver|graphdriver|snapshotter/i;
const BUILD_TIMEOUT_MS = 300_000;

export interface DockerEngine {
  /** As DOCKER_HOST wants it: `unix:///…/docker.sock`. */
  readonly host: string;
  /** True: started for this test, empty, and gone after stop(). False: it may hold images of others; leave them alone. */
  readonly private: boolean;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/**
 * Returns a Docker engine to test against: the one that the test command started for all files, else a private one (root only), else one that already runs here.
 * @throws {Error} with the end of the engine's log when none can be had.
 */
export async function startDockerEngine(): Promise<DockerEngine> {
  const shared = process.env[SHARED_HOST_VARIABLE];
  if (shared !== undefined && shared !== '') return adoptEngine(shared);
  if (process.getuid?.() === 0 && findOnPath('dockerd') !== undefined) return startPrivateEngine();
  const running = process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock';
  if (await isReachable(running)) return adoptEngine(running);
  throw new Error(`no Docker engine: none answers at ${running}, and starting one needs root and dockerd`);
}

/**
 * Returns an engine that shares nothing with any other: for tests about engines themselves. Root only.
 * @param configuration of the daemon, beside what makes it private
 * @throws as startDockerEngine.
 */
export async function startPrivateEngine(
  configuration: Readonly<Record<string, unknown>> = {},
  extraHosts: readonly string[] = [],
): Promise<DockerEngine> {
  try {
    return await launchEngine(configuration, extraHosts);
  } catch (error) {
    if (!(error instanceof Error && STORAGE_FAILURE.test(error.message))) throw error;
    // The driver it chose does not work on this file system; vfs works on every one.
    return launchEngine({ ...configuration, 'storage-driver': 'vfs', features: { 'containerd-snapshotter': false } }, extraHosts);
  }
}

/**
 * Returns the id of the image made of a root file system's tar (plain, gzip, bzip2 or xz).
 * @param changes Dockerfile instructions, such as `CMD ["sh"]`.
 */
export async function dockerImport(engine: DockerEngine, tarFile: string, reference: string, changes: readonly string[] = []): Promise<string> {
  const args = ['import', ...changes.flatMap((change) => ['--change', change]), tarFile, reference];
  return (await docker(engine, args, { timeoutMs: BUILD_TIMEOUT_MS })).trim();
}

/** Returns the id of the image built from a folder; `dockerfile` is its path in that folder, default `Dockerfile`. RUN has no network but the host's loopback. */
export async function dockerBuild(engine: DockerEngine, folder: string, tag: string, dockerfile = 'Dockerfile'): Promise<string> {
  const args = ['build', '--network', 'host', '--tag', tag, '--file', path.join(folder, dockerfile), folder];
  // The classic builder: every engine has it, with no plugin, and it keeps one layer and one history line per instruction.
  await docker(engine, args, { timeoutMs: BUILD_TIMEOUT_MS, env: { DOCKER_BUILDKIT: '0' } });
  return (await docker(engine, ['image', 'inspect', '--format', '{{.Id}}', tag])).trim();
}

/** Writes a `docker save` archive of the references to `file`. */
export async function dockerSave(engine: DockerEngine, references: readonly string[], file: string): Promise<void> {
  await docker(engine, ['save', '--output', file, ...references], { timeoutMs: BUILD_TIMEOUT_MS });
}

/** Removes images that a test made; those that are gone already are no error. */
export async function dockerRemove(engine: DockerEngine, references: readonly string[]): Promise<void> {
  await tryCommand('docker', ['image', 'rm', '--force', ...references], { env: clientEnvironment(engine.host) });
}

/** Returns the standard output of the docker client. @throws {Error} with its message. */
export async function docker(
  engine: DockerEngine,
  args: readonly string[],
  options: { readonly timeoutMs?: number; readonly env?: Readonly<Record<string, string>>; readonly input?: string | Uint8Array } = {},
): Promise<string> {
  return runCommand('docker', args, { ...options, env: { ...clientEnvironment(engine.host), ...options.env } });
}

/** Returns whether an engine answers at `host`. */
export async function isReachable(host: string): Promise<boolean> {
  if (findOnPath('docker') === undefined) return false;
  const result = await tryCommand('docker', ['version', '--format', '{{.Server.Version}}'], { env: clientEnvironment(host), timeoutMs: 10_000 });
  return result.exitCode === 0;
}

async function adoptEngine(host: string): Promise<DockerEngine> {
  await waitFor(`the Docker engine at ${host}`, () => isReachable(host), { timeoutMs: START_TIMEOUT_MS, intervalMs: 200 });
  return { host, private: false, log: () => '', stop: () => Promise.resolve() };
}

/** @param configuration of the daemon, in place of the machine's own /etc/docker/daemon.json. */
async function launchEngine(configuration: Readonly<Record<string, unknown>>, extraHosts: readonly string[]): Promise<DockerEngine> {
  const home = await mkdtemp(path.join(shortTemporaryFolder(), 'plimsoll-docker-'));
  const socket = path.join(home, 'docker.sock');
  const host = `unix://${socket}`;
  const configurationFile = path.join(home, 'daemon.json');
  await writeFile(configurationFile, JSON.stringify(configuration));
  // No bridge, no packet filter: builds use the host's network, and the machine's rules stay as they are.
  const isolation = ['--iptables=false', '--ip6tables=false', '--ip-masq=false', '--ip-forward=false', '--bridge=none'];
  const places = [
    '--data-root',
    path.join(home, 'data'),
    '--exec-root',
    path.join(home, 'exec'),
    '--pidfile',
    path.join(home, 'docker.pid'),
    ...[host, ...extraHosts].flatMap((address) => ['--host', address]),
  ];
  const daemon = startProcess('dockerd', ['--config-file', configurationFile, ...places, ...isolation], { env: { DOCKER_HOST: undefined } });
  const stop = async (): Promise<void> => {
    await daemon.stop();
    await removeDataRoot(home);
  };
  try {
    await waitFor('dockerd to answer', () => hasAnswered(daemon, socket, host), { timeoutMs: START_TIMEOUT_MS, intervalMs: 100 });
    if (daemon.ended() !== undefined) throw new Error(daemon.ended());
  } catch (error) {
    const log = daemon.output();
    await stop();
    throw new Error(`the Docker engine did not start:\n${lastLines(log, 12)}`, { cause: error });
  }
  return { host, private: true, log: daemon.output, stop };
}

/** True also when the daemon has ended: there is nothing to wait for then. */
async function hasAnswered(daemon: RunningProcess, socket: string, host: string): Promise<boolean> {
  return daemon.ended() !== undefined || (existsSync(socket) && (await isReachable(host)));
}

/** dockerd leaves its network namespace mounted, and a storage driver that was killed its layers: detach all of it, then remove. */
async function removeDataRoot(home: string): Promise<void> {
  const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '');
  for (const mount of mounts.filter((point) => point.startsWith(`${home}/`)).reverse()) await tryCommand('umount', ['--lazy', mount]);
  await rm(home, { recursive: true, force: true });
}

function shortTemporaryFolder(): string {
  const folder = os.tmpdir();
  const longest = path.join(folder, 'plimsoll-docker-XXXXXX', 'exec', 'containerd', 'containerd-debug.sock');
  return Buffer.byteLength(longest) <= MAX_SOCKET_PATH ? folder : '/tmp';
}

/** The machine's own docker contexts and credentials stay out of the tests. */
function clientEnvironment(host: string): Record<string, string | undefined> {
  return { DOCKER_HOST: host, DOCKER_CONTEXT: undefined, DOCKER_TLS_VERIFY: undefined, DOCKER_CERT_PATH: undefined, DOCKER_CLI_HINTS: 'false' };
}
