import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signAcs3 } from '../../../../src/gate/alibaba/acs3.ts';

const published = {
  host: 'ecs.cn-shanghai.aliyuncs.com',
  action: 'RunInstances',
  version: '2014-05-26',
  query: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
  body: '',
  accessKeyId: 'YourAccessKeyId',
  accessKeySecret: 'YourAccessKeySecret',
  date: new Date('2023-10-26T10:22:32Z'),
  nonce: '3156853299f313e23d1673dc12e1703d',
};

test('published vector', () => {
  const { query, headers } = signAcs3(published);
  assert.equal(query, 'ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai');
  assert.equal(
    headers.authorization,
    'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  );
});

test('reserved characters are encoded, spaces as %20; the token is signed too', () => {
  const { query, headers } = signAcs3({ ...published, query: { 'a b': "!'()*+~" }, securityToken: 'sts' });
  assert.equal(query, 'a%20b=%21%27%28%29%2A%2B~');
  assert.match(headers.authorization ?? '', /x-acs-security-token/);
  assert.equal(headers['x-acs-security-token'], 'sts');
});
