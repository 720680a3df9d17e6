import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { FixStatus } from '../../../src/foundation/model/finding.ts';
import type { ImagePath, Purl } from '../../../src/foundation/model/brand.ts';
import { applicationPackageTypes, systemPackageTypes, type InstalledPackage, type PackageType } from '../../../src/foundation/model/package.ts';
import { remediationsFor } from '../../../src/remedy/commands.ts';

function installed(
  type: PackageType,
  name: string,
  version: string,
  rest: { readonly path?: string; readonly source?: readonly [string, string] } = {},
): InstalledPackage {
  return {
    purl: `pkg:${type}/${name}@${version}` as Purl,
    type,
    name,
    version,
    files: [(rest.path ?? 'db') as ImagePath],
    layer: 0,
    ...(rest.source === undefined ? {} : { sourcePackage: { name: rest.source[0], version: rest.source[1] } }),
  };
}

function commands(package_: InstalledPackage, fixedVersion: string): readonly string[] {
  return remediationsFor({ package: package_, fixedVersion, status: 'fixed' })
    .filter(({ kind }) => kind === 'command')
    .map(({ text }) => text);
}

describe('commands', () => {
  test('deb: the fixed version where the binary package carries the source’s', () => {
    assert.deepEqual(commands(installed('deb', 'libssl3', '3.0.9-1', { source: ['openssl', '3.0.9-1'] }), '3.0.11-1~deb12u2'), [
      'apt-get update && apt-get install -y --only-upgrade libssl3=3.0.11-1~deb12u2',
      'apt-get update && apt-get install -y --only-upgrade libssl3',
    ]);
    assert.deepEqual(commands(installed('deb', 'bash', '5.1'), '1:5.2-3')[0], 'apt-get update && apt-get install -y --only-upgrade bash=1:5.2-3');
  });

  test('deb: no version where the source has another one', () => {
    assert.deepEqual(commands(installed('deb', 'libgcc-s1', '12.2.0-14+b1', { source: ['gcc-12', '12.2.0-14'] }), '12.2.0-15'), [
      'apt-get update && apt-get install -y --only-upgrade libgcc-s1',
    ]);
  });

  test('apk', () => {
    assert.deepEqual(commands(installed('apk', 'libcrypto3', '3.3.2-r0', { source: ['openssl', '3.3.2-r0'] }), '3.3.2-r1'), [
      "apk add --no-cache --upgrade 'libcrypto3>=3.3.2-r1'",
      'apk upgrade --no-cache libcrypto3',
    ]);
  });

  test('npm: global, of the project, inside another package', () => {
    assert.deepEqual(commands(installed('npm', 'typescript', '5.0.0', { path: 'usr/local/lib/node_modules/typescript/package.json' }), '5.0.1'), [
      'npm install -g typescript@5.0.1',
    ]);
    assert.deepEqual(commands(installed('npm', '@acme/x', '1.0.0', { path: 'app/node_modules/@acme/x/package.json' }), '1.0.1'), [
      'npm install @acme/x@1.0.1',
    ]);
    assert.deepEqual(commands(installed('npm', 'tar', '6.1.0', { path: 'usr/lib/node_modules/npm/node_modules/tar/package.json' }), '6.1.2'), [
      'npm install -g npm@latest',
    ]);
    const nested = remediationsFor({
      package: installed('npm', 'tar', '6.1.0', { path: 'app/node_modules/a/node_modules/tar/package.json' }),
      fixedVersion: '6.1.2',
      status: 'fixed',
    });
    assert.equal(nested[0]?.text, 'npm update tar');
    assert.match(nested[1]?.text ?? '', /"overrides": \{ "tar": "\^6\.1\.2" \}/);
  });

  test('pypi: by pip, but not over apt’s own', () => {
    assert.deepEqual(commands(installed('pypi', 'requests', '2.20.0', { path: 'usr/local/lib/python3.12/site-packages/x' }), '2.31.0'), [
      "pip install --no-cache-dir --upgrade 'requests>=2.31.0'",
    ]);
    const owned = remediationsFor({
      package: installed('pypi', 'PyYAML', '5.1', { path: 'usr/lib/python3/dist-packages/PyYAML.egg-info' }),
      fixedVersion: '6.0',
      status: 'fixed',
    });
    assert.deepEqual(
      owned.map(({ kind }) => kind),
      ['manual'],
    );
  });
});

test('without a fix, what is known is said', () => {
  const texts = (['affected', 'will-not-fix', 'end-of-life', 'under-investigation', 'unknown', 'fixed'] as const).map(
    (status: FixStatus) => remediationsFor({ package: installed('deb', 'x', '1'), status, distro: { id: 'debian', versionId: '10', idLike: [] } })[0],
  );
  assert.ok(texts.every((remedy) => remedy?.kind === 'manual' && remedy.text.length > 30));
  assert.match(texts[1]?.text ?? '', /maintainers of debian 10 decided against/);
  assert.match(texts[2]?.text ?? '', /debian 10 is no longer maintained/);
});

const types: readonly PackageType[] = [...systemPackageTypes, ...applicationPackageTypes];

const hostile = [
  'x; rm -rf /',
  '$(reboot)',
  '`id`',
  'a b',
  "a'b",
  '-o',
  '--install-dir=/',
  'a\nb',
  'a\u202eb',
  '../../x',
  'a&&b',
  '',
  'x'.repeat(10_000),
  'a|b',
  '>x',
];

describe('hostile names and versions', () => {
  for (const word of hostile) {
    test(JSON.stringify(word.slice(0, 30)), () => {
      for (const type of types) {
        const byName = remediationsFor({ package: installed(type, word, '1'), fixedVersion: '2', status: 'fixed' });
        const byVersion = remediationsFor({ package: installed(type, 'good', '1'), fixedVersion: word, status: 'fixed' });
        const without = remediationsFor({
          package: installed(type, word, '1'),
          status: 'affected',
          distro: { id: word, versionId: word, idLike: [] },
        });
        for (const remedy of [...byName, ...byVersion, ...without]) {
          assert.equal(remedy.kind, 'manual');
          assert.ok(!/[\n\u202e$`;]/.test(remedy.text), remedy.text);
        }
      }
    });
  }

  test('a hostile folder above a nested package reaches no command', () => {
    const remedies = remediationsFor({
      package: installed('npm', 'tar', '1.0.0', { path: 'usr/lib/node_modules/$(reboot)/node_modules/tar/package.json' }),
      fixedVersion: '2.0.0',
      status: 'fixed',
    });
    assert.deepEqual(
      remedies.map(({ kind }) => kind),
      ['manual'],
    );
  });

  test('law: a command is words a shell takes as they are, joined by && alone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.string({ maxLength: 20 }),
        fc.string({ maxLength: 20 }),
        fc.string({ maxLength: 20 }),
        (type, name, version, path) => {
          for (const { kind, text } of remediationsFor({ package: installed(type, name, '1', { path }), fixedVersion: version, status: 'fixed' })) {
            if (kind === 'command') assert.match(text, /^(?:[A-Za-z0-9@%+=:,./_~-]+|'[^']*'|&&)(?: (?:[A-Za-z0-9@%+=:,./_~-]+|'[^']*'|&&))*$/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
