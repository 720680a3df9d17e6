import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { createHttpClient } from '../../../src/foundation/io/http-client.ts';
import type { Digest } from '../../../src/foundation/model/brand.ts';
import { attachArtifact, detachArtifact, type Attachment } from '../../../src/registry/attach-artifact.ts';
import { listRepositories, listTags } from '../../../src/registry/catalog.ts';
import { RegistryClient } from '../../../src/registry/client.ts';
import { RegistryError, type RegistryErrorCode } from '../../../src/registry/error.ts';
import { listReferrers, readReferrers, referrersTag } from '../../../src/registry/referrers.ts';
import { startMemoryRegistry, type MemoryRegistry, type MemoryRegistryOptions } from '../../support/memory-registry.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const subject = { mediaType: MANIFEST, digest: `sha256:${'5'.repeat(64)}` as Digest, size: 7 };
const attachment = (text: string, artifactType = 'application/vnd.cyclonedx+json'): Attachment => ({
  artifactType,
  mediaType: artifactType,
  bytes: Buffer.from(text),
  annotations: { 'org.example.note': text },
  title: 'bill.json',
});

async function start(t: TestContext, options: MemoryRegistryOptions = {}): Promise<{ registry: MemoryRegistry; client: RegistryClient }> {
  const registry = await startMemoryRegistry(options);
  t.after(() => registry.close());
  const client = new RegistryClient({
    registry: registry.host,
    http: createHttpClient({ proxyEnvironment: {} }),
    credential: () => Promise.resolve(undefined),
  });
  return { registry, client };
}

const failsWith = (code: RegistryErrorCode) => (error: unknown) => error instanceof RegistryError && error.code === code;

