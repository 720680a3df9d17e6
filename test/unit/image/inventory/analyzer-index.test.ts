import assert from 'node:assert/strict';
import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ImagePath } from '../../../../src/foundation/model/brand.ts';
import { AnalyzerIndex } from '../../../../src/image/inventory/analyzer-index.ts';
import { analyzers } from '../../../../src/image/inventory/analyzers.generated.ts';

const index = new AnalyzerIndex(analyzers);

/** Folders that analyzers know, and others. */
const folders = [
  '',
  'app/',
  'etc/',
  'usr/lib/',
  'var/lib/dpkg/',
  'var/lib/dpkg/info/',
  'var/lib/dpkg/status.d/',
  'lib/apk/db/',
  'usr/lib/opkg/info/',
  'var/lib/pacman/local/zlib-1.3-1/',
  'var/db/pkg/dev-libs/zlib-1.3/',
  'var/lib/rpm/',
  'usr/lib/sysimage/rpm/',
  'root/buildinfo/content_manifests/',
  'nix/store/abc-zlib-1.3/',
  'srv/node_modules/a/',
  'opt/conda/conda-meta/',
  'usr/lib/python3/dist-packages/a-1.0.dist-info/',
  'usr/lib/python3/dist-packages/a.egg-info/',
  'opt/a.egg/EGG-INFO/',
  'usr/lib/R/library/zoo/',
  'usr/lib/ghc/package.conf.d/',
  'usr/share/luarocks/rocks-5.3/a/1.0-1/',
  'var/lib/gems/3.1.0/specifications/',
  'root/.julia/packages/A/x/',
  'usr/lib/erlang/lib/a/ebin/',
  'srv/wp-content/plugins/a/',
  'srv/wp-content/themes/a/',
  'srv/wp-includes/',
  'srv/vendor/composer/',
  'usr/lib/perl5/.meta/A-1.0/',
  'root/.conan/data/a/1.0/_/_/package/1/',
  'hives/',
  'windows/system32/config/',
  'programdata/chocolatey/lib/a/',
];

const inventory = path.join(import.meta.dirname, '..', '..', '..', '..', 'src', 'image', 'inventory');

/** Last parts of paths: all that analyzers and what they share write between quotes, so also what `names` leaves out. */
const names = (readdirSync(inventory, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts') && !file.includes('.data.') && !file.includes('.generated.'))
  .flatMap((file) => Array.from(readFileSync(path.join(inventory, file), 'utf8').matchAll(/'([^'\n]{1,40})'/g), ([, text = '']) => text))
  .map((text) => text.slice(text.lastIndexOf('/') + 1).replace('*', ''))
  .filter((text) => /^[\w.-]+$/.test(text));
const changes: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.toUpperCase(),
  (name) => name.toLowerCase(),
  (name) => `some${name}`,
  (name) => `x.${name}`,
  (name) => `requirements-${name}`,
  (name) => `pylock.${name}`,
  (name) => `a.deps${name}`,
  (name) => `${name}.bak`,
  (name) => name.slice(1),
];

const generated = fc
  .tuple(fc.constantFrom(...folders), fc.constantFrom(...new Set(names)), fc.constantFrom(...changes), fc.boolean())
  .map(([folder, name, change, upper]) => (upper ? folder.toUpperCase() : folder) + change(name));

function assertAdmitted(file: string): void {
  const candidates = index.candidates(file);
  for (const analyzer of analyzers) if (analyzer.wants(file as ImagePath)) assert.ok(candidates.includes(analyzer), `${analyzer.id}: ${file}`);
}

test('an analyzer wants no path without one of its names', () => {
  fc.assert(fc.property(generated, assertAdmitted), { numRuns: 20_000 });
  fc.assert(fc.property(fc.string({ unit: 'binary' }), assertAdmitted));
});

test('nor any of those in the file system that runs this', () => {
  const checkout = path.join(inventory, '..', '..', '..');
  for (const folder of ['/etc', '/var/lib/dpkg', '/usr/lib', path.join(checkout, 'node_modules')]) {
    for (const file of listFiles(folder, 20_000)) assertAdmitted(file.slice(1));
  }
});

/** Returns the first `count` files below `folder`. */
function listFiles(folder: string, count: number): readonly string[] {
  const files: string[] = [];
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined && files.length < count; next = waiting.pop()) {
    for (const entry of listFolder(next)) (entry.isDirectory() ? waiting : files).push(path.posix.join(next, entry.name));
  }
  return files;
}

function listFolder(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

test('a path has the candidates of its name, of its ending, and those without names', () => {
  const byName = { names: ['go.mod', 'Go.Sum'] };
  const byEnding = { names: ['*.mod'] };
  const byBoth = { names: ['go.mod', '*.mod'] };
  const nameless = {};
  const small = new AnalyzerIndex([byName, nameless, byEnding, byBoth]);
  assert.deepEqual(small.candidates('a/GO.MOD'), [nameless, byName, byBoth, byEnding]);
  assert.deepEqual(small.candidates('go.sum'), [nameless, byName]);
  assert.deepEqual(small.candidates('a.b/.mod'), [nameless, byEnding, byBoth]);
  assert.deepEqual(small.candidates('a.mod/b'), [nameless]);
  assert.deepEqual(small.candidates(''), [nameless]);
});
