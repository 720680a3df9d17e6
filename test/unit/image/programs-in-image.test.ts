import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { analyzers } from '../../../src/image/inventory/analyzers.generated.ts';
import { programAnalyzers } from '../../../src/image/inventory/program-analyzers.generated.ts';
import type { ProgramAnalyzer } from '../../../src/image/inventory/program-analyzer.ts';
import type { ImageContents } from '../../../src/image/read-image.ts';
import { readImage } from '../../../src/image/read-image.ts';
import { openImagePath } from '../../../src/image/sources/open.ts';
import type { ImageSpec } from '../../support/image-builder.ts';
import { buildImage, toDockerArchive } from '../../support/image-builder.ts';
import type { TarFile } from '../../support/tar-builder.ts';
import { buildTar } from '../../support/tar-builder.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { elfFile } from './inventory/analyzers/program/support.ts';

const program = (text: string): Buffer => elfFile(Buffer.from(`\0${text}\0`.padEnd(900, 'x'), 'latin1'));

async function read(t: TestContext, spec: ImageSpec, programs: readonly ProgramAnalyzer[] = programAnalyzers): Promise<ImageContents> {
  const file = path.join(temporaryDirectory(t), 'image.tar');
  writeFileSync(file, buildTar(toDockerArchive(buildImage(spec))));
  return readImage(await openImagePath(file), { analyzers, programs, detectors: [] });
}

const namesOf = ({ packages }: ImageContents): readonly string[] =>
  packages.map(({ type, name, version, files }) => `${type} ${name} ${version} ${files.join()}`);

test('programs that a package owns are that package, on merged systems too, and whichever layer they lie in', async (t) => {
  const owned = [
    '/.',
    '/usr/sbin/nginx',
    '/bin/bash',
    '/lib/x86_64-linux-gnu/libz.so.1',
    '/lib64/libexpat.so.1',
    '/usr/bin/python3.11',
    '/usr/share/doc/x/wget',
  ];
  const contents = await read(t, {
    layers: [
      { files: [{ path: 'var/lib/dpkg/info/x.list', content: `${owned.join('\n')}\n` }] },
      {
        files: [
          { path: 'usr/sbin/nginx', content: program('nginx version: nginx/1.22.1'), mode: 0o755 },
          { path: 'usr/bin/bash', content: program('@(#)Bash version 5.2.15(1) release GNU'), mode: 0o755 },
          { path: 'usr/lib/x86_64-linux-gnu/libz.so.1', content: program(' inflate 1.2.13 Copyright 1995'), mode: 0o644 },
          { path: 'usr/lib64/libexpat.so.1', content: program('expat_2.5.0'), mode: 0o644 },
          { path: 'usr/bin/python3.11', content: program('3.11.2\0Python %s\n'), mode: 0o755 },
          { path: 'usr/local/bin/node', content: program('node.js/v18.1.0'), mode: 0o755 },
          { path: 'opt/gone/nginx', content: program('nginx version: nginx/1.0.1'), mode: 0o755 },
        ],
      },
      { files: [{ path: 'opt/gone/.wh.nginx' }] },
    ],
  });
  assert.deepEqual(namesOf(contents), ['generic node 18.1.0 usr/local/bin/node']);
});

test('the note of a program names its package only where no package owns it', async (t) => {
  const note: ProgramAnalyzer = {
    id: 'note',
    version: 1,
    scope: 'file',
    open: () => ({ read: () => false, finish: () => ({ value: { packages: [{ type: 'deb', name: 'tool', version: '1' }] }, problems: [] }) }),
  };
  const files = [
    { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID=12\n' },
    { path: 'var/lib/dpkg/info/x.list', content: '/usr/bin/tool\n' },
    { path: 'usr/bin/tool', content: program('x'), mode: 0o755 },
  ];
  assert.deepEqual(namesOf(await read(t, { layers: [{ files }] }, [note])), []);
  const copied = [...files, { path: 'opt/tool', content: program('x'), mode: 0o755 }];
  assert.deepEqual(namesOf(await read(t, { layers: [{ files: copied }] }, [note])), ['deb tool 1 opt/tool']);
});

test('what assemblies of .NET say of themselves counts where no deps.json says it better', async (t) => {
  const assembly: ProgramAnalyzer = {
    id: 'assembly',
    version: 1,
    scope: 'file',
    open: () => ({ read: () => false, finish: () => ({ value: { packages: [{ type: 'nuget', name: 'A', version: '1.0.0' }] }, problems: [] }) }),
  };
  const deps = {
    runtimeTarget: { name: '.NETCoreApp,Version=v8.0' },
    targets: { '.NETCoreApp,Version=v8.0': { 'B/2.0.0': { runtime: { 'lib/B.dll': {} } } } },
    libraries: { 'B/2.0.0': { type: 'package' } },
  };
  const contents = await read(
    t,
    {
      layers: [
        {
          files: [
            { path: 'app/Web.deps.json', content: JSON.stringify(deps) },
            { path: 'app/A.dll', content: program('x') },
            { path: 'app/runtimes/linux-x64/A.dll', content: program('x') },
            { path: 'other/A.dll', content: program('x') },
          ],
        },
      ],
    },
    [assembly],
  );
  assert.deepEqual(namesOf(contents), ['nuget A 1.0.0 other/A.dll', 'nuget B 2.0.0 app/Web.deps.json']);
});

test('a program that UPX packed makes the report say that it cannot be read', async (t) => {
  const packed = program('x');
  packed.write('UPX!\xf4\x0a\x0e\x16', 0xec, 'latin1');
  const { problems } = await read(t, { layers: [{ files: [{ path: 'bin/tool', content: packed, mode: 0o755 }] }] });
  assert.deepEqual(
    problems.map(({ code, path: at }) => [code, at]),
    [['unreadable-file', 'bin/tool']],
  );
});

test('a program with several names is one, and lives on under another when the first is deleted', async (t) => {
  const git: TarFile = { path: 'opt/git/bin/node', content: program('node.js/v18.1.0'), mode: 0o755 };
  const link = (name: string, linkTarget = 'opt/git/bin/node'): TarFile => ({ path: name, type: 'hardlink', linkTarget, mode: 0o755 });
  const files = [git, link('opt/git/libexec/a'), link('opt/git/libexec/b', 'opt/git/libexec/a')];
  assert.deepEqual(namesOf(await read(t, { layers: [{ files }] })), ['generic node 18.1.0 opt/git/bin/node']);
  const without = await read(t, { layers: [{ files }, { files: [{ path: 'opt/git/bin/.wh.node' }] }] });
  assert.deepEqual(namesOf(without), ['generic node 18.1.0 opt/git/libexec/a']);
  const last = await read(t, { layers: [{ files }, { files: [{ path: 'opt/git/bin/.wh.node' }, { path: 'opt/git/libexec/.wh.a' }] }] });
  assert.deepEqual(namesOf(last), ['generic node 18.1.0 opt/git/libexec/b']);
  const all = await read(t, { layers: [{ files }, { files: [{ path: 'opt/.wh.git' }] }] });
  assert.deepEqual(namesOf(all), []);
});
