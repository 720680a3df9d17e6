import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

const DEFAULT_COMMAND_TIMEOUT_MS = 120_000;
const STOP_GRACE_MS = 10_000;
/** Characters of a program's output that are kept: enough to explain a failure. */
const KEPT_OUTPUT = 8_000_000;

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Uint8Array;
  /** Default 120 s; then the whole process group is killed. */
  readonly timeoutMs?: number;
  /** Gets output as it comes, stdout and stderr alike. */
  readonly onOutput?: (text: string) => void;
}

export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** Returns how a command ended, whatever its exit code. @throws when it cannot be started. */
export async function tryCommand(command: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const child = spawn(command, args, { cwd: options.cwd, env: mergeEnvironment(options.env), stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  let stdout = '';
  let stderr = '';
  let timedOut = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (stdout.length < KEPT_OUTPUT) stdout += text;
    options.onOutput?.(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < KEPT_OUTPUT) stderr += text;
    options.onOutput?.(text);
  });
  // A command that ends without reading its input breaks the pipe; its exit code says what happened.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const timer = setTimeout(() => {
    timedOut = true;
    signalGroup(child, 'SIGKILL');
  }, options.timeoutMs ?? DEFAULT_COMMAND_TIMEOUT_MS);
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { exitCode, stdout, stderr, timedOut };
  } finally {
    clearTimeout(timer);
  }
}

/** Returns a command's standard output. @throws {Error} with the end of its output when it fails or takes too long. */
export async function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const result = await tryCommand(command, args, options);
  if (result.exitCode === 0) return result.stdout;
  const why = result.timedOut ? 'took too long' : `ended with ${String(result.exitCode)}`;
  throw new Error(`${command} ${args.join(' ')} ${why}:\n${lastLines(result.stderr === '' ? result.stdout : result.stderr)}`);
}

export interface RunningProcess {
  readonly pid: number;
  /** Everything it printed so far, its end when that is long. */
  readonly output: () => string;
  /** Undefined while it runs. */
  readonly ended: () => string | undefined;
  /** Ends it and all it started: SIGTERM, and SIGKILL when that does not help within 10 s. */
  readonly stop: () => Promise<void>;
}

/** Returns a started server-like program, in a process group of its own. It is ended together with this process even if this one is killed, where the system can do that. */
export function startProcess(
  command: string,
  args: readonly string[],
  options: Pick<CommandOptions, 'cwd' | 'env' | 'onOutput'> = {},
): RunningProcess {
  const setpriv = process.platform === 'linux' ? findOnPath('setpriv') : undefined;
  const [program, programArgs] = setpriv === undefined ? [command, args] : [setpriv, ['--pdeathsig', 'TERM', '--', command, ...args]];
  const child = spawn(program, programArgs, {
    cwd: options.cwd,
    env: mergeEnvironment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  let ended: string | undefined;
  const keep = (text: string): void => {
    output = (output + text).slice(-KEPT_OUTPUT);
    options.onOutput?.(text);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  const exit = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      ended = error.message;
      resolve();
    });
    child.once('exit', (code, signal) => {
      ended = `${path.basename(command)} ended with ${signal ?? String(code)}`;
      resolve();
    });
  });
  return {
    pid: child.pid ?? -1,
    output: () => output,
    ended: () => ended,
    stop: async () => {
      if (ended === undefined) {
        signalGroup(child, 'SIGTERM');
        const timer = setTimeout(() => {
          signalGroup(child, 'SIGKILL');
        }, STOP_GRACE_MS);
        await exit;
        clearTimeout(timer);
      }
      // Children that outlived their parent.
      signalGroup(child, 'SIGKILL');
    },
  };
}

/** Returns the absolute path of a program on PATH, or undefined. */
export function findOnPath(name: string): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const candidate = path.join(folder, name);
    if (folder !== '' && isExecutable(candidate)) return candidate;
  }
  return undefined;
}

/** Below those that systems give to connections by themselves: nobody takes one in the moment between our look and the program that is to have it. */
const OWN_PORTS = { first: 20_000, count: 12_000 };
const PORT_TRIES = 50;

/** Returns a loopback TCP port that was free a moment ago, for a program that has to be told its port. */
export async function findFreePort(): Promise<number> {
  for (let tries = 0; tries < PORT_TRIES; tries += 1) {
    const port = OWN_PORTS.first + Math.floor(Math.random() * OWN_PORTS.count);
    if (await isFree(port)) return port;
  }
  throw new Error(`none of ${String(PORT_TRIES)} ports was free`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      resolve(true);
    });
  });
  if (free) await new Promise((resolve) => server.close(resolve));
  return free;
}

/** Returns the last lines of a text, 20 unless told. */
export function lastLines(text: string, count = 20): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

function mergeEnvironment(extra: CommandOptions['env']): NodeJS.ProcessEnv {
  const merged: NodeJS.ProcessEnv = { ...process.env };
  for (const [name, value] of Object.entries(extra ?? {})) {
    if (value === undefined) Reflect.deleteProperty(merged, name);
    else merged[name] = value;
  }
  return merged;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nothing of the group is left.
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
