import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Ajv } from 'ajv';
import { makeKey } from '../../support/certificate-builder.ts';
import { startMemoryRegistry, type MemoryRegistry } from '../../support/memory-registry.ts';
import { runCli } from '../../support/run-cli.ts';
import { cosignLayer, putCosign, putImage } from '../../support/signature-builder.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-verify-'));
const key = makeKey();
let registry: MemoryRegistry;
let reference: string;

before(async () => {
  registry = await startMemoryRegistry();
  const image = putImage(registry, 'team/app', '1');
  putImage(registry, 'team/app', '2');
  putCosign(registry, 'team/app', image.digest, [cosignLayer(key, image.digest)]);
  reference = `${registry.host}/team/app`;
  writeFileSync(path.join(folder, 'key.pub'), key.pem);
  writeFileSync(path.join(folder, 'other.pub'), makeKey().pem);
  writeFileSync(path.join(folder, '.plimsoll.yaml'), "trust:\n  - match: ['*']\n    keys: [{ name: release, file: key.pub }]\n");
  writeFileSync(
    path.join(folder, 'broken.yaml'),
    "trust:\n  - match: ['*']\n    keys: [{ name: release, file: key.pub }]\n    revoked: [everything]\n",
  );
});

after(async () => {
  await registry.close();
  rmSync(folder, { recursive: true });
});

const verify = (...args: readonly string[]) => runCli(['verify', ...args], { cwd: folder, env: { DOCKER_CONFIG: folder } });

test('exit codes say what the answer is', async () => {
  const codes = [];
  for (const args of [
    [`${reference}:1`],
    [`${reference}:1`, '--key', 'key.pub'],
    [`${reference}:1`, '--key', 'other.pub'],
    [`${reference}:2`],
    [`${reference}:3`],
    [`${reference}:1`, '--config', 'broken.yaml'],
    [`${reference}:1`, '--config', 'none.yaml'],
    [`${reference}:1`, '--key', 'none.pub'],
    [`${reference}:1`, '--key', 'key.pub', '--config', 'broken.yaml'],
    ['Not A Name'],
    [],
    [reference, reference],
  ])
    codes.push((await verify(...args)).code);
  assert.deepEqual(codes, [0, 0, 1, 1, 3, 3, 2, 2, 2, 2, 2, 2]);
});

test('the table says both: what is there, and whether it is valid', async () => {
  const { stdout } = await verify(`${reference}:1`);
  assert.match(stdout, /^SIGNED AND VALID {2}.*\/team\/app:1\n/);
  assert.match(stdout, /signed by {2}release\n/);
  assert.match(stdout, /Signatures that are there \(1\)\n {2}valid {6}cosign signature, tag sha256-[0-9a-f]{64}\.sig, layer 1\n/);
  assert.match((await verify(`${reference}:1`, '--key', 'other.pub')).stdout, /^NOT TRUSTED[^]*\(1\)/);
  assert.match((await verify(`${reference}:2`)).stdout, /^NOT SIGNED[^]*\(0\)/);
});

test('JSON fits the published schema, the same each time', async () => {
  const [first, second] = [await verify(`${reference}:1`, '--format', 'json'), await verify(`${reference}:1`, '--format', 'json')];
  assert.equal(first.stdout, second.stdout);
  const answer = JSON.parse(first.stdout) as Record<string, unknown>;
  assert.deepEqual([answer['schemaVersion'], answer['valid'], answer['by'], answer['reference']], [1, 'valid', 'release', `${reference}:1`]);
  const schema = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../../media/schemas/signature.json'), 'utf8')) as object;
  const validate = new Ajv({ strict: false }).compile(schema);
  assert.ok(validate(answer), JSON.stringify(validate.errors));
});
