/**
 * An engine behind ssh, reached as the docker CLI does: `ssh HOST docker system dial-stdio` connects its standard input and output to the engine's socket over there.
 *
 * @see https://docs.docker.com/engine/security/protect-access/#use-ssh-to-protect-the-docker-daemon-socket
 */
import { ENGINE_SSH_CONNECT_SECONDS } from '../foundation/base/limits.ts';

/** The program to start, with its arguments. */
export interface SshCommand {
  readonly command: 'ssh';
  readonly args: readonly string[];
}

/** None may begin with `-`, which ssh would read as an option, nor hold anything that the shell over there reads as more than a word. */
const HOST = /^[A-Za-z0-9_[:][\w.:%[\]-]*$/;
const USER = /^[A-Za-z0-9_][\w.@+-]*$/;
const SOCKET = /^\/[\w./@+-]*$/;

/**
 * Returns the command for an address such as `ssh://user@host:2222/run/podman/podman.sock`, or why there is none: the text ends a sentence that names the address.
 * Keys and known hosts are the user's own ssh configuration's business. Nobody is there to be asked anything, so ssh is told not to.
 */
export function toSshCommand(address: string): SshCommand | string {
  const match = /^ssh:\/\/(?:([^@/]*)@)?(\[[^\]/]*\]|[^:/?#]*)(?::(\d{1,5}))?(\/[^?#]*)?$/.exec(address);
  if (match === null) return 'which is not of the form ssh://USER@HOST:PORT';
  const [, user = '', host = '', port = '', socket = ''] = match;
  if (user.includes(':')) return 'which holds a password; ssh takes none from an address. Use a key';
  if (!HOST.test(host)) return 'whose host name cannot be used with ssh';
  if (user !== '' && !USER.test(user)) return 'whose user name cannot be used with ssh';
  const path = socket === '/' ? '' : socket;
  if (path !== '' && !SOCKET.test(path)) return 'whose socket has a name that cannot be passed on';
  return {
    command: 'ssh',
    args: [
      ...['-o', `ConnectTimeout=${ENGINE_SSH_CONNECT_SECONDS}`, '-o', 'BatchMode=yes', '-T'],
      ...(user === '' ? [] : ['-l', user]),
      ...(port === '' ? [] : ['-p', port]),
      ...['--', host.replace(/^\[|\]$/g, ''), 'docker', ...(path === '' ? [] : ['--host', `unix://${path}`]), 'system', 'dial-stdio'],
    ],
  };
}
