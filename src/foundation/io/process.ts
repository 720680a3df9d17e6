import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../base/result.ts';

/** One run of another program: by an argument array, never by a shell. */
export interface ProcessRequest {
  /** A bare name, looked up in the absolute folders of PATH, or an absolute path. */
  readonly command: string;
  readonly args: readonly string[];
  readonly stdin?: string;
  readonly timeoutMs: number;
  /** Bound of stdout and of stderr, each. */
  readonly maxBytes: number;
  /** Whole environment; default this process's. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

export interface ProcessResult {
  readonly exitCode: number;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

export type ProcessErrorCode = 'not-found' | 'timeout' | 'too-large' | 'failed' | 'aborted';

export class ProcessError extends Error {
  override readonly name = 'ProcessError';
  readonly code: ProcessErrorCode;
  constructor(code: ProcessErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Returns what a program printed and its exit code (-1 when a signal ended it). Any exit code is an answer. @throws {ProcessError} */
export async function runProcess(request: ProcessRequest): Promise<ProcessResult> {
  const environment = request.environment ?? process.env;
  const file = findExecutable(request.command, environment);
  if (file === undefined) throw new ProcessError('not-found', `the program ${request.command} is not in PATH`);
  return new Promise((resolve, reject) => {
    const { executable, args, verbatim } = toSpawn(file, request.args, environment);
    const child = spawn(executable, args, {
      env: { ...environment },
      stdio: 'pipe',
      shell: false,
      windowsHide: true,
      windowsVerbatimArguments: verbatim,
    });
    const give = (settle: () => void): void => {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', cancel);
      settle();
    };
    const stop = (code: ProcessErrorCode, why: string, cause?: unknown): void => {
      give(() => {
        child.kill('SIGKILL');
        // A grandchild may hold the pipes open for ever: nobody listens any more.
        child.stdout.destroy();
        child.stderr.destroy();
        child.stdin.destroy();
        reject(new ProcessError(code, `${request.command} ${why}`, { cause }));
      });
    };
    const cancel = (): void => {
      stop('aborted', 'was cancelled');
    };
    const timer = setTimeout(stop, request.timeoutMs, 'timeout' as const, `did not finish within ${request.timeoutMs / 1000} s`);
    const output = [child.stdout, child.stderr].map((stream) => {
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > request.maxBytes) stop('too-large', `printed more than ${request.maxBytes} bytes`);
        else chunks.push(chunk);
      });
      return chunks;
    });
    child.on('error', (error) => {
      stop('failed', `could not be started: ${messageOf(error)}`, error);
    });
    child.on('close', (exitCode) => {
      const [stdout = [], stderr = []] = output;
      give(() => {
        resolve({ exitCode: exitCode ?? -1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) });
      });
    });
    // A program that exits without reading its input breaks the pipe; its exit code tells more than that.
    child.stdin.on('error', () => undefined);
    child.stdin.end(request.stdin ?? '');
    if (request.signal?.aborted === true) cancel();
    else request.signal?.addEventListener('abort', cancel, { once: true });
  });
}

/**
 * Returns the absolute path of a program, or undefined. Only absolute folders of PATH count: a relative one (or Windows's current folder) would let an opened
 * workspace plant a program.
 */
export function findExecutable(command: string, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const suffixes = process.platform === 'win32' ? ['', '.exe', '.cmd', '.bat'] : [''];
  if (path.isAbsolute(command)) return suffixes.map((suffix) => command + suffix).find(isExecutableFile);
  if (/[/\\]/.test(command)) return undefined;
  const folders = (environment.PATH ?? environment.Path ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.flatMap((folder) => suffixes.map((suffix) => path.join(folder, command + suffix))).find(isExecutableFile);
}

function isExecutableFile(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Windows cannot start a .cmd by itself; cmd.exe can, and then no word may hold what cmd.exe reads as more than a word. */
function toSpawn(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): { executable: string; args: string[]; verbatim: boolean } {
  if (!/\.(?:cmd|bat)$/i.test(file)) return { executable: file, args: [...args], verbatim: false };
  const unsafe = [file, ...args].find((word) => /["%!^&|<>\r\n]/.test(word));
  if (unsafe !== undefined)
    throw new ProcessError(
      'failed',
      `${path.basename(file)} cannot be started safely: its path or an argument holds a character of the command shell`,
    );
  const line = [file, ...args].map((word) => `"${word}"`).join(' ');
  return { executable: environment.ComSpec ?? 'cmd.exe', args: ['/d', '/s', '/c', `"${line}"`], verbatim: true };
}
