import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/pacman-local.ts';

const folder = 'var/lib/pacman/local/gawk-5.3.1-1';
const description = `%NAME%
gawk

%VERSION%
1:5.3.1-1

%BASE%
gawk-base

%ARCH%
x86_64

%LICENSE%
GPL-3.0-or-later
%FDL%

%DEPENDS%
sh
glibc>=2.38
libreadline.so=8-64

%NAME%
other

`;

function analyze(name: string, text: string): ReturnType<typeof analyzer.analyze> {
  return analyzer.analyze({ path: `${folder}/${name}` as ImagePath, bytes: new TextEncoder().encode(text) });
}

test('wants the description and the files of each package', () => {
  for (const name of ['desc', 'files']) assert.equal(analyzer.wants(`${folder}/${name}` as ImagePath), true);
  for (const other of [`${folder}/mtree`, 'var/lib/pacman/local/ALPM_DB_VERSION', 'var/lib/pacman/sync/x/desc'])
    assert.equal(analyzer.wants(other as ImagePath), false);
});

test('a package', () => {
  assert.deepEqual(analyze('desc', description), {
    value: {
      packages: [
        {
          type: 'alpm',
          name: 'gawk',
          version: '1:5.3.1-1',
          architecture: 'x86_64',
          sourcePackage: { name: 'gawk-base', version: '1:5.3.1-1' },
          licenses: ['GPL-3.0-or-later', '%FDL%'],
          dependencies: ['sh', 'glibc', 'libreadline.so'],
        },
      ],
    },
    problems: [],
  });
});

test('its files, not its folders', () => {
  const { value, problems } = analyze('files', '%FILES%\nusr/\nusr/bin/\nusr/bin/gawk\n../etc/x\n\n%BACKUP%\netc/y\t0123\n\n');
  assert.deepEqual([[...(value.ownedPaths ?? [])], problems], [['usr/bin/gawk', 'etc/x'], []]);
});

test('a description cut at any offset: what is lost is told', () => {
  for (let cut = 0; cut < description.length; cut++) {
    const { value, problems } = analyze('desc', description.slice(0, cut));
    if (!description.slice(0, cut).endsWith('\n') || value.packages === undefined) assert.notEqual(problems.length, 0, `cut at ${cut}`);
  }
});

test('any bytes are read without throwing', () => {
  fc.assert(
    fc.property(fc.constantFrom('desc', 'files'), fc.uint8Array({ maxLength: 300 }), (name, bytes) => {
      const { value } = analyzer.analyze({ path: `${folder}/${name}` as ImagePath, bytes });
      for (const path of value.ownedPaths ?? []) assert.ok(!path.startsWith('/'));
    }),
  );
});
