import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/ubuntu-pro-status.ts';

const path = 'var/lib/ubuntu-advantage/status.json' as ImagePath;

function analyze(value: unknown): ReturnType<typeof analyzer.analyze> {
  return analyzer.analyze({ path, bytes: new TextEncoder().encode(JSON.stringify(value)) });
}

test('the services of extended support that are on', () => {
  assert.equal(analyzer.wants(path), true);
  const services = [
    { name: 'esm-infra', status: 'enabled' },
    { name: 'esm-apps', status: 'disabled' },
    { name: 'livepatch', status: 'enabled' },
    { name: 7, status: 'enabled' },
    null,
  ];
  assert.deepEqual(analyze({ attached: true, services }), { value: { distro: { extendedSupport: ['esm-infra'] } }, problems: [] });
});

test('an image without a subscription, and what is no document', () => {
  for (const value of [{}, { services: [] }, { services: 'x' }, []]) assert.deepEqual(analyze(value), { value: {}, problems: [] });
  assert.equal(analyzer.analyze({ path, bytes: Uint8Array.of(0x7b) }).problems.length, 1);
});
