import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findSshServer } from '../setup/capabilities.ts';
import { findFreePort, findOnPath, runCommand, startProcess, tryCommand } from './processes.ts';
import { waitFor } from './wait.ts';

/** A real ssh server on the loopback interface that lets this user in with a key made for it. */
export interface SshServer {
  /** `ssh://USER@127.0.0.1:PORT`. */
  readonly address: string;
  /** A folder for PATH: its `ssh` is the real one with a configuration of its own, because ssh looks for the user's in his home whatever HOME says. */
  readonly folder: string;
  /** The same without the server among the known hosts. */
  readonly strangerFolder: string;
  readonly stop: () => Promise<void>;
}

/** Starts one that keeps its files below `directory`. @throws {Error} with what it said when it does not start */
export async function startSshServer(directory: string): Promise<SshServer> {
  const hostKey = path.join(directory, 'host-key');
  const userKey = path.join(directory, 'user-key');
  for (const key of [hostKey, userKey]) await runCommand('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  writeFileSync(path.join(directory, 'authorized_keys'), readFileSync(`${userKey}.pub`));
  const port = await findFreePort();
  const configuration = path.join(directory, 'sshd_config');
  const lines = [`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${hostKey}`, `AuthorizedKeysFile ${path.join(directory, 'authorized_keys')}`];
  // Folders of temporary files are open to all; the server would not trust a list of keys in one.
  lines.push(
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    `PidFile ${path.join(directory, 'pid')}`,
    `SetEnv PATH=${process.env.PATH ?? ''}`,
  );
  writeFileSync(configuration, `${lines.join('\n')}\n`);
  // Where the server of the system would change its root to; its own service makes the folder.
  if (process.getuid?.() === 0 && !existsSync('/run/sshd')) mkdirSync('/run/sshd', { mode: 0o755 });
  const server = startProcess(findSshServer() ?? 'sshd', ['-D', '-e', '-f', configuration]);
  const known = path.join(directory, 'known_hosts');
  writeFileSync(known, `[127.0.0.1]:${port} ${readFileSync(`${hostKey}.pub`, 'utf8')}`);
  const folder = writeClient(path.join(directory, 'client'), userKey, known);
  const strangerFolder = writeClient(path.join(directory, 'stranger'), userKey, path.join(directory, 'nobody'));
  const { username } = os.userInfo();
  const probe = ['-o', 'BatchMode=yes', '-p', String(port), '--', `${username}@127.0.0.1`, 'true'];
  try {
    await waitFor(
      'the ssh server to answer',
      async () => server.ended() !== undefined || (await tryCommand(path.join(folder, 'ssh'), probe)).exitCode === 0,
      {
        timeoutMs: 20_000,
        intervalMs: 200,
      },
    );
    if (server.ended() !== undefined) throw new Error(server.ended());
  } catch (error) {
    await server.stop();
    throw new Error(`the ssh server did not start: ${server.output()}`, { cause: error });
  }
  return { address: `ssh://${username}@127.0.0.1:${port}`, folder, strangerFolder, stop: server.stop };
}

function writeClient(folder: string, key: string, known: string): string {
  mkdirSync(folder);
  const options = ['-F', 'none', '-i', key, '-o', `UserKnownHostsFile=${known}`, '-o', 'GlobalKnownHostsFile=none', '-o', 'IdentitiesOnly=yes'];
  const words = [findOnPath('ssh') ?? 'ssh', ...options].map((word) => `'${word}'`).join(' ');
  writeFileSync(path.join(folder, 'ssh'), `#!/bin/sh\nexec ${words} "$@"\n`);
  chmodSync(path.join(folder, 'ssh'), 0o755);
  return folder;
}
