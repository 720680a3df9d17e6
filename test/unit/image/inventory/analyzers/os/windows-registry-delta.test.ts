import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/windows-registry-delta.ts';
import type { HiveKeySpec } from '../../../../../support/hive-builder.ts';
import { buildHive } from '../../../../../support/hive-builder.ts';
import { buildSoftwareHive } from '../../../../../support/windows-hives.ts';

const PACKAGES = 'Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages';
const UNINSTALL = 'Microsoft\\Windows\\CurrentVersion\\Uninstall';

const analyzeHive = (bytes: Uint8Array) => analyzer.analyze({ path: 'Hives/Software_Delta' as ImagePath, bytes }).value;

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
    packages: [
      {
        type: 'windows-update',
        name: 'KB5044281',
        version: '1.2',
        architecture: 'amd64',
        insideArchive: `${PACKAGES}\\Package_for_KB5044281~31bf3856ad364e35~amd64~~1.2`,
      },
    ],
    distro: { windowsRevision: 2762 },
  });
});

/** The key at `path` in a hive. */
function hiveWith(path: string, leaf: Omit<HiveKeySpec, 'name'>): Uint8Array {
  const [name = '', ...rest] = path.split('\\').reverse();
  return buildHive({ name: 'ROOT', keys: [rest.reduce<HiveKeySpec>((below, part) => ({ name: part, keys: [below] }), { name, ...leaf })] });
}

test('what it takes away: keys that are deleted, that replace all below, and updates that are installed no more', () => {
  const deleted = { name: 'A', deleted: true };
  const replaced = { name: 'B', replaces: true, values: { DisplayName: 'B', DisplayVersion: '2' } };
  const { packages, removes } = analyzeHive(hiveWith(UNINSTALL, { keys: [deleted, replaced, { name: 'C' }] }));
  assert.deepEqual(removes, [`${UNINSTALL}\\A`, `${UNINSTALL}\\B`]);
  assert.deepEqual(packages, [{ type: 'generic', name: 'B', version: '2', insideArchive: `${UNINSTALL}\\B` }]);
  const superseded = { name: 'Package_for_KB5000001~x~amd64~~1', values: { CurrentState: 0x50 } };
  const untouched = { name: 'Package_for_KB5000002~x~amd64~~1', values: { Other: 1 } };
  assert.deepEqual(analyzeHive(hiveWith(PACKAGES, { keys: [superseded, untouched] })).removes, [`${PACKAGES}\\${superseded.name}`]);
});

test('what it takes away: a whole branch', () => {
  assert.deepEqual(analyzeHive(hiveWith(UNINSTALL, { deleted: true })).removes, [UNINSTALL]);
  assert.deepEqual(analyzeHive(hiveWith('Microsoft\\Windows', { replaces: true })).removes, ['Microsoft\\Windows']);
  assert.equal(analyzeHive(hiveWith(UNINSTALL, { keys: [{ name: 'C' }] })).removes, undefined);
});
