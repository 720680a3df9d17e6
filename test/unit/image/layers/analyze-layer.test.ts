import assert from 'node:assert/strict';
import test from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { MAX_CONTENT_FILE_BYTES, MAX_FINDINGS_PER_FILE } from '../../../../src/foundation/base/limits.ts';
import type { ImagePath } from '../../../../src/foundation/model/brand.ts';
import type { Detector, DetectorHit } from '../../../../src/image/content/detector.ts';
import type { Analyzer } from '../../../../src/image/inventory/analyzer.ts';
import type { ProgramAnalyzer } from '../../../../src/image/inventory/program-analyzer.ts';
import type { LayerAnalysis } from '../../../../src/image/layers/analyze-layer.ts';
import { analyzeLayer } from '../../../../src/image/layers/analyze-layer.ts';
import { digestOf } from '../../../support/image-builder.ts';
import type { TarFile } from '../../../support/tar-builder.ts';
import { buildTar } from '../../../support/tar-builder.ts';

const nameAnalyzer: Analyzer = {
  id: 'names',
  version: 1,
  scope: 'file',
  wants: (path) => path.endsWith('.pkg'),
  analyze: ({ bytes }) => ({ value: { packages: [{ type: 'npm', name: new TextDecoder().decode(bytes), version: '1' }] }, problems: [] }),
};

const hit: DetectorHit = { id: 'x:y', category: 'sensitive-file', severity: 'low', title: 'x' };
const secretDetector: Detector = {
  id: 'secrets',
  version: 1,
  scope: 'every-layer',
  wantsContent: ({ path }) => path.endsWith('.key'),
  inspectContent: (_, bytes) => (new TextDecoder().decode(bytes).includes('SECRET') ? [hit] : []),
};
const modeDetector: Detector = {
  id: 'modes',
  version: 1,
  scope: 'final-filesystem',
  inspectEntry: ({ mode }) => ((mode & 0o4000) !== 0 ? [hit] : []),
};

async function analyze(
  files: readonly TarFile[] | Uint8Array,
  analyzers: readonly Analyzer[] = [nameAnalyzer],
  detectors: readonly Detector[] = [secretDetector, modeDetector],
): Promise<LayerAnalysis> {
  const tar = files instanceof Uint8Array ? files : buildTar(files);
  async function* stored(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let start = 0; start < tar.length; start += 1000) yield await Promise.resolve(tar.subarray(start, start + 1000));
  }
  return analyzeLayer(stored(), { analyzers, detectors });
}

const namesOf = (analysis: LayerAnalysis): string[][] => analysis.records.map(({ path, packages }) => [path, ...packages.map(({ name }) => name)]);

test('digests and sizes of plain and compressed layers', async () => {
  const tar = buildTar([{ path: 'a.pkg', content: 'one' }]);
  for (const stored of [tar, gzipSync(tar), zstdCompressSync(tar)]) {
    const { walked, records } = await analyze(stored);
    assert.deepEqual(
      [walked.diffId, walked.digest, walked.storedBytes, walked.plainBytes, walked.complete],
      [digestOf(tar), digestOf(stored), stored.length, tar.length, true],
    );
    assert.equal(records.length, 1);
  }
});

test('bytes after the end of the tar are part of the digest', async () => {
  const stored = Buffer.concat([buildTar([{ path: 'a' }]), Buffer.alloc(4096, 1)]);
  assert.equal((await analyze(stored)).walked.diffId, digestOf(stored));
});

test('names are normalised: none climbs out, and all forms of one path are one', async () => {
  const { tree } = await analyze([
    { path: './usr/bin/a' },
    { path: '/usr//lib/./b' },
    { path: '../../../etc/shadow' },
    { path: './', type: 'directory' },
  ]);
  for (const path of ['usr/bin/a', 'usr/lib/b', 'etc/shadow']) assert.notEqual(tree.typeOf(path as ImagePath), undefined, path);
  assert.equal(tree.entryCount, 3);
});

test('whiteouts and opaque folders are told from files; the bookkeeping of aufs is passed over; one that names nothing is told', async () => {
  const { tree, problems } = await analyze([
    { path: 'd/.wh.gone' },
    { path: 'o/.wh..wh..opq' },
    { path: '.wh..wh.plnk', type: 'directory' },
    { path: 'x/.wh...' },
    { path: 'y/.wh.' },
  ]);
  assert.equal(tree.entryCount, 0);
  assert.equal(tree.hides('d/gone' as ImagePath, ['d' as ImagePath]), true);
  assert.equal(tree.hides('o/any' as ImagePath, ['o' as ImagePath]), true);
  assert.equal(tree.hides('x/any' as ImagePath, ['x' as ImagePath]), false);
  assert.deepEqual(
    problems.map(({ code, path }) => [code, path]),
    [
      ['malformed', 'x/.wh...'],
      ['malformed', 'y/.wh.'],
    ],
  );
});

