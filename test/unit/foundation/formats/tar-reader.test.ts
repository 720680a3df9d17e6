import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { MAX_TAR_META_BYTES } from '../../../../src/foundation/base/limits.ts';
import { parseTarBlock } from '../../../../src/foundation/formats/tar-header.ts';
import { TarReader } from '../../../../src/foundation/formats/tar-reader.ts';
import type { TarFile } from '../../../support/tar-builder.ts';
import { buildTar, padded, paxBlocks, tarHeader, withChecksum } from '../../../support/tar-builder.ts';

interface Read {
  entries: { name: string; type: string; linkName: string; body: string }[];
  failure: { kind: string; offset: number } | undefined;
}

/** Reads an archive that comes in chunks of `size` bytes, each in memory that is overwritten when the next is asked for. */
async function readTar(bytes: Uint8Array, size = 1 << 20): Promise<Read> {
  async function* chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let start = 0; start < bytes.length; start += size) {
      const chunk = new Uint8Array(bytes.subarray(start, start + size));
      yield await Promise.resolve(chunk);
      chunk.fill(0xee);
    }
  }
  const reader = new TarReader(chunks());
  const entries: Read['entries'] = [];
  for (let entry = await reader.next(); entry !== undefined; entry = await reader.next()) {
    const { name, type, linkName } = entry;
    const body = await reader.readBody();
    if (body !== undefined) entries.push({ name, type, linkName, body: new TextDecoder().decode(body) });
  }
  const { failure } = reader;
  return { entries, failure: failure && { kind: failure.kind, offset: failure.offset } };
}

const long = `${'directory/'.repeat(30)}file`;
const sample: TarFile[] = [
  { path: 'etc/', type: 'directory' },
  { path: 'etc/passwd', content: 'root' },
  { path: 'empty' },
  { path: 'big', content: 'x'.repeat(5000) },
  { path: 'link', type: 'symlink', linkTarget: '../etc/passwd' },
  { path: 'hard', type: 'hardlink', linkTarget: 'etc/passwd' },
  { path: long, content: 'pax' },
  { path: long, content: 'gnu', longNames: 'gnu' },
  { path: 'to-long', type: 'symlink', linkTarget: long },
  { path: 'to-long', type: 'symlink', linkTarget: long, longNames: 'gnu' },
  { path: 'ümläut/日本', content: 'utf-8' },
];
const expected = sample.map(({ path, type = 'file', linkTarget = '', content = '' }) => ({
  name: path,
  type,
  linkName: linkTarget,
  body: content as string,
}));

test('reads every kind of entry, however the bytes are cut', async () => {
  const tar = buildTar(sample);
  for (const size of [1, 7, 100, 511, 512, 513, 1024, 4096, 1 << 20]) {
    assert.deepEqual(await readTar(tar, size), { entries: expected, failure: undefined }, `chunks of ${size}`);
  }
});

test('reads an archive without its end, and stops at its end', async () => {
  assert.deepEqual((await readTar(buildTar(sample, { end: false }))).entries, expected);
  const junk = Buffer.concat([buildTar(sample), Buffer.from('junk behind the end')]);
  assert.deepEqual(await readTar(junk), { entries: expected, failure: undefined });
});

test('a cut at any offset gives the entries before it, and says so unless it fell between two', async () => {
  const tar = buildTar(sample, { end: false });
  for (let cut = 0; cut < tar.length; cut += 97) {
    const { entries, failure } = await readTar(tar.subarray(0, cut), 1000);
    assert.deepEqual(entries, expected.slice(0, entries.length), `cut at ${cut}`);
    if (failure !== undefined) assert.equal(failure.kind, 'truncated');
    else assert.equal(cut % 512 === 0 || isPadding(tar, cut), true, `cut at ${cut} was not told`);
  }
});

/** A file whose padding alone is missing is whole. */
function isPadding(tar: Uint8Array, cut: number): boolean {
  return tar.subarray(cut, Math.ceil(cut / 512) * 512).every((byte) => byte === 0);
}

test('random bytes never throw, and random damage never hangs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
      await readTar(bytes, 333);
    }),
  );
  const tar = buildTar(sample);
  await fc.assert(
    fc.asyncProperty(fc.nat(tar.length - 1), fc.nat(255), async (at, byte) => {
      const damaged = new Uint8Array(tar);
      damaged[at] = byte;
      await readTar(damaged, 1000);
    }),
  );
});

