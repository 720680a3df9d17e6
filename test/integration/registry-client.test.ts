import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createHttpClient } from '../../src/foundation/io/http-client.ts';
import { isDigest, type Digest } from '../../src/foundation/model/brand.ts';
import { RegistryClient } from '../../src/registry/client.ts';
import type { RegistryErrorCode } from '../../src/registry/error.ts';
import { findCredential, type Credential, type CredentialEnvironment } from '../../src/registry/credentials.ts';
import { parseReference, type ImageReference } from '../../src/registry/reference.ts';
import { findOnPath, runCommand } from '../support/processes.ts';
import { digestOf, needsRegistry, startRegistryServer, type RegistryServer } from '../support/registry-server.ts';

const layer = new TextEncoder().encode('a layer');
const missing = digestOf(new Uint8Array(1));

describe('against a real registry', needsRegistry(), () => {
  let registry: RegistryServer;
  let digest: string;
  before(async () => {
    registry = await startRegistryServer();
    digest = await registry.push('team/app', '1.0', { layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', bytes: layer }] });
    await registry.push('team/app', 'docker', {
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      layers: [{ mediaType: 'application/vnd.docker.image.rootfs.diff.tar', bytes: layer }],
    });
  });
  after(() => registry.close());

  const referenceTo = (rest: string): ImageReference => {
    const reference = parseReference(`${registry.host}/${rest}`);
    assert.ok(reference !== undefined);
    return reference;
  };
  const right = (): Credential => ({ kind: 'basic', username: registry.username, password: registry.password });
  const clientWith = (credential: Credential | undefined): RegistryClient =>
    new RegistryClient({ registry: registry.host, http: createHttpClient({ proxyEnvironment: {} }), credential: () => Promise.resolve(credential) });

  test('manifests of OCI and of docker, by tag and by digest', async () => {
    const client = clientWith(right());
    const byTag = await client.getManifest(referenceTo('team/app:1.0'));
    assert.deepEqual([byTag.digest, byTag.mediaType], [digest, 'application/vnd.oci.image.manifest.v1+json']);
    assert.deepEqual(await client.getManifest(referenceTo(`team/app@${digest}`)), byTag);
    assert.deepEqual(await client.headManifest(referenceTo('team/app:1.0')), { mediaType: byTag.mediaType, digest });
    assert.equal((await client.getManifest(referenceTo('team/app:docker'))).mediaType, 'application/vnd.docker.distribution.manifest.v2+json');
  });

  test('blobs, whole and streamed', async () => {
    const client = clientWith(right());
    assert.deepEqual(Buffer.from(await client.getBlob('team/app', toDigest(digestOf(layer)))), Buffer.from(layer));
    const chunks: Uint8Array[] = [];
    const size = await client.downloadBlob(createHttpClient({ proxyEnvironment: {} }), 'team/app', toDigest(digestOf(layer)), 1000, (chunk) => {
      chunks.push(chunk);
    });
    assert.equal(size, layer.length);
    assert.deepEqual(Buffer.concat(chunks), Buffer.from(layer));
  });

  test('what is not there, and who is not let in', async () => {
    await assert.rejects(clientWith(right()).getManifest(referenceTo('team/app:2.0')), failsWith('not-found'));
    await assert.rejects(clientWith(right()).getBlob('team/app', toDigest(missing)), failsWith('not-found'));
    await assert.rejects(clientWith(undefined).getManifest(referenceTo('team/app:1.0')), failsWith('unauthenticated'));
    await assert.rejects(
      clientWith({ ...right(), password: 'wrong' } as Credential).getManifest(referenceTo('team/app:1.0')),
      failsWith('unauthenticated'),
    );
    await assert.rejects(clientWith(right()).getBlob('team/app', toDigest(digestOf(layer)), 3), failsWith('too-large'));
  });

  describe('signed in as docker keeps it', () => {
    let folder: string;
    before(async () => {
      folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-login-'));
    });
    after(() => rm(folder, { recursive: true, force: true }));
    const environment = (variables: Readonly<Record<string, string>>): CredentialEnvironment => ({
      variables: { PATH: '/bin:/usr/bin', ...variables },
      homeDirectory: path.join(folder, 'home'),
    });
    const pull = async (where: CredentialEnvironment): Promise<string> => {
      const client = new RegistryClient({
        registry: registry.host,
        http: createHttpClient({ proxyEnvironment: {} }),
        credential: () => findCredential(registry.host, where),
      });
      return (await client.getManifest(referenceTo('team/app:1.0'))).digest;
    };

    test('by a helper that is asked for this registry', async () => {
      const bin = path.join(folder, 'bin');
      await mkdir(bin);
      const helper = path.join(bin, 'docker-credential-recorder');
      const answer = JSON.stringify({ ServerURL: registry.host, Username: registry.username, Secret: registry.password });
      await writeFile(helper, `#!/bin/sh\ncat > "$RECORD"\nprintf '%s' '${answer}'\n`);
      await chmod(helper, 0o755);
      const config = path.join(folder, 'helper');
      await mkdir(config);
      await writeFile(
        path.join(config, 'config.json'),
        JSON.stringify({ auths: { [registry.host]: {} }, credHelpers: { [registry.host]: 'recorder' } }),
      );
      const record = path.join(folder, 'record');
      assert.equal(await pull(environment({ DOCKER_CONFIG: config, PATH: `${bin}:/bin:/usr/bin`, RECORD: record })), digest);
      assert.equal(await readFile(record, 'utf8'), registry.host);
    });

    const skopeo = findOnPath('skopeo');
    test("by skopeo's own login", { skip: skopeo === undefined ? 'skopeo is not installed' : false }, async () => {
      const file = path.join(folder, 'auth.json');
      await runCommand(
        'skopeo',
        ['login', '--tls-verify=false', '--authfile', file, '--username', registry.username, '--password-stdin', registry.host],
        { input: registry.password },
      );
      assert.equal(await pull(environment({ REGISTRY_AUTH_FILE: file })), digest);
    });

    test('by nobody', async () => {
      await assert.rejects(pull(environment({})), failsWith('unauthenticated'));
    });
  });
});

function toDigest(text: string): Digest {
  assert.ok(isDigest(text));
  return text;
}

function failsWith(code: RegistryErrorCode) {
  return (error: Error & { code?: string }): boolean => {
    assert.equal(error.name, 'RegistryError', error.stack);
    assert.equal(error.code, code, error.message);
    assert.doesNotMatch(error.message, /right:pass|wrong/);
    return true;
  };
}
