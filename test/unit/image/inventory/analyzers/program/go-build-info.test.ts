import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { toStdlibVersion } from '../../../../../../src/foundation/formats/go-build-info.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/program/go-build-info.ts';
import { elfFile, readProgram, summarize } from './support.ts';

const MAGIC = '\xff Go buildinf:';
const START = Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex');
const END = Buffer.from('f932433186182072008242104116d8f2', 'hex');
const LIST = [
  'path\texample.org/tool/cmd/tool',
  'mod\texample.org/tool\tv1.4.0\t',
  'dep\texample.org/one\tv1.0.0\th1:x',
  'dep\texample.org/two\tv2.0.0',
  '=>\texample.org/fork\tv2.1.0\th1:y',
  'dep\texample.org/three\tv3.0.0',
  '=>\t./three\t(devel)\t',
  '',
].join('\n');
const PACKAGES = [
  'golang stdlib 1.17.5',
  'golang example.org/one v1.0.0',
  'golang example.org/fork v2.1.0',
  'golang example.org/three v3.0.0',
  'golang example.org/tool v1.4.0',
];

function withLength(text: Buffer): Buffer {
  const length: number[] = [];
  let rest = text.length;
  for (; rest >= 0x80; rest >>= 7) length.push((rest & 0x7f) | 0x80);
  return Buffer.concat([Buffer.from([...length, rest]), text]);
}

function inlineInfo(goVersion: string, list: string): Buffer {
  const header = Buffer.alloc(32);
  header.write(MAGIC, 'latin1');
  header[14] = 8;
  header[15] = 2;
  const marked = list === '' ? Buffer.alloc(0) : Buffer.concat([START, Buffer.from(list), END]);
  return Buffer.concat([header, withLength(Buffer.from(goVersion)), withLength(marked)]);
}

/** Returns an ELF file as Go made them before 1.18: strings in a segment of constants, pointers to them in one of data. */
function oldFile(littleEndian: boolean, wordBytes: 4 | 8, pointerAt = 0x2800): Buffer {
  const goVersion = 'go1.17.5';
  const file = Buffer.alloc(0x4000);
  const put16 = (value: number, at: number): number => (littleEndian ? file.writeUInt16LE(value, at) : file.writeUInt16BE(value, at));
  const put32 = (value: number, at: number): number => (littleEndian ? file.writeUInt32LE(value, at) : file.writeUInt32BE(value, at));
  const putWord = (value: number, at: number): void => {
    if (wordBytes === 8) put32(0, littleEndian ? at + 4 : at);
    put32(value, wordBytes === 8 && !littleEndian ? at + 4 : at);
  };
  file.set([0x7f, 0x45, 0x4c, 0x46, wordBytes / 4, littleEndian ? 1 : 2, 1]);
  const headerBytes = wordBytes === 8 ? 64 : 52;
  const entryBytes = wordBytes === 8 ? 56 : 32;
  putWord(headerBytes, wordBytes === 8 ? 32 : 28);
  put16(entryBytes, wordBytes === 8 ? 54 : 42);
  put16(2, wordBytes === 8 ? 56 : 44);
  const segments = [
    [0x1000, 0x401000],
    [0x2000, 0x602000],
  ] as const;
  segments.forEach(([offset, address], i) => {
    const at = headerBytes + i * entryBytes;
    put32(1, at);
    put32(i === 0 ? 4 : 6, at + (wordBytes === 8 ? 4 : 24));
    putWord(offset, at + (wordBytes === 8 ? 8 : 4));
    putWord(address, at + (wordBytes === 8 ? 16 : 8));
    putWord(0x1000, at + (wordBytes === 8 ? 32 : 16));
  });
  file.write(littleEndian ? '\x04\0\0\0Go\0\0' : '\0\0\0\x04Go\0\0', 0xf00, 'latin1');
  // Strings of Go have no end of their own.
  file.write(`go1.9${goVersion}go1.4`, 0x1103 - 5, 'latin1');
  Buffer.concat([START, Buffer.from(LIST), END]).copy(file, 0x1301);
  file.write(MAGIC, 0x2100, 'latin1');
  file[0x210e] = wordBytes;
  file[0x210f] = littleEndian ? 0 : 1;
  putWord(0x600000 + pointerAt, 0x2110);
  putWord(0x401103, pointerAt);
  putWord(goVersion.length, pointerAt + wordBytes);
  return file;
}

test('what Go writes since 1.18: every module as what it was replaced by, and the standard library', () => {
  const file = elfFile(
    Buffer.concat([Buffer.from('\xff Go buildinf:not at a multiple of 16 '.padEnd(48), 'latin1'), inlineInfo('go1.17.5 X:boringcrypto', LIST)]),
  );
  const { value, problems } = readProgram(analyzer, 'bin/tool', file);
  assert.deepEqual([summarize(value.packages), problems], [PACKAGES, []]);
});

