import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/windows-registry.ts';
import { buildSoftwareHive } from '../../../../../support/windows-hives.ts';

test('wants the software hive of a base layer and of a running system, in any case', () => {
  for (const path of ['Hives/Software_Base', 'hives/SOFTWARE_BASE', 'Windows/System32/config/SOFTWARE'])
    assert.ok(analyzer.wants(path as ImagePath), path);
  for (const path of ['Hives/System_Base', 'Hives/Software_Delta', 'app/Hives/Software_Base', 'Windows/System32/config/SOFTWARE.LOG1'])
    assert.ok(!analyzer.wants(path as ImagePath), path);
});

test('reads build and programs', () => {
  const bytes = buildSoftwareHive({ version: { CurrentBuild: '26100', UBR: 7 }, programs: { a: { DisplayName: 'Tool', DisplayVersion: '1' } } });
  const { value, problems } = analyzer.analyze({ path: 'Hives/Software_Base' as ImagePath, bytes });
  const insideArchive = 'Microsoft\\Windows\\CurrentVersion\\Uninstall\\a';
  assert.deepEqual(value, {
    packages: [{ type: 'generic', name: 'Tool', version: '1', insideArchive }],
    distro: { id: 'windows', versionId: '10.0.26100.7' },
  });
  assert.deepEqual(problems, []);
});
