import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BOLT_PAGE_SIZE, compareBytes, fnv64a, viewOf } from '../../../../src/foundation/formats/bolt-format.ts';
import { openBolt } from '../../../../src/foundation/formats/bolt-reader.ts';
import type { BoltProblem } from '../../../../src/foundation/formats/bolt-meta.ts';
import type { BoltBucket, BoltReader } from '../../../../src/foundation/formats/bolt-reader.ts';
import { createBoltWriter, writeBolt } from '../../../../src/foundation/formats/bolt-writer.ts';
import type { BoltTree } from '../../../../src/foundation/formats/bolt-writer.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function open(bytes: Uint8Array, onRead?: (length: number) => void): ReturnType<typeof openBolt> {
  return openBolt({
    sizeBytes: bytes.length,
    readPage(position, length) {
      onRead?.(length);
      return bytes.subarray(position, position + length);
    },
  });
}

function openValid(bytes: Uint8Array, onRead?: (length: number) => void): BoltReader {
  const opened = open(bytes, onRead);
  assert.ok('reader' in opened, 'problem' in opened ? opened.problem.message : '');
  return opened.reader;
}

/** Everything that can be read, three buckets deep; a hostile file may nest more. */
function dump(bucket: BoltBucket, depth = 3): Map<string, unknown> {
  return new Map(
    [...bucket.entries()].slice(0, 1000).map((entry) => {
      const nested = entry.isBucket && depth > 0 ? bucket.bucket(entry.key) : undefined;
      return [decoder.decode(entry.key), nested === undefined ? decoder.decode(entry.value) : dump(nested, depth - 1)] as const;
    }),
  );
}

function problemOf(bytes: Uint8Array): BoltProblem | undefined {
  const opened = open(bytes);
  return 'problem' in opened ? opened.problem : undefined;
}

function text(value: string): Uint8Array {
  return encoder.encode(value);
}

/** A tree with a branch page, pages of overflow, inline and nested buckets. */
function sampleTree(): BoltTree {
  const many = new Map(Array.from({ length: 800 }, (_, i) => [`CVE-2024-${i}`, text(`value ${i}`)] as const));
  return new Map<string, Uint8Array | BoltTree>([
    [
      'debian 12',
      new Map<string, Uint8Array | BoltTree>([
        ['openssl', new Map([['CVE-1', text('{}')]])],
        ['linux', many],
      ]),
    ],
    ['vulnerability', many],
    ['large', new Map([['key', new Uint8Array(3 * BOLT_PAGE_SIZE).fill(7)]])],
    ['empty', new Map()],
    ['plain', text('value')],
  ]);
}

test('hashes as FNV-1a does', () => {
  assert.equal(fnv64a(new Uint8Array()), 0xcbf29ce484222325n);
  assert.equal(fnv64a(text('a')), 0xaf63dc4c8601ec8cn);
  assert.equal(fnv64a(text('foobar')), 0x85944171f73967e8n);
});

test('begins as a bolt file does', () => {
  const bytes = writeBolt(new Map());
  // Page 0: id 0, flags meta, then magic 0xED0CDAED, version 2, page size 4096.
  assert.equal(Buffer.from(bytes.subarray(0, 28)).toString('hex'), '00000000000000000400000000000000edda0ced0200000000100000');
  assert.equal(bytes.length % BOLT_PAGE_SIZE, 0);
  assert.equal(bytes.length, 4 * BOLT_PAGE_SIZE);
});

