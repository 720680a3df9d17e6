import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../src/foundation/model/brand.ts';
import { analyzers } from '../../../../src/image/inventory/analyzers.generated.ts';
import { buildInventory, type Inventory } from '../../../../src/image/inventory/build-inventory.ts';
import type { FileRecords } from '../../../../src/image/layers/inspection.ts';
import { LayerTree } from '../../../../src/image/layers/layer-tree.ts';
import { squash } from '../../../../src/image/layers/squash.ts';

/** Returns the inventory of layers, bottom first, each of which is texts by path. */
function inventoryOf(...layers: readonly Readonly<Record<string, string>>[]): Inventory {
  const trees = layers.map(() => new LayerTree());
  const records = layers.map((files, layer) =>
    Object.entries(files).flatMap(([name, text]): FileRecords[] => {
      const path = name as ImagePath;
      const number = trees[layer]?.add(path, 'file', text.length, '') ?? 0;
      const analyzer = analyzers.find((candidate) => candidate.wants(path));
      if (analyzer === undefined) return [];
      const { packages = [], distro } = analyzer.analyze({ path, bytes: new TextEncoder().encode(text) }).value;
      return [{ analyzer, path, number, packages, ownedPaths: [], ...(distro !== undefined && { distro }) }];
    }),
  );
  return buildInventory(records, squash(trees));
}

test('a package that two files tell of is one, with what each says', () => {
  const folder = 'var/db/pkg/dev-libs/openssl-3.0.13-r2';
  for (const names of [
    ['PF', 'LICENSE'],
    ['LICENSE', 'PF'],
  ]) {
    const { packages } = inventoryOf(
      Object.fromEntries(names.map((name) => [`${folder}/${name}`, name === 'PF' ? 'openssl-3.0.13-r2\n' : 'Apache-2.0\n'])),
    );
    assert.deepEqual(
      packages.map(({ purl, licenses }) => [purl, licenses]),
      [['pkg:portage/dev-libs/openssl@3.0.13-r2', ['Apache-2.0']]],
    );
  }
});

test('the distribution is what the files that are seen say, together', () => {
  const { distro } = inventoryOf(
    {
      'etc/redhat-release': 'Red Hat Enterprise Linux release 9.3 (Plow)\n',
      'usr/lib/os-release': 'ID="rhel"\nVERSION_ID="9.3"\nID_LIKE="fedora"\n',
      'root/buildinfo/content_manifests/ubi9.json': '{"content_sets":["rhel-9-for-x86_64-baseos-rpms"]}',
    },
    { 'root/buildinfo/content_manifests/app.json': '{"content_sets":["rhel-9-for-x86_64-appstream-rpms"]}' },
  );
  assert.deepEqual(distro, {
    id: 'rhel',
    versionId: '9.3',
    idLike: ['fedora'],
    contentSets: ['rhel-9-for-x86_64-appstream-rpms', 'rhel-9-for-x86_64-baseos-rpms'],
  });
});

test('an image without any of it has neither packages nor a distribution', () => {
  assert.deepEqual(inventoryOf({ app: 'x' }), { packages: [], problems: [] });
});
