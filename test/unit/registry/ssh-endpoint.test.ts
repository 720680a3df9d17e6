import assert from 'node:assert/strict';
import test from 'node:test';
import { toSshCommand } from '../../../src/registry/ssh-endpoint.ts';

/** What comes after the options that are always the same. */
function argsOf(address: string): readonly string[] {
  const command = toSshCommand(address);
  assert.ok(typeof command === 'object', address);
  assert.equal(command.command, 'ssh');
  return command.args.slice(command.args.indexOf('-T') + 1);
}

test('host, user, port and socket', () => {
  const dial = ['system', 'dial-stdio'];
  assert.deepEqual(argsOf('ssh://host'), ['--', 'host', 'docker', ...dial]);
  assert.deepEqual(argsOf('ssh://me@host.example:2222'), ['-l', 'me', '-p', '2222', '--', 'host.example', 'docker', ...dial]);
  assert.deepEqual(argsOf('ssh://me@[::1]:22/'), ['-l', 'me', '-p', '22', '--', '::1', 'docker', ...dial]);
  assert.deepEqual(argsOf('ssh://core@localhost/run/user/7/podman.sock'), [
    ...['-l', 'core', '--', 'localhost', 'docker', '--host', 'unix:///run/user/7/podman.sock'],
    ...dial,
  ]);
});

test('known hosts and keys are left to ssh, which asks nobody', () => {
  const command = toSshCommand('ssh://host');
  const args = typeof command === 'object' ? command.args.join(' ') : '';
  assert.match(args, /-o ConnectTimeout=\d+ -o BatchMode=yes/);
  assert.doesNotMatch(args, /StrictHostKeyChecking|KnownHosts/i);
});

test('nothing that ssh or a shell would take for more than a word', () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    ['ssh://-oProxyCommand=x', /host name/],
    ['ssh://me@-oProxyCommand=x:22', /host name/],
    ['ssh://-lme@host', /user name/],
    ['ssh://$(x)@host', /user name/],
    ['ssh://me:secret@host', /password/],
    ['ssh://host/a;b', /socket/],
    ['ssh://host/a b', /socket/],
    ['ssh://host?x', /not of the form/],
    ['ssh://', /host name/],
    ['ssh://a b', /host name/],
    ['ssh://host:port', /not of the form/],
  ];
  for (const [address, reason] of refused) {
    const found = toSshCommand(address);
    assert.ok(typeof found === 'string', address);
    assert.match(found, reason, address);
    assert.doesNotMatch(found, /secret/);
  }
});