test('what Go wrote before, with pointers: in both byte orders and word lengths', () => {
  for (const littleEndian of [true, false]) {
    for (const wordBytes of [4, 8] as const) {
      const { value, problems } = readProgram(analyzer, 'bin/tool', oldFile(littleEndian, wordBytes));
      assert.deepEqual([summarize(value.packages), problems], [PACKAGES, []], `${wordBytes} ${String(littleEndian)}`);
    }
  }
});

test('another linker than that of Go puts what the pointers lead over before them', () => {
  const { value } = readProgram(analyzer, 'bin/tool', oldFile(true, 8, 0x2040), [100]);
  assert.deepEqual(summarize(value.packages), PACKAGES);
});

test('a program of old whose pointers lead nowhere names its modules and says that its version cannot be told', () => {
  const file = oldFile(true, 8);
  file.writeUInt32LE(0xdddddd, 0x2800);
  const { value, problems } = readProgram(analyzer, 'bin/tool', file);
  assert.deepEqual(summarize(value.packages), PACKAGES.slice(1));
  assert.match(problems[0]?.message ?? '', /which version/);
});

test('the own version of a program: from its module, the linker, the commit, else it is left out', () => {
  const own = (mod: string, ...settings: readonly string[]): readonly string[] => {
    const list = ['path\thelm.sh/helm/v3/cmd/helm', `mod\thelm.sh/helm/v3\t${mod}\t`, ...settings.map((setting) => `build\t${setting}`), ''].join(
      '\n',
    );
    return summarize(readProgram(analyzer, 'a', elfFile(inlineInfo('go1.22', list))).value.packages).slice(1);
  };
  const commit = ['vcs=git', 'vcs.revision=0123456789abcdef0123', 'vcs.time=2024-01-02T03:04:05Z'];
  assert.deepEqual(own('v3.12.0'), ['golang helm.sh/helm/v3 v3.12.0', 'generic helm 3.12.0']);
  assert.deepEqual(own('(devel)', '-ldflags="-w -X helm.sh/helm/v3/internal/version.version=v3.11.1 -X k8s.io/x.gitVersion=v1.0.0"'), [
    'golang helm.sh/helm/v3 v3.11.1',
    'generic helm 3.11.1',
  ]);
  assert.deepEqual(own('(devel)', '-ldflags="-X \'main.Version=3.1.2-rc.1\'"', ...commit), [
    'golang helm.sh/helm/v3 v3.1.2-rc.1',
    'generic helm 3.1.2-rc.1',
  ]);
  assert.deepEqual(own('(devel)', '-ldflags="-X a/b.gitVersion=v1.0.0 -X a/c.gitVersion=v2.0.0"'), []);
  assert.deepEqual(own('(devel)', ...commit), ['golang helm.sh/helm/v3 v0.0.0-20240102030405-0123456789ab']);
  assert.deepEqual(own('(devel)'), []);
});

test('versions of Go', () => {
  const versions = [
    'go1.22.1',
    'go1.20',
    'go1.21rc2',
    'go1.22.1 X:boringcrypto',
    'devel go1.23-4f3a2c1 Mon Jan 1',
    'go1.19.13-fips',
    'devel +4f3a2c1',
    '',
  ];
  assert.deepEqual(versions.map(toStdlibVersion), ['1.22.1', '1.20', '1.21.0-rc.2', '1.22.1', '1.23.0-devel', '1.19.13', undefined, undefined]);
});

test('lengths that lie, and a list that is cut off, are told or end the search', () => {
  const info = inlineInfo('go1.22.1', LIST);
  const cut = readProgram(analyzer, 'a', elfFile(info.subarray(0, 120)));
  assert.deepEqual([cut.value, cut.problems.length], [{}, 1]);
  const huge = Buffer.concat([info.subarray(0, 41), Buffer.from([0xff, 0xff, 0xff, 0xff, 0x7f]), Buffer.alloc(5000)]);
  assert.equal(readProgram(analyzer, 'a', elfFile(huge)).problems.length, 1);
  assert.deepEqual(readProgram(analyzer, 'a', elfFile(Buffer.alloc(9000, MAGIC, 'latin1'))).value.packages ?? [], []);
});

test('however a program is cut into pieces, the same is read from it', () => {
  const files = [elfFile(inlineInfo('go1.17.5', LIST)), oldFile(true, 8), oldFile(false, 4)];
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 8 }), (file, pieces) => {
      assert.deepEqual(summarize(readProgram(analyzer, 'a', file, pieces).value.packages), PACKAGES);
    }),
    { numRuns: 60 },
  );
  for (const file of files) assert.deepEqual(summarize(readProgram(analyzer, 'a', file, [1]).value.packages), PACKAGES);
});

test('damaged programs are read without throwing', () => {
  const file = oldFile(true, 8);
  fc.assert(
    fc.property(
      fc.integer({ min: 8, max: file.length }),
      fc.array(fc.tuple(fc.integer({ min: 8, max: 0x2810 }), fc.nat(255)), { maxLength: 30 }),
      (end, changes) => {
        const damaged = Buffer.from(file);
        for (const [at, value] of changes) damaged[at] = value;
        readProgram(analyzer, 'a', damaged.subarray(0, end), [1000]);
      },
    ),
  );
});
