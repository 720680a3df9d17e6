import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, test } from 'node:test';
import { createHttpClient } from '../../src/foundation/io/http-client.ts';
import type { Digest } from '../../src/foundation/model/brand.ts';
import { attachArtifact, detachArtifact, type Attachment } from '../../src/registry/attach-artifact.ts';
import { listRepositories, listTags } from '../../src/registry/catalog.ts';
import { RegistryClient } from '../../src/registry/client.ts';
import type { Descriptor } from '../../src/registry/descriptor.ts';
import { RegistryError } from '../../src/registry/error.ts';
import { listReferrers, readReferrers, referrersTag } from '../../src/registry/referrers.ts';
import { pushBlob } from '../../src/registry/upload.ts';
import { startFileServer } from '../support/file-server.ts';
import { findOnPath, runCommand } from '../support/processes.ts';
import { digestOf, needsRegistry, startRegistryServer, type RegistryServer } from '../support/registry-server.ts';
import { startTokenRegistry, type TokenRegistry } from '../support/token-registry.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const attachment = (text: string): Attachment => ({
  artifactType: 'application/vnd.cyclonedx+json',
  mediaType: 'application/vnd.cyclonedx+json',
  bytes: Buffer.from(text),
  annotations: { 'org.example.note': text },
  title: 'bill.json',
});

