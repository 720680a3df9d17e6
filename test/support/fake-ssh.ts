import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A program called `ssh` that connects to a socket of this machine, or says why not, as the real one would. */
export interface FakeSsh {
  /** The folder to put into PATH. */
  readonly folder: string;
  /** Argument lists of the calls so far. */
  readonly calls: () => readonly (readonly string[])[];
}

/** Writes one below `directory`. With `refusal` it prints that and ends with 255, which is ssh's code for its own failures. */
export function writeFakeSsh(directory: string, socket: string, refusal?: string): FakeSsh {
  const folder = path.join(directory, 'bin');
  const log = path.join(directory, 'calls');
  mkdirSync(folder, { recursive: true });
  writeFileSync(log, '');
  const program = `#!${process.execPath}
const fs = require('node:fs');
fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify(process.argv.slice(2)) + '\\n');
const refusal = ${JSON.stringify(refusal ?? null)};
if (refusal === null) {
  const socket = require('node:net').connect(${JSON.stringify(socket)});
  process.stdin.pipe(socket).pipe(process.stdout);
  socket.on('close', () => process.exit(0));
} else {
  process.stderr.write(refusal);
  process.exitCode = 255;
}
`;
  writeFileSync(path.join(folder, 'ssh'), program);
  chmodSync(path.join(folder, 'ssh'), 0o755);
  return {
    folder,
    calls: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as string[]),
  };
}