test('content is given to who wants it; of a path that is there twice the last counts', async () => {
  const analysis = await analyze([
    { path: 'a.pkg', content: 'old' },
    { path: 'a.pkg', content: 'new' },
    { path: 'b.key', content: 'a SECRET' },
    { path: 'c.key', content: 'nothing' },
    { path: 'd', mode: 0o4755 },
  ]);
  assert.deepEqual(namesOf(analysis), [['a.pkg', 'new']]);
  assert.deepEqual(
    analysis.hits.map(({ detector, path }) => [detector.id, path]),
    [
      ['secrets', 'b.key'],
      ['modes', 'd'],
    ],
  );
});

test('a hard link to a wanted file counts; one to a file that nobody wanted is left for a second look', async () => {
  const analysis = await analyze([
    { path: 'a.pkg', content: 'one' },
    { path: 'b.pkg', type: 'hardlink', linkTarget: './a.pkg' },
    { path: 'store/0123', content: 'two' },
    { path: 'c.pkg', type: 'hardlink', linkTarget: 'store/0123' },
    { path: 'd.key', type: 'hardlink', linkTarget: 'store/0123' },
  ]);
  assert.deepEqual(namesOf(analysis), [
    ['a.pkg', 'one'],
    ['b.pkg', 'one'],
  ]);
  assert.deepEqual(
    analysis.hardlinks.map(({ entry, target, analyzers, detectors }) => [entry.path, target, analyzers.length, detectors.length]),
    [
      ['c.pkg', 'store/0123', 1, 0],
      ['d.key', 'store/0123', 0, 1],
    ],
  );
});

test('what throws is named, and harms nobody else', async () => {
  const throwing: Analyzer = {
    ...nameAnalyzer,
    id: 'throws',
    analyze: () => {
      throw new Error('a bug');
    },
  };
  const asking: Detector = {
    ...secretDetector,
    id: 'asks',
    wantsContent: () => {
      throw new Error('another');
    },
  };
  const yielding: Detector = {
    ...modeDetector,
    id: 'yields',
    *inspectEntry() {
      yield hit;
      throw new Error('late');
    },
  };
  const analysis = await analyze(
    [
      { path: 'a.pkg', content: 'one' },
      { path: 'b.pkg', content: 'two' },
    ],
    [throwing, nameAnalyzer],
    [asking, yielding],
  );
  assert.deepEqual(namesOf(analysis), [
    ['a.pkg', 'one'],
    ['b.pkg', 'two'],
  ]);
  assert.deepEqual(
    analysis.problems.map(({ code, message }) => [code, message.split(':').at(-1)]),
    [
      ['detector-failed', ' late'],
      ['detector-failed', ' another'],
      ['detector-failed', ' a bug'],
      ['detector-failed', ' late'],
      ['detector-failed', ' a bug'],
    ],
  );
});

test('bounds: a file too large for analyzers is told, a detector that finds too much is stopped, one is not asked for large files', async () => {
  const many: Detector = { ...modeDetector, id: 'many', inspectEntry: () => Array.from({ length: MAX_FINDINGS_PER_FILE + 1 }, () => hit) };
  const analysis = await analyze([{ path: 'a' }], [], [many]);
  assert.equal(analysis.hits.length, MAX_FINDINGS_PER_FILE);
  assert.equal(analysis.problems[0]?.code, 'limit-exceeded');
  const large = await analyze([{ path: 'big.key', content: Buffer.concat([Buffer.from('SECRET'), Buffer.alloc(MAX_CONTENT_FILE_BYTES)]) }]);
  assert.deepEqual(large.hits, []);
});

