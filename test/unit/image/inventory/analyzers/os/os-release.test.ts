import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/os-release.ts';

function distroOf(path: string, text: string): unknown {
  return analyzer.analyze({ path: path as ImagePath, bytes: new TextEncoder().encode(text) }).value.distro;
}

test('id, version, likeness, names', () => {
  const text = 'PRETTY_NAME="Ubuntu 22.04.3 LTS"\nID=ubuntu\nID_LIKE="debian  other"\nVERSION_ID="22.04"\nVERSION_CODENAME=jammy\n';
  assert.deepEqual(distroOf('etc/os-release', text), {
    id: 'ubuntu',
    versionId: '22.04',
    idLike: ['debian', 'other'],
    prettyName: 'Ubuntu 22.04.3 LTS',
    codename: 'jammy',
  });
  assert.deepEqual(distroOf('usr/lib/os-release', 'ID=arch\n'), { id: 'arch', versionId: '', idLike: [] });
});

test('what names no distribution is told', () => {
  const { value, problems } = analyzer.analyze({ path: 'etc/os-release' as ImagePath, bytes: new TextEncoder().encode('NAME=x\n') });
  assert.equal(value.distro, undefined);
  assert.equal(problems.length, 1);
});
