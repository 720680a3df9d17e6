import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import type { TestContext } from 'node:test';
import type { FileEntry } from '../../../../src/image/content/detector.ts';
import { analyzers } from '../../../../src/image/inventory/analyzers.generated.ts';
import type { ImageContents } from '../../../../src/image/read-image.ts';
import { readImage } from '../../../../src/image/read-image.ts';
import { openImagePath } from '../../../../src/image/sources/open.ts';
import { ImageSourceError } from '../../../../src/image/sources/source.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const status = 'Package: bash\nStatus: install ok installed\nVersion: 5.2\nArchitecture: amd64\n\n';

/** Makes a small root file system; a path with ` -> ` is a symbolic link. */
function makeRoot(t: TestContext, files: Readonly<Record<string, string>> = {}): string {
  const root = path.join(temporaryDirectory(t), 'root');
  const all = {
    'usr/lib/os-release': 'ID=debian\nVERSION_ID=12\n',
    'etc/os-release -> ../usr/lib/os-release': '',
    'var/lib/dpkg/status': status,
    ...files,
  };
  for (const [name, content] of Object.entries(all)) {
    const [place = '', target] = name.split(' -> ');
    mkdirSync(path.dirname(path.join(root, place)), { recursive: true });
    if (target === undefined) writeFileSync(path.join(root, place), content);
    else symlinkSync(target, path.join(root, place));
  }
  return root;
}

async function read(root: string, entries: FileEntry[] = []): Promise<ImageContents> {
  const seen = {
    id: 'seen',
    version: 1,
    scope: 'final-filesystem' as const,
    inspectEntry: (entry: FileEntry) => {
      entries.push(entry);
      return [];
    },
    wantsContent: ({ path: name }: FileEntry) => name.endsWith('.secret'),
    inspectContent: (_: FileEntry, bytes: Uint8Array) => [
      { id: 'x', category: 'sensitive-file' as const, severity: 'high' as const, title: new TextDecoder().decode(bytes) },
    ],
  };
  return readImage(await openImagePath(root), { analyzers, detectors: [seen] });
}

test('packages, distribution and contents; no layer, because nothing was hashed', async (t) => {
  const contents = await read(makeRoot(t, { 'srv/a.secret': 'told' }));
  assert.deepEqual(
    contents.packages.map(({ purl }) => purl),
    ['pkg:deb/debian/bash@5.2?arch=amd64&distro=debian-12'],
  );
  assert.deepEqual([contents.distro?.id, contents.layers, contents.problems, contents.source.platform.os], ['debian', [], [], 'linux']);
  assert.deepEqual(
    contents.hits.map(({ hit, path: place }) => [hit.title, place]),
    [['told', 'srv/a.secret']],
  );
});

test('links are followed inside the folder and never out of it', async (t) => {
  const outside = makeRoot(t, { 'srv/out.secret': 'out' });
  const root = makeRoot(t, {
    'opt/data/dpkg/status': status.replace('bash', 'zsh'),
    'bin/status -> /opt/data/dpkg/status': '',
    [`escape -> ${outside}`]: '',
    [`srv/one.secret -> ${outside}/srv/out.secret`]: '',
    'srv/two.secret -> ../../../../../../../../../../etc/passwd': '',
    'loop -> loop': '',
  });
  const entries: FileEntry[] = [];
  const contents = await read(root, entries);
  assert.deepEqual(contents.hits, []);
  assert.ok(!entries.some((entry) => entry.path.startsWith('escape/')));
  assert.equal(entries.find((entry) => entry.path === 'escape')?.linkTarget, outside);
});

test('a database that is only linked to is read where it lies', async (t) => {
  const root = makeRoot(t, {
    'usr/share/db/status': status.replace('bash', 'zsh'),
    'lib/apk/db/installed -> /usr/share/apk.db': '',
    'usr/share/apk.db': 'P:musl\nV:1.2\n\n',
  });
  const contents = await read(root);
  assert.ok(contents.packages.some(({ name }) => name === 'musl'));
});

test('hard links, pipes, sparse files and strange names', async (t) => {
  const root = makeRoot(t, { 'srv/a.secret': 'told', 'srv/line\nbreak': '' });
  linkSync(path.join(root, 'srv/a.secret'), path.join(root, 'srv/b.secret'));
  execFileSync('mkfifo', [path.join(root, 'srv/pipe.secret')]);
  writeFileSync(path.join(root, 'srv/huge.secret'), '');
  truncateSync(path.join(root, 'srv/huge.secret'), 10 ** 12);
  const entries: FileEntry[] = [];
  const contents = await read(root, entries);
  assert.deepEqual(
    contents.hits.map(({ path: place }) => place),
    ['srv/a.secret', 'srv/b.secret'],
  );
  assert.equal(entries.find((entry) => entry.path === 'srv/pipe.secret')?.type, 'fifo');
  assert.deepEqual(contents.problems, []);
});

test('what this user may not read is told', { skip: process.getuid?.() === 0 && 'root may read everything' }, async (t) => {
  const root = makeRoot(t, { 'srv/a.secret': 'told', 'closed/x': '' });
  chmodSync(path.join(root, 'srv/a.secret'), 0);
  chmodSync(path.join(root, 'closed'), 0);
  t.after(() => {
    chmodSync(path.join(root, 'closed'), 0o755);
  });
  const { problems } = await read(root);
  assert.deepEqual(
    problems.map(({ code, path: place }) => [code, place]),
    [
      ['permission', 'closed'],
      ['permission', 'srv/a.secret'],
    ],
  );
});

test('an abort ends it', async (t) => {
  const source = await openImagePath(makeRoot(t));
  await assert.rejects(readImage(source, { analyzers: [], detectors: [] }, { signal: AbortSignal.abort(new Error('enough')) }), /enough/);
});

test('a folder that is neither a root nor a layout is refused', async (t) => {
  const directory = temporaryDirectory(t);
  mkdirSync(path.join(directory, 'src'));
  mkdirSync(path.join(directory, 'lib'));
  await assert.rejects(openImagePath(directory), (error) => error instanceof ImageSourceError && /index\.json.*root file system/.test(error.message));
  mkdirSync(path.join(directory, 'bin'));
  assert.equal((await openImagePath(directory)).kind, 'root-directory');
  writeFileSync(path.join(directory, 'index.json'), '{}');
  assert.equal((await openImagePath(directory)).kind, 'oci-layout');
});
