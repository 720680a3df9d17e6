import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { findCloudKey } from '../../../src/registry/cloud-keys.ts';
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
