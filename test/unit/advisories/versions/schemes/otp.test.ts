import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/otp.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders releases and applications', () => {
  assertOrder(scheme, [
    '26.2.5 < 26.2.5.1',
    '26.2.5.9 < 26.2.5.10',
    '27.0-rc1 < 27.0',
    '27.0-rc2 < 27.0-rc10',
    'OTP-26.2 = 26.2.0',
    'ssl-11.1.4 > ssl-11.1.3',
    'erts-14.2 = 14.2',
  ]);
});

test('knows its versions', () => {
  for (const version of ['26.2.5.3', 'OTP-27.0-rc1', 'ssl-11.1.4']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', 'ssl', 'v1']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019OTPrc.-', ['26.2', '27.0-rc1', 'OTP-26.2.1']);
});
