import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { detector } from '../../../../../src/image/content/detectors/private-keys.ts';
import { config, history, inspect } from '../support.ts';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const pkcs8 = ed.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const pkcs1 = rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;
const sec1 = ec.privateKey.export({ type: 'sec1', format: 'pem' }) as string;
const encrypted = ec.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }) as string;
const legacy = rsa.privateKey.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }) as string;
const dashes = '-----';

function openssh(cipher: string): string {
  const name = Buffer.from(cipher);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(name.length);
  const body = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    length,
    name,
    Buffer.from(Array.from({ length: 200 }, (_, i) => (i * 37) % 251)),
  ]).toString('base64');
  return `${dashes}BEGIN OPENSSH PRIVATE KEY${dashes}\n${body.replaceAll(/(.{70})/g, '$1\n')}\n${dashes}END OPENSSH PRIVATE KEY${dashes}\n`;
}

const body = Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 91) % 253)).toString('base64');
const pgp = `${dashes}BEGIN PGP PRIVATE KEY BLOCK${dashes}\nVersion: GnuPG v2\n\n${body.replaceAll(/(.{64})/g, '$1\n')}\n=aB3d\n${dashes}END PGP PRIVATE KEY BLOCK${dashes}\n`;
const putty = (encryption: string): string =>
  `PuTTY-User-Key-File-3: ssh-ed25519\r\nEncryption: ${encryption}\r\nComment: key\r\nPublic-Lines: 1\r\n${body.slice(0, 64)}\r\nPrivate-Lines: 2\r\n${body.slice(0, 64)}\r\n${body.slice(64, 100)}\r\nPrivate-MAC: 00\r\n`;

describe('private keys', () => {
  const cases: readonly (readonly [name: string, text: string, title: string, severity: string])[] = [
    ['PKCS #8', pkcs8, 'PKCS #8 private key', 'high'],
    ['PKCS #1', pkcs1, 'RSA private key', 'high'],
    ['SEC 1', sec1, 'EC private key', 'high'],
    ['encrypted PKCS #8', encrypted, 'Encrypted PKCS #8 private key', 'medium'],
    ['encrypted PKCS #1', legacy, 'Encrypted RSA private key', 'medium'],
    ['OpenSSH', openssh('none'), 'OpenSSH private key', 'high'],
    ['encrypted OpenSSH', openssh('aes256-ctr'), 'Encrypted OpenSSH private key', 'medium'],
    ['PGP', pgp, 'PGP private key', 'high'],
    ['PuTTY', putty('none'), 'PuTTY private key', 'high'],
    ['encrypted PuTTY', putty('aes256-cbc'), 'Encrypted PuTTY private key', 'medium'],
    ['CRLF', pkcs1.replaceAll('\n', '\r\n'), 'RSA private key', 'high'],
    ['inside JSON', JSON.stringify({ private_key: pkcs8 }), 'PKCS #8 private key', 'high'],
    [
      'inside source code',
      pkcs8
        .trim()
        .split('\n')
        .map((line) => `  "${line}\\n" +`)
        .join('\n'),
      'PKCS #8 private key',
      'high',
    ],
    ['indented in YAML', `key: |\n${pkcs1.replaceAll(/^/gm, '    ')}`, 'RSA private key', 'high'],
  ];
  for (const [name, text, title, severity] of cases) {
    test(name, () => {
      const hits = inspect(detector, 'etc/app/server.key', text);
      assert.deepEqual(
        hits.map((hit) => [hit.id, hit.title, hit.severity]),
        [['secret:private-key', title, severity]],
      );
      assert.ok(!JSON.stringify(hits).includes(body.slice(0, 20)) && !JSON.stringify(hits).includes(pkcs8.split('\n')[1] ?? '?'));
    });
  }

  test('several keys in one file, each on its line', () => {
    assert.deepEqual(
      inspect(detector, 'bundle.pem', `${sec1}\n${pkcs8}`).map(({ line }) => line),
      [1, sec1.split('\n').length + 1],
    );
  });

  test('a baked SSH host key says what it means', () => {
    const [hit] = inspect(detector, 'etc/ssh/ssh_host_ed25519_key', openssh('none'));
    assert.match(hit?.title ?? '', /SSH server/);
    assert.match(JSON.stringify(hit?.remediation), /ssh-keygen -A/);
  });

  test('in ENV and in a build command', () => {
    const hits = [...(detector.inspectConfig?.(config({ env: [`KEY=${pkcs8}`], history: history(`RUN /bin/sh -c echo '${sec1}' > /key`) })) ?? [])];
    assert.deepEqual(
      hits.map(({ title }) => title),
      ['PKCS #8 private key in the environment variable "KEY"', 'EC private key in a build command'],
    );
  });

  for (const [name, text] of [
    ['public key', ed.publicKey.export({ type: 'spki', format: 'pem' }) as string],
    ['certificate', pkcs8.replaceAll('PRIVATE KEY', 'CERTIFICATE')],
    ['header alone', `if (text.includes('${dashes}BEGIN RSA PRIVATE KEY${dashes}')) parse(text);`],
    ['header and footer in source', `const begin = '${dashes}BEGIN PRIVATE KEY${dashes}', end = '${dashes}END PRIVATE KEY${dashes}';`],
    ['documentation', `${dashes}BEGIN PRIVATE KEY${dashes}\nMIIEvQIBADANBgkqhkiG9w0BAQEF...\n${dashes}END PRIVATE KEY${dashes}`],
    ['placeholder', `${dashes}BEGIN PRIVATE KEY${dashes}\n${'A'.repeat(200)}\n${dashes}END PRIVATE KEY${dashes}`],
    ['no end', pkcs8.slice(0, -20)],
  ] as const) {
    test(`no alarm: ${name}`, () => {
      assert.deepEqual(inspect(detector, 'app/file.txt', text), []);
    });
  }

  test('test keys of published packages are nobody’s secret; those of the application are', () => {
    assert.deepEqual(inspect(detector, 'usr/local/lib/python3.12/test/certdata/keycert.pem', pkcs8), []);
    assert.deepEqual(inspect(detector, 'app/node_modules/ssh2/test/fixtures/id_rsa', pkcs8), []);
    assert.equal(inspect(detector, 'app/test/fixtures/id_rsa', pkcs8).length, 1);
  });
});

test('law: truncated at every offset, no key is made up and nothing throws', () => {
  for (let end = 0; end < pkcs8.trimEnd().length - 1; end++) assert.deepEqual(inspect(detector, 'k', pkcs8.slice(0, end)), []);
});

test('law: noise around and inside is survived', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(pkcs1.length), (noise, at) => {
      inspect(detector, 'k', Buffer.concat([Buffer.from(pkcs1.slice(0, at)), noise, Buffer.from(pkcs1.slice(at))]));
    }),
    { numRuns: 200 },
  );
});
