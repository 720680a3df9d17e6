import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signTc3 } from '../../../../src/gate/tencent/tc3.ts';

/** The vectors that Tencent Cloud publishes; the escapes of the body and the asterisks of the key are meant literally. */
const common = {
  host: 'cvm.tencentcloudapi.com',
  service: 'cvm',
  secretId: 'AKIDexample',
  contentType: 'application/json; charset=utf-8',
  body: String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
  timestamp: 1551113065,
};
const starred = 'Gu5t9xGARNpq86cd98joQYCN3*******';

for (const [what, request, signature] of [
  [
    'an action among the signed headers',
    { secretKey: starred, signedHeaders: { 'x-tc-action': 'DescribeInstances' } },
    'be4f67d323c78ab9acb7395e43c0dbcf822a9cfac32fea2449a7bc7726b770a3',
  ],
  ['content-type and host alone', { secretKey: starred }, '2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c'],
  ['another key', { secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE' }, '72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168'],
] as const) {
  test(`published vector: ${what}`, () => {
    assert.ok(signTc3({ ...common, ...request }).endsWith(`Signature=${signature}`));
  });
}

test('names key, date, service and headers', () => {
  assert.match(
    signTc3({ ...common, secretKey: starred }),
    /^TC3-HMAC-SHA256 Credential=AKIDexample\/2019-02-25\/cvm\/tc3_request, SignedHeaders=content-type;host, Signature=[0-9a-f]{64}$/,
  );
});
