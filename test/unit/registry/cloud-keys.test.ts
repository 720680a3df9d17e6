import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { findCloudEndpoints, findCloudKey } from '../../../src/registry/cloud-keys.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

test('the environment goes before the file, and half a pair is none', async (t) => {
  const homeDirectory = temporaryDirectory(t);
  mkdirSync(path.join(homeDirectory, '.tencentcloud'));
  writeFileSync(path.join(homeDirectory, '.tencentcloud', 'credentials'), '[other]\nsecret_id = X\n[default]\nsecret_id = FILE\r\nsecret_key = s1\n');
  const find = (variables: Record<string, string>) => findCloudKey('tencent', { variables, homeDirectory });
  assert.deepEqual(await find({ TENCENTCLOUD_SECRET_ID: 'ENV', TENCENTCLOUD_SECRET_KEY: 's2', TENCENTCLOUD_TOKEN: 't' }), {
    kind: 'key-pair',
    id: 'ENV',
    secret: 's2',
    sessionToken: 't',
  });
  assert.deepEqual(await find({ TENCENTCLOUD_SECRET_ID: 'ENV' }), { kind: 'key-pair', id: 'FILE', secret: 's1' });
  assert.deepEqual(await find({ TENCENTCLOUD_SECRET_ID: 'ENV', TENCENTCLOUD_SECRET_KEY: '  ' }), { kind: 'key-pair', id: 'FILE', secret: 's1' });
});

test("of Alibaba's profiles the one that is named, else the current one", async (t) => {
  const homeDirectory = temporaryDirectory(t);
  mkdirSync(path.join(homeDirectory, '.aliyun'));
  const profile = (name: string, id: string): object => ({
    name,
    mode: 'AK',
    access_key_id: id,
    access_key_secret: 's',
    region_id: 'cn-hangzhou',
    sts_token: '',
  });
  writeFileSync(
    path.join(homeDirectory, '.aliyun', 'config.json'),
    JSON.stringify({ current: 'a', profiles: [profile('a', 'A'), profile('b', 'B')] }),
  );
  const find = async (variables: Record<string, string> = {}): Promise<unknown> => findCloudKey('alibaba', { variables, homeDirectory });
  assert.deepEqual(await find(), { kind: 'key-pair', id: 'A', secret: 's', region: 'cn-hangzhou' });
  assert.deepEqual(await find({ ALIBABA_CLOUD_PROFILE: 'b' }), { kind: 'key-pair', id: 'B', secret: 's', region: 'cn-hangzhou' });
  assert.equal(await find({ ALIBABA_CLOUD_PROFILE: '__proto__' }), undefined);
});

test('a token is sent as it is; without any key there is none', async (t) => {
  const homeDirectory = temporaryDirectory(t);
  assert.deepEqual(await findCloudKey('google', { variables: { CLOUDSDK_AUTH_ACCESS_TOKEN: 'ya29', GOOGLE_CLOUD_PROJECT: 'p' }, homeDirectory }), {
    kind: 'token',
    token: 'ya29',
    project: 'p',
  });
  for (const cloud of ['tencent', 'alibaba', 'huawei', 'google', 'jfrog'] as const)
    assert.equal(await findCloudKey(cloud, { variables: {}, homeDirectory }), undefined);
});

test('a file that is none gives no key and no error', async (t) => {
  const homeDirectory = temporaryDirectory(t);
  mkdirSync(path.join(homeDirectory, '.aliyun'));
  for (const text of ['', '{', '[]', '{"profiles": 7}', '{"profiles": [null], "current": "a"}']) {
    writeFileSync(path.join(homeDirectory, '.aliyun', 'config.json'), text);
    assert.equal(await findCloudKey('alibaba', { variables: {}, homeDirectory }), undefined);
  }
});

test('addresses of private clouds come from the environment', () => {
  assert.deepEqual(
    findCloudEndpoints({ PLIMSOLL_TENCENT_ENDPOINT: ' tcr.internal.example ', PLIMSOLL_GOOGLE_ENDPOINT: '', PLIMSOLL_OTHER_ENDPOINT: 'x' }),
    {
      tencent: 'tcr.internal.example',
    },
  );
});

test("Google's files: an account's key and a person's sign-in; what is neither is none", async (t) => {
  const homeDirectory = temporaryDirectory(t);
  const file = path.join(homeDirectory, 'key.json');
  const find = (content: unknown) => {
    writeFileSync(file, JSON.stringify(content));
    return findCloudKey('google', { variables: { GOOGLE_APPLICATION_CREDENTIALS: file, GOOGLE_CLOUD_PROJECT: 'harbour' }, homeDirectory });
  };
  assert.deepEqual(await find({ type: 'service_account', client_email: 'ci@harbour.example', private_key: 'PEM' }), {
    kind: 'service-account',
    email: 'ci@harbour.example',
    privateKey: 'PEM',
    project: 'harbour',
  });
  assert.deepEqual(await find({ type: 'authorized_user', client_id: 'a', client_secret: 'b', refresh_token: 'c' }), {
    kind: 'refresh-token',
    clientId: 'a',
    clientSecret: 'b',
    refreshToken: 'c',
    project: 'harbour',
  });
  for (const content of [{ type: 'external_account' }, { type: 'service_account' }, { type: 'authorized_user', client_id: 'a' }, [], null])
    assert.equal(await find(content), undefined);
});

test("JFrog's token goes with the address that it is for", async (t) => {
  const homeDirectory = temporaryDirectory(t);
  const variables = { JF_ACCESS_TOKEN: 't', JF_URL: 'https://example.jfrog.io' };
  assert.deepEqual(await findCloudKey('jfrog', { variables, homeDirectory }), { kind: 'token', token: 't', url: 'https://example.jfrog.io' });
});