describe('attaching in a real registry, which knows no referrers API', needsRegistry(), () => {
  let registry: RegistryServer;
  before(async () => {
    registry = await startRegistryServer();
  });
  after(() => registry.close());

  const clientOf = (host = registry.host, signal?: AbortSignal): RegistryClient =>
    new RegistryClient({
      registry: host,
      http: createHttpClient({ proxyEnvironment: {} }),
      credential: () => Promise.resolve({ kind: 'basic', username: registry.username, password: registry.password }),
      ...(signal === undefined ? {} : { signal }),
    });
  async function subjectIn(repository: string): Promise<Descriptor> {
    const digest = (await registry.push(repository, '1', { layers: [] })) as Digest;
    const { bytes } = await clientOf().getManifest({ registry: registry.host, repository, digest });
    return { mediaType: MANIFEST, digest, size: bytes.length };
  }

  test('what is attached is listed under the tag, and skopeo reads it back', async () => {
    const client = clientOf();
    const subject = await subjectIn('team/read');
    const digest = await attachArtifact(client, 'team/read', subject, attachment('{"bomFormat":"CycloneDX"}'));
    assert.deepEqual(
      (await readReferrers(client, 'team/read', subject.digest)).referrers.map((referrer) => [
        referrer.digest,
        referrer.artifactType,
        referrer.annotations,
      ]),
      [[digest, 'application/vnd.cyclonedx+json', { 'org.example.note': '{"bomFormat":"CycloneDX"}' }]],
    );
    // The same again writes nothing.
    const before = await client.getManifest({ registry: registry.host, repository: 'team/read', tag: referrersTag(subject.digest) });
    assert.equal(await attachArtifact(client, 'team/read', subject, attachment('{"bomFormat":"CycloneDX"}')), digest);
    const again = await client.getManifest({ registry: registry.host, repository: 'team/read', tag: referrersTag(subject.digest) });
    assert.equal(again.digest, before.digest);
    if (findOnPath('skopeo') === undefined) return;
    const raw = (name: string): Promise<string> =>
      runCommand('skopeo', [
        'inspect',
        '--raw',
        '--tls-verify=false',
        `--creds=${registry.username}:${registry.password}`,
        `docker://${registry.host}/team/read${name}`,
      ]);
    const index = JSON.parse(await raw(`:${referrersTag(subject.digest)}`)) as {
      mediaType: string;
      manifests: { digest: string; artifactType: string }[];
    };
    assert.equal(index.mediaType, 'application/vnd.oci.image.index.v1+json');
    assert.deepEqual(
      index.manifests.map((entry) => [entry.digest, entry.artifactType]),
      [[digest, 'application/vnd.cyclonedx+json']],
    );
    const manifest = JSON.parse(await raw(`@${digest}`)) as { subject: Descriptor; layers: Descriptor[]; config: Descriptor };
    assert.deepEqual(manifest.subject, subject);
    assert.equal(manifest.config.mediaType, 'application/vnd.oci.empty.v1+json');
    const blob = await client.getBlob('team/read', manifest.layers[0]?.digest as Digest);
    assert.equal(Buffer.from(blob).toString(), '{"bomFormat":"CycloneDX"}');
  });

  test('eight at the same time: nobody is lost from the list', async () => {
    const subject = await subjectIn('team/busy');
    const names = Array.from({ length: 8 }, (_, i) => `bill ${String(i)}`);
    const digests = await Promise.all(names.map((name) => attachArtifact(clientOf(), 'team/busy', subject, attachment(name))));
    const listed = await listReferrers(clientOf(), 'team/busy', subject.digest);
    assert.deepEqual(listed.map(({ digest }) => digest).toSorted(), digests.toSorted());
  });

  test('entries of others stay, in full, when something is added and taken away', async () => {
    const client = clientOf();
    const subject = await subjectIn('team/others');
    const theirs = await attachArtifact(client, 'team/others', subject, attachment('theirs'));
    const ours = await attachArtifact(client, 'team/others', subject, { ...attachment('ours'), artifactType: 'application/spdx+json' });
    await detachArtifact(client, 'team/others', subject.digest, ours);
    assert.deepEqual(
      (await listReferrers(client, 'team/others', subject.digest)).map(({ digest }) => digest),
      [theirs],
    );
  });

  test('an upload that is cut off is begun anew', async () => {
    let cuts = 2;
    const proxy = await startFileServer((request, response) => {
      if (request.method === 'PUT' && request.url?.includes('/blobs/uploads/') === true && cuts > 0) {
        cuts -= 1;
        request.once('data', () => request.destroy());
        return;
      }
      const options = { method: request.method, headers: request.headers };
      const forwarded = http.request(`http://${registry.host}${request.url ?? ''}`, options, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      request.pipe(forwarded);
    });
    try {
      const bytes = Buffer.alloc(3_000_000, 'x');
      const digest = await pushBlob(clientOf(proxy.host).session, 'team/cut', bytes);
      assert.equal(cuts, 0);
      assert.equal((await clientOf().getBlob('team/cut', digest)).length, bytes.length);
    } finally {
      await proxy.close();
    }
  });

  test('names: repositories page by page, tags', async () => {
    await registry.push('names/a', '1.0', { layers: [] });
    await registry.push('names/a', '1.1', { layers: [] });
    await registry.push('names/b/c', '1.0', { layers: [] });
    const names: string[] = [];
    for await (const page of listRepositories(clientOf().session, 'names')) names.push(...page);
    assert.deepEqual(names, ['names/a', 'names/b/c']);
    assert.deepEqual((await listTags(clientOf().session, 'names/a')).toSorted(), ['1.0', '1.1']);
  });

  describe('with a token service', { skip: findOnPath('openssl') === undefined ? 'openssl is not installed' : false }, () => {
    let tokens: TokenRegistry;
    before(async () => {
      tokens = await startTokenRegistry(registry.dataFolder, registry.username, registry.password);
    });
    after(() => tokens.close());

    test('a token for pushing is asked for, and once', async () => {
      const subject = await subjectIn('team/token');
      await attachArtifact(clientOf(tokens.host), 'team/token', subject, attachment('bill'));
      const scopes = tokens.asked.map((line) => new URL(line.replace('GET ', ''), 'http://localhost').searchParams.get('scope'));
      assert.deepEqual(scopes, ['repository:team/token:pull,push', 'repository:team/token:pull']);
    });
    test('who must not push is told', async () => {
      const subject = await subjectIn('team/token');
      const stranger = new RegistryClient({
        registry: tokens.host,
        http: createHttpClient({ proxyEnvironment: {} }),
        credential: () => Promise.resolve(undefined),
      });
      await assert.rejects(
        attachArtifact(stranger, 'team/token', subject, attachment('x')),
        (error) => error instanceof RegistryError && error.code === 'unauthenticated',
      );
    });
  });

  test('a place to upload elsewhere gets the bytes, not the password', async () => {
    const authorizations: (string | undefined)[] = [];
    const elsewhere = await startFileServer((request, response) => {
      authorizations.push(request.headers.authorization);
      request.resume().on('end', () => response.writeHead(201).end());
    });
    const front = await startFileServer((request, response) => {
      if (request.method === 'HEAD')
        response.writeHead(request.headers.authorization === undefined ? 401 : 404, { 'www-authenticate': 'Basic realm="x"' }).end();
      else response.writeHead(202, { location: `${elsewhere.origin}/store?sig=1` }).end();
    });
    try {
      await pushBlob(clientOf(front.host).session, 'team/app', Buffer.from('x'));
      assert.deepEqual(elsewhere.asked, [`PUT /store?sig=1&digest=${encodeURIComponent(digestOf(Buffer.from('x')))}`]);
      assert.deepEqual(authorizations, [undefined]);
    } finally {
      await front.close();
      await elsewhere.close();
    }
  });
});