test('reads back what was written, by walk and by look-up', () => {
  const reader = openValid(writeBolt(sampleTree()));
  const many = Array.from({ length: 800 }, (_, i) => [`CVE-2024-${i}`, `value ${i}`] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  const found = dump(reader.root);
  assert.deepEqual([...found.keys()], ['debian 12', 'empty', 'large', 'plain', 'vulnerability']);
  assert.deepEqual([...((found.get('debian 12') as Map<string, Map<string, string>>).get('linux') ?? [])], many);
  assert.deepEqual(found.get('empty'), new Map());
  const vulnerabilities = reader.root.bucket(text('vulnerability'));
  for (const [key, value] of many) assert.equal(decoder.decode(vulnerabilities?.get(text(key))), value);
  assert.equal(vulnerabilities?.get(text('CVE-2024-')), undefined);
  assert.equal(vulnerabilities?.get(text('CVE-2025-1')), undefined);
  assert.equal(vulnerabilities?.get(text('')), undefined);
  assert.equal(reader.root.get(text('vulnerability')), undefined, 'a bucket is no value');
  assert.equal(reader.root.bucket(text('plain')), undefined, 'a value is no bucket');
  assert.equal(reader.root.bucket(text('large'))?.get(text('key'))?.length, 3 * BOLT_PAGE_SIZE);
  assert.deepEqual(reader.problems, []);
});

test('reads the values of a bucket as text, whatever they hold', () => {
  const odd = ['plain', 'ü', '\u{1F600}', '\uFEFFmarked', '', 'x'.repeat(5000)];
  const trees: readonly (readonly (readonly [string, Uint8Array])[])[] = [
    [['CVE-1', text('{}')]],
    odd.map((value, index) => [`key ${index} ${value.slice(0, 20)}`, text(value)]),
    ...odd.slice(0, -1).map((value) => [['key 1', text(value)] as const, ['key 2', text('{}')] as const]),
    Array.from({ length: 800 }, (_, index) => [`CVE-2024-${index}`, text(`value ${index}`)]),
    [
      ['a', Uint8Array.of(0xff)],
      ['b', Uint8Array.of(0xe2)],
      ['c', Uint8Array.of(0x82, 0xac)],
    ],
    [],
  ];
  for (const entries of trees) {
    const expected = entries.map(([key, value]) => ({ key: decoder.decode(text(key)), value: decoder.decode(value) }));
    const tree = new Map([['b', new Map(entries)]]);
    const found = openValid(writeBolt(tree)).root.bucket(text('b'))?.texts();
    assert.deepEqual(
      found,
      [...expected].sort((a, b) => compareBytes(text(a.key), text(b.key))),
    );
  }
  const mixed = openValid(writeBolt(sampleTree())).root;
  assert.deepEqual(mixed.texts(), [{ key: 'plain', value: 'value' }], 'buckets are none');
});

test('walks only what begins with a prefix', () => {
  const bucket = openValid(writeBolt(sampleTree())).root.bucket(text('vulnerability'));
  const keys = [...(bucket?.entries(text('CVE-2024-79')) ?? [])].map((entry) => decoder.decode(entry.key));
  assert.deepEqual(keys, ['CVE-2024-79', ...Array.from({ length: 10 }, (_, i) => `CVE-2024-79${i}`)]);
  assert.deepEqual([...(bucket?.entries(text('X')) ?? [])], []);
});

test('finds the entry at a key or before it', () => {
  const bucket = openValid(writeBolt(sampleTree())).root.bucket(text('vulnerability'));
  const keyOf = (key: string): string | undefined => {
    const entry = bucket?.lastNotAbove(text(key));
    return entry === undefined ? undefined : decoder.decode(entry.key);
  };
  assert.equal(keyOf('CVE-2024-5'), 'CVE-2024-5');
  assert.equal(keyOf('CVE-2024-5zzz'), 'CVE-2024-599');
  assert.equal(keyOf('zzz'), 'CVE-2024-99');
  assert.equal(keyOf('A'), undefined);
});

test('writes entries as they come, and refuses them out of order', () => {
  const writer = createBoltWriter({ write: () => undefined });
  const leaf = (key: string) => ({ key: text(key), value: text('x'), isBucket: false });
  assert.throws(() => writer.writeBucket([leaf('b'), leaf('a')]), RangeError);
  assert.throws(() => writer.writeBucket([leaf('a'), leaf('a')]), RangeError);
  assert.throws(() => writer.writeBucket([leaf('')]), RangeError);
  assert.throws(() => writer.writeBucket([leaf('k'.repeat(40_000))]), RangeError);
});

test('the same tree gives the same bytes, however it was filled', () => {
  assert.equal(compareBytes(writeBolt(sampleTree()), writeBolt(new Map([...sampleTree()].reverse()))), 0);
});

test('any tree comes back', () => {
  const leaf = fc.string({ maxLength: 40 });
  const key = fc.string({ minLength: 1, maxLength: 20 }).filter((name) => name.isWellFormed());
  const { node } = fc.letrec<{ node: Map<string, unknown> }>((tie) => ({
    node: fc
      .array(fc.tuple(key, fc.oneof({ maxDepth: 2 }, leaf, tie('node'))), { maxLength: 30 })
      .map((entries) => new Map<string, unknown>(entries)),
  }));
  const toTree = (map: Map<string, unknown>): BoltTree =>
    new Map([...map].map(([name, value]) => [name, value instanceof Map ? toTree(value as Map<string, unknown>) : text(String(value))]));
  const sorted = (map: Map<string, unknown>): unknown =>
    [...map]
      .map(([name, value]) => [name, value instanceof Map ? sorted(value as Map<string, unknown>) : decoder.decode(text(String(value)))] as const)
      .sort(([a], [b]) => compareBytes(text(a), text(b)));
  const read = (bucket: BoltBucket): unknown =>
    [...bucket.entries()].map((entry) => {
      const nested = entry.isBucket ? bucket.bucket(entry.key) : undefined;
      return [decoder.decode(entry.key), nested === undefined ? decoder.decode(entry.value) : read(nested)];
    });
  fc.assert(
    fc.property(node, (map) => {
      assert.deepEqual(read(openValid(writeBolt(toTree(map))).root), sorted(map));
    }),
    { numRuns: 60 },
  );
});

test('a look-up reads a few pages, not the file', () => {
  const entries = Array.from({ length: 20_000 }, (_, i) => [`CVE-2024-${i}`, text('x'.repeat(60))] as const);
  const bytes = writeBolt(new Map([['vulnerability', new Map(entries)]]));
  let read = 0;
  const reader = openValid(bytes, (length) => (read += length));
  assert.ok(reader.root.bucket(text('vulnerability'))?.get(text('CVE-2024-12345')));
  assert.ok(read < 8 * BOLT_PAGE_SIZE, `${read} of ${bytes.length} bytes`);
});

test('says what a file is not', () => {
  assert.equal(problemOf(new Uint8Array())?.code, 'not-a-database');
  assert.equal(problemOf(text('SQLite format 3\0'.repeat(400)))?.code, 'not-a-database');
  const bytes = writeBolt(sampleTree());
  assert.equal(problemOf(bytes.subarray(0, 40))?.code, 'truncated');
  const newer = bytes.slice();
  for (const meta of [0, 1]) viewOf(newer).setUint32(meta * BOLT_PAGE_SIZE + 20, 3, true);
  assert.equal(problemOf(newer)?.code, 'wrong-version');
});

test('one damaged meta page is made good by the other', () => {
  for (const damaged of [0, 1]) {
    const bytes = writeBolt(sampleTree());
    bytes[damaged * BOLT_PAGE_SIZE + 40] = 0xff;
    assert.equal(dump(openValid(bytes).root).size, 5);
  }
  const bytes = writeBolt(sampleTree());
  for (const meta of [0, 1]) bytes[meta * BOLT_PAGE_SIZE + 40] = 0xff;
  assert.equal(problemOf(bytes)?.code, 'malformed');
});

test('truncation at any page is told, never taken for "nothing there"', () => {
  const bytes = writeBolt(sampleTree());
  const whole = dump(openValid(bytes).root);
  for (let length = 2 * BOLT_PAGE_SIZE; length < bytes.length; length += BOLT_PAGE_SIZE / 2) {
    assert.equal(problemOf(bytes.subarray(0, length))?.code, 'truncated', `cut at ${length}`);
    const reader = openValid(claimingNoMore(bytes.subarray(0, length)));
    const found = dump(reader.root);
    assert.ok(reader.problems.length > 0 || found.size === whole.size, `cut at ${length}`);
    assert.ok(reader.problems.every((problem) => problem.code === 'truncated'));
  }
  for (let length = 0; length < 2 * BOLT_PAGE_SIZE; length += 97) open(bytes.subarray(0, length));
});

/** The same bytes with metas that do not say how long the file should be. */
function claimingNoMore(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  for (const meta of [0, 1].map((page) => copy.subarray(page * BOLT_PAGE_SIZE + 16))) {
    viewOf(meta).setBigUint64(40, 2n, true);
    viewOf(meta).setBigUint64(56, fnv64a(meta.subarray(0, 56)), true);
  }
  return copy;
}

/** The page a test damages: `edit` gets the view of the root page of a bucket with branches. */
function withDamage(edit: (view: DataView, pageId: number) => void): BoltReader {
  const bytes = writeBolt(new Map([['v', new Map(Array.from({ length: 800 }, (_, i) => [`k${i}`, text('x'.repeat(40))] as const))]]));
  const reader = openValid(bytes);
  const header = [...reader.root.entries()][0]?.value ?? new Uint8Array();
  const pageId = Number(viewOf(header).getBigUint64(0, true));
  edit(viewOf(bytes.subarray(pageId * BOLT_PAGE_SIZE)), pageId);
  return openValid(bytes);
}

const damages: readonly (readonly [string, (view: DataView, pageId: number) => void])[] = [
  [
    'a branch that is its own child',
    (view, id) => {
      view.setBigUint64(16 + 8, BigInt(id), true);
    },
  ],
  [
    'every child the same',
    (view) => {
      for (let i = 0; i < 8; i += 1) view.setBigUint64(16 + i * 16 + 8, 3n, true);
    },
  ],
  [
    'a child behind the end of the file',
    (view) => {
      view.setBigUint64(16 + 8, 1n << 40n, true);
    },
  ],
  [
    'a child beyond 2^53',
    (view) => {
      view.setBigUint64(16 + 8, 0xffffffffffffffffn, true);
    },
  ],
  [
    'a child that is a meta page',
    (view) => {
      view.setBigUint64(16 + 8, 0n, true);
    },
  ],
  [
    'a page with another number',
    (view) => {
      view.setBigUint64(0, 1n, true);
    },
  ],
  [
    'a page of no kind',
    (view) => {
      view.setUint16(8, 0x40, true);
    },
  ],
  [
    'more elements than the page holds',
    (view) => {
      view.setUint16(10, 0xffff, true);
    },
  ],
  [
    'an overflow of 16 TiB',
    (view) => {
      view.setUint32(12, 0xffffffff, true);
    },
  ],
];

for (const [name, edit] of damages) {
  test(`survives and reports: ${name}`, () => {
    const reader = withDamage(edit);
    const bucket = reader.root.bucket(text('v'));
    assert.ok([...(bucket?.entries() ?? [])].length <= 800);
    bucket?.get(text('k0'));
    assert.ok(reader.problems.length > 0);
    assert.ok(reader.problems.length <= 20);
  });
}

test('survives any bytes in place of any', () => {
  const valid = writeBolt(sampleTree());
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 40 }), (edits) => {
      const bytes = valid.slice();
      for (const [offset, value] of edits) bytes[offset] = value;
      const opened = open(bytes);
      if ('reader' in opened) dump(opened.reader.root);
    }),
    { numRuns: 150 },
  );
});