test('a damaged header ends the reading where it lies', async () => {
  const tar = buildTar([
    { path: 'a', content: '1' },
    { path: 'b', content: '2' },
  ]);
  tar[1024] = 0x7a;
  assert.deepEqual(await readTar(tar), {
    entries: [{ name: 'a', type: 'file', linkName: '', body: '1' }],
    failure: { kind: 'malformed', offset: 1536 },
  });
});

test('sizes: base 256 is read, negative and absurd ones are refused', () => {
  const big = 10 * 1024 ** 3;
  const block = parseTarBlock(tarHeader({ name: 'big', flag: '0', size: big }));
  assert.equal(block.kind === 'header' && block.header.sizeBytes, big);
  for (const field of [
    [0xff, 0xff],
    [0x80, 0x7f, 0xff],
    [0x39, 0x39],
  ]) {
    const header = tarHeader({ name: 'x', flag: '0' });
    header.set(field, 124);
    assert.equal(parseTarBlock(withChecksum(header)).kind, 'bad');
  }
});

test('a header that claims more than there is allocates nothing and is told as a cut', async () => {
  const tar = buildTar([{ path: 'x', content: 'abc', claimedSize: 2 ** 40 }]);
  assert.deepEqual(await readTar(tar), { entries: [], failure: { kind: 'truncated', offset: tar.length } });
});

test('an extended header beyond its bound is refused before it is read', async () => {
  const tar = Buffer.concat([tarHeader({ name: 'x', flag: 'x', size: MAX_TAR_META_BYTES + 1 }), buildTar(sample)]);
  assert.equal((await readTar(tar)).failure?.kind, 'malformed');
});

test('pax: size and owner replace those of the header; malformed records are told', async () => {
  const body = 'seven b';
  const tar = Buffer.concat([
    ...paxBlocks({ size: '7', path: 'renamed', comment: 'x' }),
    tarHeader({ name: 'short', flag: '0', size: 0 }),
    ...padded(Buffer.from(body)),
    buildTar([]),
  ]);
  assert.deepEqual((await readTar(tar)).entries, [{ name: 'renamed', type: 'file', linkName: '', body }]);
  const broken = Buffer.concat([tarHeader({ name: 'p', flag: 'x', size: 9 }), ...padded(Buffer.from('99 path=x')), buildTar(sample)]);
  assert.equal((await readTar(broken)).failure?.kind, 'malformed');
  const absurd = Buffer.concat([...paxBlocks({ size: '-5' }), buildTar(sample)]);
  assert.equal((await readTar(absurd)).failure?.kind, 'malformed');
});

test('as Go reads it: global pax records apply to nothing, a GNU long name wins over a pax path, links have no body', async () => {
  const global = Buffer.concat([...paxBlocks({ path: 'everything-is-me' }, 'g'), buildTar([{ path: 'a', content: '1' }])]);
  assert.deepEqual(
    (await readTar(global)).entries.map(({ name }) => name),
    ['a'],
  );
  const both = Buffer.concat([...paxBlocks({ path: 'pax' }), buildTar([{ path: long, content: '1', longNames: 'gnu' }])]);
  assert.deepEqual(
    (await readTar(both)).entries.map(({ name }) => name),
    [long],
  );
  const link = Buffer.concat([tarHeader({ name: 'l', flag: '1', linkName: 'a', size: 4096 }), buildTar([{ path: 'after' }])]);
  assert.deepEqual(
    (await readTar(link)).entries.map(({ name }) => name),
    ['l', 'after'],
  );
});

test('an old GNU sparse file whose map goes on in further blocks is followed by the next entry', async () => {
  const header = tarHeader({ name: 'sparse', flag: 'S', size: 3, magic: 'ustar  \0' });
  header[482] = 1;
  const map = new Uint8Array(512);
  const tar = Buffer.concat([withChecksum(header), map, ...padded(Buffer.from('abc')), buildTar([{ path: 'after' }])]);
  assert.deepEqual(
    (await readTar(tar)).entries.map(({ name, body }) => [name, body]),
    [
      ['sparse', 'abc'],
      ['after', ''],
    ],
  );
});

test('before ustar, a name that ends in a slash is a directory', async () => {
  const tar = Buffer.concat([tarHeader({ name: 'old/', flag: '\0', magic: '\0' }), buildTar([])]);
  assert.deepEqual(
    (await readTar(tar)).entries.map(({ type }) => type),
    ['directory'],
  );
});