describe('the referrers API', () => {
  test('what is attached is listed, with what was written to it; of one type when asked', async (t) => {
    const { client } = await start(t);
    const digest = await attachArtifact(client, 'team/app', subject, attachment('one'));
    await attachArtifact(client, 'team/app', subject, attachment('two', 'application/spdx+json'));
    const [first, ...more] = await listReferrers(client, 'team/app', subject.digest, 'application/vnd.cyclonedx+json');
    assert.deepEqual(more, []);
    assert.ok(first !== undefined);
    assert.deepEqual(
      { ...first, sizeBytes: 0 },
      { digest, mediaType: MANIFEST, artifactType: 'application/vnd.cyclonedx+json', sizeBytes: 0, annotations: { 'org.example.note': 'one' } },
    );
    assert.equal((await listReferrers(client, 'team/app', subject.digest)).length, 2);
    assert.deepEqual(await listReferrers(client, 'team/other', subject.digest), []);
  });

  test('a registry that does not filter is filtered; page after page', async (t) => {
    const { client, registry } = await start(t, { filters: false, pageSize: 2 });
    for (const text of ['a', 'b', 'c', 'd', 'e']) await attachArtifact(client, 'team/app', subject, attachment(text, text < 'c' ? 'x/y' : 'x/z'));
    assert.equal((await listReferrers(client, 'team/app', subject.digest, 'x/z')).length, 3);
    assert.equal(registry.asked.filter((line) => line.includes('/referrers/')).length, 3);
  });

  test('nothing is written under a tag, even where the registry does not say that it lists', async (t) => {
    for (const tellsSubject of [true, false]) {
      const { client, registry } = await start(t, { tellsSubject });
      await attachArtifact(client, 'team/app', subject, attachment('one'));
      assert.deepEqual([...(registry.repositories.get('team/app')?.tags.keys() ?? [])], []);
    }
  });

  test('the same again is the same', async (t) => {
    const { client, registry } = await start(t);
    const first = await attachArtifact(client, 'team/app', subject, attachment('one'));
    const asked = registry.asked.length;
    assert.equal(await attachArtifact(client, 'team/app', subject, attachment('one')), first);
    assert.equal((await listReferrers(client, 'team/app', subject.digest)).length, 1);
    assert.ok(
      registry.asked.slice(asked).every((line) => !line.startsWith('POST')),
      'no blob is sent twice',
    );
  });

  test('detaching', async (t) => {
    const { client } = await start(t);
    const digest = await attachArtifact(client, 'team/app', subject, attachment('one'));
    await detachArtifact(client, 'team/app', subject.digest, digest);
    assert.deepEqual(await listReferrers(client, 'team/app', subject.digest), []);
    const stubborn = await start(t, { forgets: false });
    const kept = await attachArtifact(stubborn.client, 'team/app', subject, attachment('one'));
    await assert.rejects(
      detachArtifact(stubborn.client, 'team/app', subject.digest, kept),
      (error) => error instanceof RegistryError && error.status === 405,
    );
  });

  test('entries that are no descriptors are left out, and values that are no text', async (t) => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const entries = [
      null,
      'x',
      { digest: 'sha256:short', size: 1 },
      { digest, size: -1 },
      { digest, size: '1' },
      { digest, size: 1, artifactType: 5, annotations: { a: 'b', c: 5, ['__proto__']: 'd' } },
    ];
    const { client } = await start(t, { mood: (_, response) => sendJson(response, { schemaVersion: 2, manifests: entries }) });
    const found = await listReferrers(client, 'team/app', subject.digest);
    assert.deepEqual(
      found.map(({ digest: of, artifactType, annotations }) => [of, artifactType, Object.entries(annotations)]),
      [
        [
          digest,
          '',
          [
            ['a', 'b'],
            ['__proto__', 'd'],
          ],
        ],
      ],
    );
  });

  test('pages that repeat, and pages without end of what was told before', async (t) => {
    const entry = { digest: `sha256:${'a'.repeat(64)}`, size: 1 };
    let count = 0;
    for (const next of [() => '/v2/team/app/referrers/x', () => `/v2/team/app/referrers/x?page=${count}`]) {
      count = 0;
      const { client } = await start(t, {
        mood: (_, response) => {
          count += 1;
          response.setHeader('link', `<${next()}>; rel="next"`);
          return sendJson(response, { schemaVersion: 2, manifests: [entry] });
        },
      });
      assert.equal((await listReferrers(client, 'team/app', subject.digest)).length, 1);
      assert.ok(count <= 3, `asked ${count} times`);
    }
  });

  test('a next page elsewhere is not asked', async (t) => {
    const elsewhere = await start(t);
    const { client } = await start(t, {
      mood: (_, response) => {
        response.setHeader('link', `<http://${elsewhere.registry.host}/v2/x>; rel=next`);
        return sendJson(response, { schemaVersion: 2, manifests: [] });
      },
    });
    await assert.rejects(listReferrers(client, 'team/app', subject.digest), failsWith('malformed'));
    assert.deepEqual(elsewhere.registry.asked, []);
  });

  test('an answer that is cut short is an error, not an empty list', async (t) => {
    const { client } = await start(t, {
      mood: (_, response) => {
        response.setHeader('content-type', INDEX);
        response.end('{"schemaVersion":2,"manifests":[');
        return true;
      },
    });
    await assert.rejects(listReferrers(client, 'team/app', subject.digest), failsWith('malformed'));
  });

  for (const [status, code] of [
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [429, 'rate-limited'],
    [500, 'server-error'],
  ] as const) {
    test(`${status} is an error, not an empty list`, async (t) => {
      const { client } = await start(t, { mood: (_, response) => send(response, status) });
      await assert.rejects(listReferrers(client, 'team/app', subject.digest), failsWith(code));
    });
  }
});

describe('the tag in its place', () => {
  for (const how of ['404', '405', 'a web page'] as const) {
    test(`where the API answers ${how}`, async (t) => {
      const { client } = await start(t, {
        tellsSubject: false,
        mood: (request, response) =>
          request.url?.includes('/referrers/') === true ? send(response, how === 'a web page' ? 200 : Number(how), '<html>') : false,
      });
      assert.deepEqual(await readReferrers(client, 'team/app', subject.digest), { referrers: [], source: 'tag' });
      const digest = await attachArtifact(client, 'team/app', subject, attachment('one'));
      const { referrers, source } = await readReferrers(client, 'team/app', subject.digest, 'application/vnd.cyclonedx+json');
      assert.deepEqual([source, referrers.map((referrer) => referrer.digest)], ['tag', [digest]]);
    });
  }

  test('its name', () => {
    assert.equal(referrersTag(subject.digest), `sha256-${'5'.repeat(64)}`);
    assert.equal(referrersTag(`sha512:${'7'.repeat(128)}` as Digest), `sha512-${'7'.repeat(64)}`);
  });

  test('what somebody else keeps under it is not overwritten', async (t) => {
    const { client, registry } = await start(t, {
      tellsSubject: false,
      mood: (request, response) => (request.url?.includes('/referrers/') === true ? send(response, 404) : false),
    });
    registry.put('team/app', referrersTag(subject.digest), MANIFEST, { schemaVersion: 2, mediaType: MANIFEST, layers: [] });
    await assert.rejects(attachArtifact(client, 'team/app', subject, attachment('one')), failsWith('malformed'));
  });
});

