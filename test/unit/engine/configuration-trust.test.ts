import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parse } from 'yaml';
import { parseConfiguration } from '../../../src/engine/configuration.ts';
import { configurationSchema } from '../../../src/engine/configuration-schema.ts';
import { readConfigurationText } from '../../../src/engine/configuration-text.ts';
import { loadTrust, ruleOfKey } from '../../../src/engine/configuration-trust-files.ts';
import { buildCertificate, makeKey } from '../../support/certificate-builder.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-trust-'));
after(() => {
  rmSync(folder, { recursive: true });
});
const validate = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }).compile(configurationSchema());
const PEM = '"-----BEGIN PUBLIC KEY-----"';
const HEX = 'A'.repeat(64);

test('everything that a rule may say is read', () => {
  const { trust, issues } = readConfigurationText(`trust:
  - match: [ghcr.io/acme, '*.example.com']
    requireFor: both
    keys:
      - name: release-2026
        file: keys/release.pub
        trustRoot: trusted_root.json
        notBefore: 2026-01-01
        notAfter: 2026-12-31
      - { name: inline, pem: ${PEM} }
    identities:
      - issuer: https://token.example.com
        subject: https://forge.example.com/acme/**
        trustRoot: trusted_root.json
    notation:
      - name: acme
        file: acme.pem
        subject: 'C=DE, O=Acme'
    revoked: ['sha256:${HEX}', 'serial:00:0A:FF']
  - match: ['*']
    keys:
`);
  assert.deepEqual(
    issues.map(({ message }) => message),
    ["'trust[1].keys' is a list of entries with name, file, pem, trustRoot, notBefore, notAfter"],
  );
  assert.equal(trust?.isBroken, true);
  assert.deepEqual(trust.rules, [
    {
      match: ['ghcr.io/acme', '*.example.com'],
      requireFor: 'both',
      keys: [
        { name: 'release-2026', file: 'keys/release.pub', trustRoot: 'trusted_root.json', notBefore: '2026-01-01', notAfter: '2026-12-31' },
        { name: 'inline', pem: '-----BEGIN PUBLIC KEY-----' },
      ],
      identities: [{ issuer: 'https://token.example.com', subject: 'https://forge.example.com/acme/**', trustRoot: 'trusted_root.json' }],
      notation: [{ name: 'acme', file: 'acme.pem', subject: 'C=DE, O=Acme' }],
      revoked: [`sha256:${HEX.toLowerCase()}`, 'serial:aff'],
    },
    { match: ['*'], keys: [], identities: [], notation: [], revoked: [] },
  ]);
  assert.equal(readConfigurationText('trust:\n').trust, undefined);
  assert.equal(readConfigurationText('rules: {}\n').trust, undefined);
});

test('what the reader refuses the schema refuses, and the other way round; a mistake breaks the whole of it', () => {
  const good = [
    'trust: []',
    "trust: [{ match: ['*'] }]",
    `trust: [{ match: [a.example], keys: [{ name: a, pem: ${PEM} }], revoked: [] }]`,
    'trust: [{ match: [a], notation: [{ name: a, file: f, subject: O=Acme, notAfter: 2026-01-31 }] }]',
  ];
  const bad = [
    'trust: yes',
    'trust: {}',
    'trust: [x]',
    'trust: [{}]',
    'trust: [{ match: [] }]',
    'trust: [{ match: a.example }]',
    'trust: [{ match: [a], requireFor: all }]',
    'trust: [{ match: [a], keys: [{ name: a }] }]',
    `trust: [{ match: [a], keys: [{ name: a, file: f, pem: ${PEM} }] }]`,
    'trust: [{ match: [a], keys: [{ file: f }] }]',
    'trust: [{ match: [a], keys: [{ name: a, file: f, notAfter: soon }] }]',
    'trust: [{ match: [a], keys: [{ name: a, file: f, expires: 2026-01-31 }] }]',
    'trust: [{ match: [a], identities: [{ issuer: i, subject: s }] }]',
    'trust: [{ match: [a], notation: [{ name: a, file: f, subject: Acme }] }]',
    'trust: [{ match: [a], revoked: [abc] }]',
    `trust: [{ match: [a], revoked: ['md5:${HEX}'] }]`,
    'trust: [{ match: [a], revoked: serial:1 }]',
    'trust: [{ match: [1] }]',
  ];
  for (const text of good) {
    assert.deepEqual(readConfigurationText(text).issues, [], text);
    assert.equal(readConfigurationText(text).trust?.isBroken, false, text);
    assert.ok(validate(parse(text)), text);
  }
  for (const text of bad) {
    assert.ok(readConfigurationText(text).issues.length > 0, text);
    assert.equal(readConfigurationText(text).trust?.isBroken, true, text);
    assert.ok(!validate(parse(text)), text);
  }
  assert.match(readConfigurationText('trust: [{ match: [a], revokd: [] }]').issues[0]?.message ?? '', /did you mean 'revoked'/);
  // A day that there is not is more than a schema can tell.
  assert.equal(readConfigurationText('trust: [{ match: [a], keys: [{ name: a, file: f, notAfter: 2026-02-30 }] }]').trust?.isBroken, true);
});

