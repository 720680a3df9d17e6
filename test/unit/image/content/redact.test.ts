import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { redactSecret } from '../../../../src/image/content/redact.ts';
import { redactConfig, redactSecrets } from '../../../../src/image/content/redact-text.ts';
import { config, history, tokenWithChecksum } from './support.ts';

const token = tokenWithChecksum('ghp_');

test('first three characters and a length, nothing of a short one', () => {
  assert.equal(redactSecret('abcdefghij'), 'abc… (10 characters)');
  assert.equal(redactSecret('abcdef'), '… (6 characters)');
});

test('tokens, assignments to secret names, password options and addresses with a password', () => {
  for (const [text, expected] of [
    [`TOKEN_A=${token} make`, 'TOKEN_A=ghp… (40 characters) make'],
    ['DB_PASSWORD=correct-horse', 'DB_PASSWORD=cor… (13 characters)'],
    ['|1 NPM_TOKEN=abcdefghij /bin/sh -c npm ci', '|1 NPM_TOKEN=abc… (10 characters) /bin/sh -c npm ci'],
    ['mysql --password hunter22hunter', 'mysql --password hun… (14 characters)'],
    ['git clone https://me:hunter22@git.example.com/x', 'git clone https://me:hun… (8 characters)@git.example.com/x'],
    [
      'PATH=/usr/bin:/bin PASSWORD_FILE=/run/secrets/db PASSWORD=$DB_PASSWORD',
      'PATH=/usr/bin:/bin PASSWORD_FILE=/run/secrets/db PASSWORD=$DB_PASSWORD',
    ],
    ['NPM_TOKEN=<revoked> DB_PASSWORD="$P"', 'NPM_TOKEN=<revoked> DB_PASSWORD="$P"'],
    ['GPG_KEY=7169605F62C751356D054A26A821E680E5FA6305', 'GPG_KEY=7169605F62C751356D054A26A821E680E5FA6305'],
  ] as const) {
    assert.equal(redactSecrets(text), expected);
  }
});

test('redacting twice changes nothing', () => {
  for (const text of [`TOKEN=${token}`, 'DB_PASSWORD=correct-horse', 'https://me:hunter22@git.example.com/x'])
    assert.equal(redactSecrets(redactSecrets(text)), redactSecrets(text));
});

test('a configuration keeps its shape and holds no secret', () => {
  const redacted = redactConfig(
    config({
      env: ['A=b', `T=${token}`],
      labels: { x: token },
      cmd: ['run', token],
      entrypoint: [token],
      history: [...history(`ENV T=${token}`), { comment: token, emptyLayer: true }],
    }),
  );
  assert.ok(!JSON.stringify(redacted).includes(token.slice(4)));
  assert.equal(redacted.env[0], 'A=b');
  assert.equal(redacted.history.length, 2);
});

test('law: text without a secret in it is left alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '/', 'é', '😀'), maxLength: 200 }), (text) => redactSecrets(text) === text),
  );
});
