import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HttpRequest, HttpResponse, StreamingHttpClient } from '../../../src/foundation/io/http.ts';
import { RegistryClient } from '../../../src/registry/client.ts';
import { digestOf } from '../../../src/registry/digest.ts';
import { RegistryError, type RegistryErrorCode } from '../../../src/registry/error.ts';
import { pushBlob, putManifest } from '../../../src/registry/upload.ts';

const bytes = Buffer.from('a blob');
const digest = digestOf(bytes);
const failsWith = (code: RegistryErrorCode) => (error: unknown) => error instanceof RegistryError && error.code === code;

function clientOf(answer: (request: HttpRequest) => { status: number; headers?: Record<string, string>; body?: string }) {
  const asked: HttpRequest[] = [];
  const request = (asking: HttpRequest): Promise<HttpResponse> => {
    asked.push(asking);
    const { status, headers = {}, body = '' } = answer(asking);
    return Promise.resolve({ status, headers, body: Buffer.from(body) });
  };
  const http = { request };
  const credential = () => Promise.resolve({ kind: 'basic' as const, username: 'ann', password: 'pw' });
  return { asked, client: new RegistryClient({ registry: 'r.example.com', http, credential }) };
}

describe('where a blob is sent', () => {
  const sentTo = async (location: string | undefined) => {
    const { asked, client } = clientOf(({ method, headers }) => {
      if (headers?.authorization === undefined && method === 'HEAD') return { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };
      if (method === 'HEAD') return { status: 404 };
      return method === 'POST' ? { status: 202, headers: location === undefined ? {} : { location } } : { status: 201 };
    });
    await pushBlob(client.session, 'team/app', bytes);
    const last = asked.at(-1);
    return [last?.url, last?.headers?.authorization === undefined ? 'unsigned' : 'signed'];
  };
  test('to the registry itself, relative or absolute, what it wrote there kept', async () => {
    const query = `digest=${encodeURIComponent(digest)}`;
    assert.deepEqual(await sentTo('/v2/team/app/blobs/uploads/1?_state=a%2Fb'), [
      `https://r.example.com/v2/team/app/blobs/uploads/1?_state=a%2Fb&${query}`,
      'signed',
    ]);
    assert.deepEqual(await sentTo('https://r.example.com/upload'), [`https://r.example.com/upload?${query}`, 'signed']);
    assert.deepEqual(await sentTo('https://store.example.com/upload'), [`https://store.example.com/upload?${query}`, 'unsigned']);
  });
  for (const location of ['http://r.example.com/upload', 'file:///etc/passwd', 'https://ann:pw@r.example.com/upload', 'https://', undefined]) {
    test(`not to ${String(location)}`, async () => {
      await assert.rejects(sentTo(location), failsWith('malformed'));
    });
  }
  test('nowhere when it is there already', async () => {
    const { asked, client } = clientOf(() => ({ status: 200 }));
    assert.equal(await pushBlob(client.session, 'team/app', bytes), digest);
    assert.deepEqual(
      asked.map(({ method }) => method),
      ['HEAD'],
    );
  });
});

test('what the registry made of a manifest is looked at', async () => {
  const stored = (headers: Record<string, string>) =>
    putManifest(clientOf(() => ({ status: 201, headers })).client.session, 'team/app', '1', 'x/y', bytes);
  assert.deepEqual(await stored({}), { digest, listed: false });
  assert.deepEqual(await stored({ 'docker-content-digest': digest, 'oci-subject': 'x' }), { digest, listed: true });
  await assert.rejects(stored({ 'docker-content-digest': `sha256:${'0'.repeat(64)}` }), failsWith('digest-mismatch'));
  await assert.rejects(putManifest(clientOf(() => ({ status: 413 })).client.session, 'team/app', '1', 'x/y', bytes), failsWith('malformed'));
});

describe('a download that is taken up where nothing is left', () => {
  const download = async (known: string): Promise<number> => {
    const http: StreamingHttpClient = {
      request: () => Promise.reject(new Error('not asked')),
      download: ({ headers }) =>
        Promise.resolve({ status: headers?.range === `bytes=${String(known.length)}-` ? 416 : 500, headers: {}, body: new Uint8Array() }),
    };
    const { client } = clientOf(() => ({ status: 500 }));
    const chunks = async function* () {
      yield await Promise.resolve(Buffer.from(known));
    };
    return client.downloadBlob(http, 'team/app', digest, 1000, () => assert.fail('nothing is new'), chunks());
  };
  test('416 and the digest holds: it was received already', async () => {
    assert.equal(await download('a blob'), 6);
  });
  test('416 and it does not hold', async () => {
    await assert.rejects(download('a bloc'), failsWith('digest-mismatch'));
    await assert.rejects(download('a blob and more'), failsWith('digest-mismatch'));
  });
  test('416 to who has nothing is a failure', async () => {
    await assert.rejects(download(''), failsWith('server-error'));
  });
});