test('an entry with a mistake is left out whole', () => {
  const { trust } = readConfigurationText('trust: [{ match: [a], keys: [{ name: a, file: f, notAfter: never }, { name: b, file: g }] }]');
  assert.deepEqual(trust?.rules[0]?.keys, [{ name: 'b', file: 'g' }]);
});

test('any text is read without throwing', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      readConfigurationText(`trust: ${JSON.stringify(value)}`);
    }),
  );
});

test('files lie beside the configuration; what cannot be used is a problem of its rule', async () => {
  const key = makeKey();
  writeFileSync(path.join(folder, 'good.pub'), key.pem);
  writeFileSync(path.join(folder, 'private.pem'), key.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(path.join(folder, 'root.pem'), buildCertificate({ key, subject: 'CN=r' }).pem);
  writeFileSync(path.join(folder, 'root.json'), '{}');
  const text = `trust:
  - match: [good.example]
    keys: [{ name: good, file: good.pub, trustRoot: root.json }]
    identities: [{ issuer: i, subject: s, trustRoot: root.json }]
    notation: [{ name: root, file: ./root.pem, notAfter: 2030-01-01 }]
  - match: [bad.example]
    keys:
      - { name: gone, file: gone.pub }
      - { name: private, file: private.pem }
      - { name: noroot, file: good.pub, trustRoot: gone.json }
      - { name: inline, pem: nonsense }
    identities: [{ issuer: i, subject: s, trustRoot: good.pub }]
    notation: [{ name: nokey, file: good.pub }]
`;
  const rules = (await loadTrust(await parseConfiguration(text, path.join(folder, '.plimsoll.yaml')))) ?? [];
  const [good, bad] = rules;
  assert.deepEqual(
    [
      good?.keys.map(({ name, trustRoot }) => [name, trustRoot]),
      good?.identities.length,
      good?.notation.map(({ notAfter }) => notAfter),
      good?.problems,
      good?.mistake,
    ],
    [[['good', '{}']], 1, ['2030-01-01'], [], undefined],
  );
  assert.deepEqual([bad?.keys, bad?.identities, bad?.notation, bad?.problems.length], [[], [], [], 6]);
  assert.match(bad?.problems[1]?.message ?? '', /the key private \(private\.pem\) cannot be used: it is a private key/);
  const [broken] = (await loadTrust(await parseConfiguration('trust: [{ match: [a], nope: 1 }, { match: [b] }]', '.plimsoll.yaml'))) ?? [];
  assert.match(broken?.mistake ?? '', /is wrong/);
  assert.equal(await loadTrust(await parseConfiguration('rules: {}', '.plimsoll.yaml')), undefined);
});

test('one key alone', async () => {
  writeFileSync(path.join(folder, 'one.pub'), makeKey().pem);
  const rule = await ruleOfKey(path.join(folder, 'one.pub'));
  assert.ok(typeof rule !== 'string');
  assert.deepEqual([rule.match, rule.keys.length], [['*'], 1]);
  const none = await ruleOfKey(path.join(folder, 'none.pub'));
  assert.ok(typeof none === 'string' && none.includes('cannot be read'));
});