describe('names', () => {
  test('repositories of a namespace, page by page; hostile names are left out', async (t) => {
    const { client, registry } = await start(t, { pageSize: 2 });
    for (const name of ['team/a', 'team/b/c', 'teams/d', 'other/e', 'team/UPPER', 'team/..']) registry.put(name, '1', MANIFEST, {});
    const names: string[] = [];
    for await (const page of listRepositories(client.session, 'team')) names.push(...page);
    assert.deepEqual(names, ['team/a', 'team/b/c']);
  });
  test('a catalog without end', async (t) => {
    let pages = 0;
    const { client } = await start(t, {
      mood: (_, response) => {
        pages += 1;
        response.setHeader('link', `</v2/_catalog?page=${String(pages)}>; rel="next"`);
        return sendJson(response, { repositories: ['team/a'] });
      },
    });
    const names: string[] = [];
    for await (const page of listRepositories(client.session, 'team')) names.push(...page);
    assert.deepEqual([names, pages], [['team/a'], 2]);
  });
  test('pages on which nothing stands are few; then what was listed is not all there is', async (t) => {
    const asked = { pages: 0, last: Infinity };
    const { client } = await start(t, {
      mood: (request, response) => {
        asked.pages += 1;
        const path = (request.url ?? '').split('?')[0] ?? '';
        if (asked.pages < asked.last) response.setHeader('link', `<${path}?page=${String(asked.pages)}>; rel="next"`);
        response.setHeader('content-type', INDEX);
        return sendJson(response, { repositories: [], tags: null, schemaVersion: 2, mediaType: INDEX, manifests: [] });
      },
    });
    const lists = [
      async () => {
        for await (const page of listRepositories(client.session, 'team')) assert.deepEqual(page, []);
      },
      () => listTags(client.session, 'team/a'),
      () => listReferrers(client, 'team/a', subject.digest),
    ];
    for (const list of lists) {
      Object.assign(asked, { pages: 0, last: Infinity });
      await assert.rejects(list, /in a row.*nothing/);
      assert.ok(asked.pages <= 21, String(asked.pages));
      Object.assign(asked, { pages: 0, last: 20 });
      await list();
    }
  });
  test('a list that brings nothing of what is wanted for a long time is given up', async (t) => {
    let pages = 0;
    const { client } = await start(t, {
      mood: (_, response) => {
        pages += 1;
        response.setHeader('link', `</v2/_catalog?page=${String(pages)}>; rel="next"`);
        return sendJson(response, { repositories: [`${pages % 5 === 0 && pages < 50 ? 'team' : 'other'}/app-${String(pages)}`] });
      },
    });
    let time = 0;
    t.mock.method(performance, 'now', () => (time += 60_000));
    const names: string[] = [];
    await assert.rejects(async () => {
      for await (const page of listRepositories(client.session, 'team')) names.push(...page);
    }, failsWith('timeout'));
    assert.ok(names.length === 9 && pages < 70, `${names.length} ${pages}`);
  });
  test('tags; none is null with some', async (t) => {
    const { client, registry } = await start(t, { pageSize: 2 });
    for (const tag of ['1.0', '1.1', 'latest', '../x']) registry.put('team/a', tag, MANIFEST, {});
    assert.deepEqual(await listTags(client.session, 'team/a'), ['1.0', '1.1', 'latest']);
    const empty = await start(t, { mood: (_, response) => sendJson(response, { name: 'team/a', tags: null }) });
    assert.deepEqual(await listTags(empty.client.session, 'team/a'), []);
    const broken = await start(t, { mood: (_, response) => sendJson(response, { name: 'team/a' }) });
    await assert.rejects(listTags(broken.client.session, 'team/a'), failsWith('malformed'));
  });
});

interface Answering {
  writeHead(status: number): { end(text: string): unknown };
  end(text: string): unknown;
}

function send(response: Answering, status: number, body = ''): true {
  response.writeHead(status).end(body);
  return true;
}

function sendJson(response: Answering, value: unknown): true {
  response.end(JSON.stringify(value));
  return true;
}
