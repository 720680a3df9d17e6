import assert from 'node:assert/strict';
import test from 'node:test';
import { readSoftwareHive } from '../../../../src/image/inventory/windows-registry.ts';
import { buildSoftwareHive } from '../../../support/windows-hives.ts';

const version = {
  CurrentBuild: '20348',
  UBR: 2700,
  ProductName: 'Windows Server 2022 Datacenter',
  CurrentMajorVersionNumber: 10,
  CurrentMinorVersionNumber: 0,
};

test('build, updates and programs', () => {
  const { value, problems } = readSoftwareHive(
    buildSoftwareHive({
      version,
      updates: {
        'Package_for_KB5044281~31bf3856ad364e35~amd64~~20348.2760.1.6': { CurrentState: 0x70 },
        'Package_for_RollupFix~31bf3856ad364e35~amd64~~20348.2762.1.9': {
          CurrentState: 0x70,
          InstallLocation: '\\\\?\\C:\\Windows\\SoftwareDistribution\\Download\\x\\Windows10.0-KB5044099-x64.cab\\',
        },
        'Package_for_KB5000001~31bf3856ad364e35~amd64~~20348.1.1.1': { CurrentState: 0x40 },
        'Package_for_ServicingStack_2520~31bf3856ad364e35~amd64~~20348.2520.1.1': { CurrentState: 0x70 },
        'Microsoft-Windows-Foundation-Package~31bf3856ad364e35~amd64~~10.0.20348.1': { CurrentState: 0x70 },
      },
      programs: {
        '{1}': { DisplayName: 'PowerShell 7-x64', DisplayVersion: '7.4.5.0', Publisher: 'Microsoft Corporation' },
        '{2}': { DisplayName: 'Nameless version' },
        '{3}': { DisplayName: 'A patch', DisplayVersion: '1', ParentKeyName: '{1}' },
      },
      programs32: { '{4}': { DisplayName: 'Old Tool', DisplayVersion: '1.0' } },
    }),
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(value.distro, { id: 'windows', versionId: '10.0.20348.2700', prettyName: 'Windows Server 2022 Datacenter' });
  assert.deepEqual(
    value.packages?.map(({ insideArchive }) => insideArchive?.split('\\').at(-1)),
    [
      'Package_for_KB5044281~31bf3856ad364e35~amd64~~20348.2760.1.6',
      'Package_for_RollupFix~31bf3856ad364e35~amd64~~20348.2762.1.9',
      'Package_for_ServicingStack_2520~31bf3856ad364e35~amd64~~20348.2520.1.1',
      '{1}',
      '{4}',
    ],
  );
  const records = value.packages.map((record) => Object.fromEntries(Object.entries(record).filter(([key]) => key !== 'insideArchive')));
  assert.deepEqual(records, [
    { type: 'windows-update', name: 'KB5044281', version: '20348.2760.1.6', architecture: 'amd64' },
    { type: 'windows-update', name: 'KB5044099', version: '20348.2762.1.9', architecture: 'amd64' },
    { type: 'windows-update', name: 'Package_for_ServicingStack_2520', version: '20348.2520.1.1', architecture: 'amd64' },
    { type: 'generic', name: 'PowerShell 7-x64', version: '7.4.5.0', vendor: 'Microsoft Corporation' },
    { type: 'generic', name: 'Old Tool', version: '1.0' },
  ]);
});

test('changes that give no more than the last part of the version', () => {
  assert.deepEqual(readSoftwareHive(buildSoftwareHive({ version: { UBR: 2762 } })).value, { packages: [], distro: { windowsRevision: 2762 } });
});

test('names that nobody gives are left out', () => {
  const { value } = readSoftwareHive(
    buildSoftwareHive({
      version: { ...version, CurrentBuild: '20348; rm', ProductName: 'a\u001b[31m' },
      programs: { a: { DisplayName: 'a\nb', DisplayVersion: '1' }, b: { DisplayName: 'x'.repeat(5000), DisplayVersion: '1' } },
    }),
  );
  assert.deepEqual(value, { packages: [], distro: { windowsRevision: 2700 } });
});

test('what is no hive', () => {
  assert.equal(readSoftwareHive(new Uint8Array(3)).problems.length, 1);
});
