import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Duplex } from 'node:stream';
import { MAX_REMOTE_MESSAGE_LENGTH } from '../base/limits.ts';
import { messageOf } from '../base/result.ts';
import { ProcessError, findExecutable } from './process.ts';

/** How much is kept of what the program says went wrong: its last words. */
const KEPT_WORDS = 4 * MAX_REMOTE_MESSAGE_LENGTH;

/**
 * Returns the standard input and output of another program as a connection. Destroying it ends the program. When the program ends with another exit code than 0, the connection fails with what it said last.
 * The program is started by an argument array, never by a shell, and found in the absolute folders of PATH only.
 * @throws {ProcessError} not-found
 */
export function connectToProcess(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Duplex {
  const file = findExecutable(command, environment);
  if (file === undefined) throw new ProcessError('not-found', `the program ${command} is not in PATH`);
  return new ProcessStream(command, spawn(file, args, { env: { ...environment }, stdio: 'pipe', shell: false, windowsHide: true }));
}

class ProcessStream extends Duplex {
  readonly #child: ChildProcessWithoutNullStreams;
  #words = '';

  constructor(command: string, child: ChildProcessWithoutNullStreams) {
    super();
    this.#child = child;
    child.stdout.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) child.stdout.pause();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#words = (this.#words + text).slice(-KEPT_WORDS);
    });
    // A program that ends without reading its input breaks the pipe; its exit code tells more than that.
    child.stdin.on('error', () => undefined);
    child.once('error', (error) =>
      this.destroy(new ProcessError('failed', `${command} could not be started: ${messageOf(error)}`, { cause: error })),
    );
    // Not when its output ends: only now is it known whether it ended well.
    child.once('close', (exitCode) => {
      if (exitCode === 0) this.push(null);
      else this.destroy(new ProcessError('failed', `${command} ended with ${exitCode ?? 'a signal'}${lastWords(this.#words)}`));
    });
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // Its error is told by how the program ended.
    this.#child.stdin.write(chunk, () => {
      done();
    });
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#child.stdin.end(() => {
      done();
    });
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#child.kill();
    // A grandchild may hold the pipes open for ever: nobody listens any more.
    for (const stream of [this.#child.stdin, this.#child.stdout, this.#child.stderr]) stream.destroy();
    done(error);
  }
}

/** The far side wrote it, for a terminal: control characters are left out. */
function lastWords(text: string): string {
  const words = messageOf(text.replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ')).slice(-MAX_REMOTE_MESSAGE_LENGTH);
  return words === '' ? '' : `: ${words}`;
}
