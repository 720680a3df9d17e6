import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { HttpError, type HttpClient, type HttpRequest, type HttpResponse, type StreamingHttpClient } from '../../../src/foundation/io/http.ts';
import type { Digest } from '../../../src/foundation/model/brand.ts';
import { RegistryClient } from '../../../src/registry/client.ts';
import type { Credential } from '../../../src/registry/credentials.ts';
import type { RegistryErrorCode } from '../../../src/registry/error.ts';
import { parseReference } from '../../../src/registry/reference.ts';
import { registryOrigin } from '../../../src/registry/session.ts';

const manifest = '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json"}';
const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}` as Digest;
const other = `sha256:${'0'.repeat(64)}` as Digest;
const reference = parseReference('r.example.com/team/app:1')!;
const basic: Credential = { kind: 'basic', username: 'ann', password: 'pw' };
const bearer = 'Bearer realm="https://auth.example.com/token?x=1",service="r.example.com"';

test('where a registry is spoken to', () => {
  for (const [registry, origin] of [
    ['docker.io', 'https://registry-1.docker.io'],
    ['r.example.com:8443', 'https://r.example.com:8443'],
    ['localhost', 'http://localhost'],
    ['127.0.0.5:5000', 'http://127.0.0.5:5000'],
    ['[::1]:5000', 'http://[::1]:5000'],
    ['localhost.example.com', 'https://localhost.example.com'],
  ] as const) {
    assert.equal(registryOrigin(registry), origin);
  }
});

describe('signing in', () => {
  test('with a password: at the token service, for reading this repository; then the token alone', async () => {
    const { client, asked } = clientOf(basic, (request) =>
      isToken(request) ? answer(200, '{"token":"t0k"}') : request.headers?.authorization === 'Bearer t0k' ? answer(200, manifest) : challenge(bearer),
    );
    await client.getManifest(reference);
    await client.getManifest(reference);
    assert.deepEqual(
      asked.map(({ url, headers }) => [url, headers?.authorization]),
      [
        ['https://r.example.com/v2/team/app/manifests/1', undefined],
        [
          'https://auth.example.com/token?x=1&service=r.example.com&scope=repository%3Ateam%2Fapp%3Apull',
          `Basic ${Buffer.from('ann:pw').toString('base64')}`,
        ],
        ['https://r.example.com/v2/team/app/manifests/1', 'Bearer t0k'],
        ['https://r.example.com/v2/team/app/manifests/1', 'Bearer t0k'],
      ],
    );
    assert.match(
      asked[0]?.headers?.accept ?? '',
      /oci\.image\.index\.v1.*oci\.image\.manifest\.v1.*docker\.distribution\.manifest\.list.*docker\.distribution\.manifest\.v2/,
    );
  });
  test('anonymously, for what is public', async () => {
    const { client, asked } = clientOf(undefined, (request) =>
      isToken(request)
        ? answer(200, '{"access_token":"t"}')
        : request.headers?.authorization === 'Bearer t'
          ? answer(200, manifest)
          : challenge(bearer),
    );
    assert.equal((await client.getManifest(reference)).digest, digest);
    assert.equal(asked[1]?.headers?.authorization, undefined);
  });
  test('with an identity token: in the body, never in the address', async () => {
    const { client, asked } = clientOf({ kind: 'identity-token', token: 'id&tok' }, (request) =>
      isToken(request)
        ? answer(200, '{"access_token":"t"}')
        : request.headers?.authorization === 'Bearer t'
          ? answer(200, manifest)
          : challenge(bearer),
    );
    await client.getManifest(reference);
    assert.deepEqual([asked[1]?.method, asked[1]?.url], ['POST', 'https://auth.example.com/token?x=1']);
    assert.equal(new URLSearchParams(asked[1]?.body as string).get('refresh_token'), 'id&tok');
  });
  test('with a registry token: as it is', async () => {
    const { client } = clientOf({ kind: 'registry-token', token: 'rt' }, (request) =>
      request.headers?.authorization === 'Bearer rt' ? answer(200, manifest) : challenge(bearer),
    );
    assert.equal((await client.getManifest(reference)).digest, digest);
  });
  test('the credential is not asked for where nobody wants it, and once where somebody does', async () => {
    let count = 0;
    const ask = () => {
      count += 1;
      return Promise.resolve(basic);
    };
    const open = new RegistryClient({ registry: 'r.example.com', http: httpOf([], () => answer(200, manifest)), credential: ask });
    await open.getManifest(reference);
    assert.equal(count, 0);
    const closed = new RegistryClient({ registry: 'r.example.com', http: httpOf([], () => challenge('Basic realm="x"')), credential: ask });
    await assert.rejects(closed.getManifest(reference), failsWith('unauthenticated'));
    await assert.rejects(closed.getManifest(reference), failsWith('unauthenticated'));
    assert.equal(count, 1);
  });

  for (const realm of ['http://auth.example.com/token', 'http://127.0.0.1/token', 'file:///etc/passwd', '', 'x', 'javascript:0']) {
    test(`a token service at '${realm}' gets no password`, async () => {
      const { client, asked } = clientOf(basic, () => challenge(`Bearer realm="${realm}"`));
      await assert.rejects(client.getManifest(reference), failsWith('malformed'));
      assert.equal(asked.length, 1);
    });
  }
  for (const body of ['', '{}', '{"token":5}', '{"token":""}', '{"token":"a\\r\\nHost: evil"}', '{"token":"a b"}', '[]']) {
    test(`the token answer ${body} is no token`, async () => {
      const { client } = clientOf(basic, (request) => (isToken(request) ? answer(200, body) : challenge(bearer)));
      await assert.rejects(client.getManifest(reference), failsWith('malformed'));
    });
  }
});

describe('bytes that are not what was asked for', () => {
  test('a manifest by digest, a manifest whose header says otherwise, a blob', async () => {
    await assert.rejects(
      clientOf(undefined, () => answer(200, manifest)).client.getManifest({ ...reference, digest: other }),
      failsWith('digest-mismatch'),
    );
    await assert.rejects(
      clientOf(undefined, () => answer(200, manifest, { 'docker-content-digest': other })).client.getManifest(reference),
      failsWith('digest-mismatch'),
    );
    await assert.rejects(clientOf(undefined, () => answer(200, 'x')).client.getBlob('team/app', other), failsWith('digest-mismatch'));
    const streaming: StreamingHttpClient = {
      request: () => assert.fail(),
      async download(_, onChunk) {
        await onChunk(new Uint8Array(3), 200);
        return answer(200, '');
      },
    };
    await assert.rejects(
      clientOf(undefined, () => answer(200, '')).client.downloadBlob(streaming, 'team/app', other, 10, () => undefined),
      failsWith('digest-mismatch'),
    );
  });
  test('a digest that is none is not believed', async () => {
    assert.equal(
      (await clientOf(undefined, () => answer(200, manifest, { 'docker-content-digest': 'sha256:x' })).client.getManifest(reference)).digest,
      digest,
    );
  });
});

describe('a registry that fails for a moment', () => {
  const failing = (times: number, status = 500, headers = {}): (() => HttpResponse) => {
    let failures = 0;
    return () => (failures++ < times ? answer(status, '{}', headers) : answer(200, manifest));
  };
  for (const status of [500, 502, 503, 504])
    test(`${status}, twice: what only reads is asked again`, async () => {
      const { client, asked } = clientOf(undefined, failing(2, status));
      assert.equal((await client.getManifest(reference)).digest, digest);
      assert.equal(asked.length, 3);
    });
  test('three times: that is its answer', async () => {
    const { client, asked } = clientOf(undefined, failing(3));
    await assert.rejects(client.headManifest(reference), failsWith('server-error'));
    assert.equal(asked.length, 3);
  });
  for (const [what, status, headers] of [
    ['a time to come back', 503, { 'retry-after': '60' }],
    ['something that it cannot do', 501, {}],
    ['no', 403, {}],
  ] as const)
    test(`who says ${what} is not asked again`, async () => {
      const { client, asked } = clientOf(undefined, failing(1, status, headers));
      await assert.rejects(client.getManifest(reference));
      assert.equal(asked.length, 1);
    });
  test('what writes is not sent twice', async () => {
    const { client, asked } = clientOf(undefined, failing(1));
    const scope = 'repository:team/app:pull,push';
    assert.equal((await client.session.exchange(scope, { method: 'PUT', url: `${client.session.origin}/v2/`, body: 'x' })).status, 500);
    assert.equal(asked.length, 1);
  });
});

describe('refusals', () => {
  for (const [status, code] of [
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [412, 'blocked'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [302, 'malformed'],
  ] as const) {
    test(`${status}`, async () => {
      const said = '{"errors":[{"code":"X","message":"no \\u001b[31mway"}]}';
      await assert.rejects(
        clientOf(undefined, () => answer(status, said)).client.getManifest(reference),
        (error: Error) => failsWith(code)(error) && error.message.endsWith(`${status} for team/app: no [31mway`),
      );
    });
  }
  for (const [from, code] of [
    ['unreachable', 'network'],
    ['timeout', 'timeout'],
    ['tls', 'tls'],
    ['too-large', 'too-large'],
    ['aborted', 'aborted'],
  ] as const) {
    test(from, async () => {
      await assert.rejects(clientOf(undefined, () => Promise.reject(new HttpError(from, 'why'))).client.headManifest(reference), failsWith(code));
    });
  }
});

type Handler = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;

function clientOf(credential: Credential | undefined, handler: Handler): { client: RegistryClient; asked: HttpRequest[] } {
  const asked: HttpRequest[] = [];
  return {
    client: new RegistryClient({ registry: 'r.example.com', http: httpOf(asked, handler), credential: () => Promise.resolve(credential) }),
    asked,
  };
}

function httpOf(asked: HttpRequest[], handler: Handler): HttpClient {
  return {
    async request(request) {
      asked.push(request);
      return handler(request);
    },
  };
}

function isToken({ url }: HttpRequest): boolean {
  return url.startsWith('https://auth.example.com/');
}

function answer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return { status, headers, body: new TextEncoder().encode(body) };
}

function challenge(header: string): HttpResponse {
  return answer(401, '', { 'www-authenticate': header });
}

function failsWith(code: RegistryErrorCode) {
  return (error: Error & { code?: string }): boolean => {
    assert.equal(error.name, 'RegistryError', error.stack);
    assert.equal(error.code, code, error.message);
    return true;
  };
}
