import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signSdkHmac } from '../../../../src/gate/huawei/sign.ts';

test('the signature that the official SDK (3.1.211) gives to the same request', () => {
  const { authorization } = signSdkHmac({
    method: 'GET',
    host: 'swr-api.cn-north-4.myhuaweicloud.com',
    path: '/v2/p1/instances',
    query: { offset: '0', limit: '100' },
    headers: { 'content-type': 'application/json' },
    accessKey: 'AKexample',
    secretKey: 'secret-of-example',
    date: new Date('2026-03-01T12:00:00Z'),
  });
  assert.equal(
    authorization,
    'SDK-HMAC-SHA256 Access=AKexample, SignedHeaders=content-type;host;x-sdk-date, Signature=fe28a997bd70c50840d8eb321a89205658e1b23b9424775e226620d114e07998',
  );
});
