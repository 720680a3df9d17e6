import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suseRelease, suseReleases } from '../../../../src/advisories/feeds/suse-products.ts';

const table: readonly (readonly [product: string, bucket: string | undefined, service?: string])[] = [
  ['SUSE Linux Enterprise Server 15 SP4', 'SUSE Linux Enterprise 15.4'],
  ['SUSE Linux Enterprise Server 15', 'SUSE Linux Enterprise 15'],
  ['SUSE Linux Enterprise Server 15-LTSS', 'SUSE Linux Enterprise 15', 'ltss'],
  ['SUSE Linux Enterprise Server 12 SP5-LTSS', 'SUSE Linux Enterprise 12.5', 'ltss'],
  ['SUSE Linux Enterprise Server LTSS Extended Security 12 SP5', 'SUSE Linux Enterprise 12.5', 'ltss'],
  ['SUSE Linux Enterprise High Performance Computing 15 SP2-ESPOS', 'SUSE Linux Enterprise 15.2', 'espos'],
  ['SUSE Linux Enterprise Server 12 SP2-BCL', 'SUSE Linux Enterprise 12.2', 'bcl'],
  ['SUSE Linux Enterprise Module for Basesystem 15 SP5', 'SUSE Linux Enterprise 15.5'],
  ['SUSE Linux Enterprise Server for SAP Applications 15 SP1', 'SUSE Linux Enterprise 15.1'],
  ['SUSE Linux Enterprise Server 16.0', 'SUSE Linux Enterprise 16.0'],
  ['SUSE Linux Enterprise Micro 5.3', 'SUSE Linux Enterprise Micro 5.3'],
  ['SUSE Linux Enterprise Micro for Rancher 5.2', 'SUSE Linux Enterprise Micro 5.2'],
  ['SUSE Linux Micro 6.1', 'SUSE Linux Enterprise Micro 6.1'],
  ['openSUSE Leap 15.5', 'openSUSE Leap 15.5'],
  ['openSUSE Leap Micro 5.2', 'openSUSE Leap Micro 5.2'],
  ['openSUSE Tumbleweed', 'openSUSE Tumbleweed'],
  ['openSUSE 13.2', undefined],
  ['SUSE Manager Server 4.3', undefined],
  ['SUSE Linux Enterprise Module for SUSE Manager Server 4.3', undefined],
  ['SUSE Linux Enterprise Storage 7', undefined],
  ['Open Enterprise Server 23.4', undefined],
];

for (const [product, bucket, service] of table) {
  test(`${product}: ${bucket ?? 'no system'}`, () => {
    assert.deepEqual(suseRelease(product), bucket === undefined ? undefined : { bucket, ...(service !== undefined && { service }) });
  });
}

test('a service does not count where everybody has the fix', () => {
  assert.deepEqual(
    suseReleases(['SUSE Linux Enterprise Server 12 SP5-LTSS', 'SUSE Linux Enterprise Server 12 SP5', 'SUSE Linux Enterprise Desktop 12 SP5']),
    [{ bucket: 'SUSE Linux Enterprise 12.5' }],
  );
});
