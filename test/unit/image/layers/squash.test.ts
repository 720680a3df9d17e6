import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ImagePath } from '../../../../src/foundation/model/brand.ts';
import { toImagePath } from '../../../../src/foundation/model/brand.ts';
import { LayerTree } from '../../../../src/image/layers/layer-tree.ts';
import { squash } from '../../../../src/image/layers/squash.ts';

type Change = string | { link: string; to: string } | { dir: string };

/** `path`: a file. `-path`: a whiteout. `*folder`: an opaque folder, `*` the root. */
function layer(...changes: Change[]): LayerTree {
  const tree = new LayerTree();
  for (const change of changes) {
    if (typeof change !== 'string') {
      if ('dir' in change) tree.add(p(change.dir), 'directory', 0, '');
      else tree.add(p(change.link), 'symlink', 0, change.to);
    } else if (change.startsWith('-')) tree.addWhiteout(p(change.slice(1)));
    else if (change.startsWith('*')) tree.addOpaque(change.slice(1));
    else tree.add(p(change), 'file', 1, '');
  }
  return tree;
}

function p(path: string): ImagePath {
  const image = toImagePath(path);
  assert.ok(image !== undefined);
  return image;
}

test('the highest copy is seen; whiteouts hide a file, a folder and all in it', () => {
  const tree = squash([layer('a', 'd/x', 'd/y', 'e/z'), layer('a', '-d', '-e/z'), layer('d/y')]);
  assert.equal(tree.layerOf(p('a')), 1);
  assert.equal(tree.layerOf(p('d/x')), undefined);
  assert.equal(tree.layerOf(p('d/y')), 2);
  assert.equal(tree.layerOf(p('e/z')), undefined);
  assert.equal(tree.isVisible(p('a'), 0), false);
  assert.deepEqual(tree.copiesOf(p('a')), [1, 0]);
});

test('an opaque folder hides what lower layers have in it, not what its own layer brings', () => {
  const tree = squash([layer('d/old', 'd/sub/old', { dir: 'd' }), layer('*d', 'd/new', { dir: 'd' })]);
  assert.equal(tree.layerOf(p('d/old')), undefined);
  assert.equal(tree.layerOf(p('d/sub/old')), undefined);
  assert.equal(tree.layerOf(p('d/new')), 1);
  assert.equal(tree.isVisible(p('d'), 0), true);
  assert.equal(squash([layer('a'), layer('*', 'b')]).layerOf(p('a')), undefined);
});

test('a whiteout and a new file of the same name in one layer: the file is seen, the lower ones are cut off', () => {
  const tree = squash([layer('a'), layer('-a', 'a')]);
  assert.deepEqual(tree.copiesOf(p('a')), [1]);
});

test('a file or link in place of a folder hides what was in it', () => {
  assert.equal(squash([layer('d/x'), layer('d')]).layerOf(p('d/x')), undefined);
  assert.equal(squash([layer('d/x'), layer({ link: 'd', to: 'e' })]).layerOf(p('d/x')), undefined);
});

test('a layer that could not be had hides nothing', () => {
  assert.equal(squash([layer('a'), undefined, layer('b')]).layerOf(p('a')), 0);
});

test('symbolic links are followed across layers, relative and absolute, in the middle and at the end', () => {
  const tree = squash([
    layer('usr/lib/os-release', { link: 'lib', to: 'usr/lib' }),
    layer({ link: 'etc/os-release', to: '../lib/os-release' }, { link: 'abs', to: '/usr/../lib' }),
  ]);
  assert.equal(tree.resolve(p('etc/os-release')), 'usr/lib/os-release');
  assert.equal(tree.resolve(p('abs/os-release')), 'usr/lib/os-release');
  assert.equal(tree.resolve(p('abs/nothing')), undefined);
});

test('links that climb out stay inside, and links in circles lead nowhere', () => {
  const tree = squash([
    layer(
      'etc/passwd',
      { link: 'out', to: '../../../../etc/passwd' },
      { link: 'a', to: 'b' },
      { link: 'b', to: 'a' },
      { link: 'self', to: 'self/x' },
    ),
  ]);
  assert.equal(tree.resolve(p('out')), 'etc/passwd');
  assert.equal(tree.resolve(p('a')), undefined);
  assert.equal(tree.resolve(p('self')), undefined);
});

test('the order of entries within a layer does not matter', () => {
  const paths = ['a', 'a/b', 'a/b/c', 'd', 'd/e'];
  const change = fc.tuple(fc.constantFrom('', '-', '*'), fc.constantFrom(...paths)).map(([kind, path]) => kind + path);
  // A path that is there twice is decided by order, so each change is there once.
  const changes = fc.uniqueArray(change, { maxLength: 6 });
  fc.assert(
    fc.property(fc.array(changes, { minLength: 1, maxLength: 4 }), (layers) => {
      const straight = squash(layers.map((list) => layer(...list)));
      const reversed = squash(layers.map((list) => layer(...list.toReversed())));
      for (const path of paths) assert.deepEqual(straight.copiesOf(p(path)), reversed.copiesOf(p(path)));
    }),
  );
});