test('a program is given in pieces, with its head first, to those who open it; one that throws is named', async () => {
  const program = Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01\0'), Buffer.alloc(9000, 'x')]);
  const given: string[] = [];
  const reader: ProgramAnalyzer = {
    id: 'reader',
    version: 1,
    scope: 'file',
    open: ({ path, format, head, sizeBytes }) => {
      given.push(`${path} ${format} ${head.length} of ${sizeBytes}`);
      let bytes = 0;
      return {
        read: (piece) => {
          bytes += piece.length;
          return true;
        },
        finish: () => ({ value: { packages: [{ type: 'generic', name: path, version: String(bytes) }] }, problems: [] }),
      };
    },
  };
  const throwing: ProgramAnalyzer = {
    ...reader,
    id: 'throws',
    open: () => ({
      read: () => {
        throw new Error('a bug');
      },
      finish: () => ({ value: {}, problems: [] }),
    }),
  };
  const tar = buildTar([
    { path: 'bin/tool', content: program, mode: 0o755 },
    { path: 'bin/script', content: `#!/bin/sh\n${'#'.repeat(5000)}`, mode: 0o755 },
    { path: 'lib/data', content: program, mode: 0o644 },
    { path: 'lib/libx.so.1', content: program, mode: 0o644 },
    { path: 'bin/tool.pkg', content: program, mode: 0o755 },
  ]);
  async function* stored(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let start = 0; start < tar.length; start += 1000) yield await Promise.resolve(tar.subarray(start, start + 1000));
  }
  const analysis = await analyzeLayer(stored(), { analyzers: [nameAnalyzer], detectors: [], programs: [throwing, reader] });
  const size = program.length;
  assert.deepEqual(given, [`bin/tool elf 4096 of ${size}`, `lib/libx.so.1 elf 4096 of ${size}`, `bin/tool.pkg elf 4096 of ${size}`]);
  const read = analysis.records.filter(({ analyzer }) => analyzer.id === 'reader').map(({ packages }) => [packages[0]?.name, packages[0]?.version]);
  assert.deepEqual(read, [
    ['bin/tool', String(size)],
    ['lib/libx.so.1', String(size)],
    ['bin/tool.pkg', String(size)],
  ]);
  assert.deepEqual(
    analysis.problems.map(({ code, path }) => [code, path]),
    [
      ['detector-failed', 'bin/tool'],
      ['detector-failed', 'lib/libx.so.1'],
      ['detector-failed', 'bin/tool.pkg'],
    ],
  );
});

test('a sparse file that is wanted is read as it is when unpacked; one whose map is wrong is told', async () => {
  const analysis = await analyze([
    { path: 'a.pkg', content: 'parts', pax: { 'GNU.sparse.size': '9', 'GNU.sparse.map': '2,5' } },
    { path: 'b.pkg', content: 'parts', pax: { 'GNU.sparse.size': '3', 'GNU.sparse.map': '2,5' } },
    { path: 'c.pkg', content: 'parts', pax: { 'GNU.sparse.size': '20', 'GNU.sparse.map': '0,15' } },
  ]);
  assert.deepEqual(namesOf(analysis), [['a.pkg', '\0\0parts\0\0']]);
  assert.deepEqual(
    analysis.problems.map(({ code, path }) => [code, path]),
    [
      ['unreadable-file', 'b.pkg'],
      ['unreadable-file', 'c.pkg'],
    ],
  );
});

test('holes cost their writer nothing, so they are bounded', async () => {
  const size = String(60 * 1024 * 1024);
  const files = Array.from({ length: 20 }, (_, i) => ({ path: `${i}.pkg`, content: '', pax: { 'GNU.sparse.size': size, 'GNU.sparse.map': '0,0' } }));
  const analysis = await analyze(files, [{ ...nameAnalyzer, analyze: () => ({ value: {}, problems: [] }) }]);
  assert.deepEqual([...new Set(analysis.problems.map(({ code }) => code))], ['limit-exceeded']);
  assert.equal(analysis.problems.length, 3);
});

test('a layer cut at any offset gives what came before, and says that it is not whole', async () => {
  const whole = buildTar(
    [
      { path: 'a.pkg', content: 'one' },
      { path: 'b.pkg', content: 'x'.repeat(600) },
    ],
    { end: false },
  );
  for (let cut = 1; cut < whole.length; cut += 101) {
    const analysis = await analyze(whole.subarray(0, cut));
    // In padding, or between two entries, nothing that can be seen is missing; the digest tells that case.
    if (analysis.records.length < 2 && cut !== 1024) assert.ok(analysis.problems.length > 0 || (cut > 515 && cut <= 1024), `cut at ${cut}`);
  }
  const gzip = gzipSync(whole);
  const analysis = await analyze(gzip.subarray(0, gzip.length - 10));
  assert.deepEqual([analysis.walked.complete, analysis.problems.map(({ code }) => code)], [false, ['unreadable-layer']]);
});

test('what is no tar is told', async () => {
  const analysis = await analyze(Buffer.alloc(2000, 'junk'));
  assert.deepEqual(
    analysis.problems.map(({ code }) => code),
    ['unreadable-layer'],
  );
});

test('an abort is thrown, not swallowed', async () => {
  async function* stored(): AsyncGenerator<Uint8Array, void, undefined> {
    yield await Promise.resolve(buildTar([{ path: 'a' }]));
  }
  await assert.rejects(analyzeLayer(stored(), { analyzers: [], detectors: [] }, AbortSignal.abort(new Error('enough'))), /enough/);
});
