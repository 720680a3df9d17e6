import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/windows-registry-delta.ts';
import { buildSoftwareHive } from '../../../../../support/windows-hives.ts';

test('wants what a layer changes in the software hive', () => {
  assert.ok(analyzer.wants('Hives/Software_Delta' as ImagePath));
  assert.ok(!analyzer.wants('Hives/Software_Base' as ImagePath));
});

test('reads an update that raises no more than the last part of the version', () => {
  const bytes = buildSoftwareHive({
    version: { UBR: 2762 },
    updates: { 'Package_for_KB5044281~31bf3856ad364e35~amd64~~1.2': { CurrentState: 0x70 } },
  });
  assert.deepEqual(analyzer.analyze({ path: 'Hives/Software_Delta' as ImagePath, bytes }).value, {
    packages: [{ type: 'windows-update', name: 'KB5044281', version: '1.2', architecture: 'amd64' }],
    distro: { windowsRevision: 2762 },
  });
});
