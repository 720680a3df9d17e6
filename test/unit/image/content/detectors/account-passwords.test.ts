import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detector } from '../../../../../src/image/content/detectors/account-passwords.ts';
import { inspect } from '../support.ts';

test('no password, a fixed password and locked accounts are told apart', () => {
  const hash = '$6$salt$abcdefghijklmnop';
  const hits = inspect(
    detector,
    'etc/shadow',
    `root:::0:::::\ndaemon:*:19000:0:99999:7:::\nbin:!::0:::::\napp:${hash}:19000::::::\nlocked:!${hash}:19000::::::\nlast:!*:1::::::\n`,
  );
  assert.deepEqual(
    hits.map(({ id, severity, line }) => [id, severity, line]),
    [
      ['baseline:empty-password', 'high', 1],
      ['baseline:password-hash', 'medium', 4],
    ],
  );
  assert.ok(!JSON.stringify(hits).includes('abcdefgh'), 'the hash is not shown');
});

test('passwd of a normal image is silent; a hash or nothing in it is not', () => {
  assert.deepEqual(inspect(detector, 'etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nnobody:*:65534:65534::/:/bin/false\n'), []);
  assert.deepEqual(
    inspect(detector, 'etc/passwd', 'root::0:0:root:/root:/bin/sh\n').map(({ id }) => id),
    ['baseline:empty-password'],
  );
});

test('a hostile account name reaches no command', () => {
  const [hit] = inspect(detector, 'etc/shadow', 'x;reboot:::0:::::\n');
  assert.deepEqual(
    hit?.remediation?.map(({ kind }) => kind),
    ['manual'],
  );
});
