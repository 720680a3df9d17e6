import assert from 'node:assert/strict';
import { readFileSync, readdirSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { DiskCache } from '../../../../src/foundation/io/disk-cache.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

test('a value is kept until it is cleared, whatever its key', async (t) => {
  const cache = new DiskCache(path.join(temporaryDirectory(t), 'not', 'yet'));
  assert.equal(await cache.read('a'), undefined);
  assert.equal((await cache.status()).entries, 0);
  await cache.write('a', 'one');
  await cache.write('../../a\0b', 'two');
  assert.deepEqual([await cache.read('a'), await cache.read('../../a\0b'), (await cache.status()).entries], ['one', 'two', 2]);
  await cache.clear();
  assert.deepEqual([await cache.read('a'), (await cache.status()).sizeBytes], [undefined, 0]);
});

test('a damaged or cut value is none', async (t) => {
  const directory = temporaryDirectory(t);
  const cache = new DiskCache(directory);
  const file = async (): Promise<string> => {
    await cache.write('a', 'x'.repeat(5000));
    return path.join(directory, readdirSync(directory)[0] ?? '');
  };
  const whole = readFileSync(await file());
  for (let cut = 0; cut < whole.length; cut += 7) {
    truncateSync(await file(), cut);
    assert.equal(await cache.read('a'), undefined, `cut at ${cut}`);
  }
  for (let at = 0; at < whole.length; at += 5) {
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 1;
    writeFileSync(await file(), changed);
    assert.equal(await cache.read('a'), undefined, `changed at ${at}`);
  }
});

test('past its bound, what was used longest ago goes first; what a crash left behind goes too', async (t) => {
  const directory = temporaryDirectory(t);
  const value = (name: string): string => name + Array.from({ length: 3000 }, () => Math.random().toString(36)).join('');
  const cache = new DiskCache(directory, 50_000);
  const names = ['a', 'b', 'c', 'd'];
  for (const [i, name] of names.entries()) {
    const before = new Set(readdirSync(directory));
    await cache.write(name, value(name));
    for (const file of readdirSync(directory)) if (!before.has(file)) utimesSync(path.join(directory, file), 1000 + i, 1000 + i);
  }
  await cache.read('a');
  writeFileSync(path.join(directory, '.part-old'), 'x');
  utimesSync(path.join(directory, '.part-old'), 1, 1);
  await cache.trim();
  const kept = await Promise.all(names.map(async (name) => ((await cache.read(name)) === undefined ? '' : name)));
  assert.equal(kept[0], 'a');
  assert.equal(kept[1], '');
  assert.ok((await cache.status()).sizeBytes <= 50_000);
  assert.ok(!readdirSync(directory).includes('.part-old'));
});

test('several writers and readers at once see whole values only', async (t) => {
  const directory = temporaryDirectory(t);
  const caches = Array.from({ length: 4 }, () => new DiskCache(directory));
  await Promise.all(
    caches.map(async (cache, i) => {
      for (let round = 0; round < 20; round++) {
        await cache.write('shared', String(i).repeat(2000));
        const seen = await cache.read('shared');
        assert.match(seen ?? '', /^(?:|0+|1+|2+|3+)$/);
        if (round === 10) await cache.clear();
      }
    }),
  );
});

test('a folder that cannot be written to is no error', async (t) => {
  const file = path.join(temporaryDirectory(t), 'file');
  writeFileSync(file, '');
  const cache = new DiskCache(path.join(file, 'below'));
  await cache.write('a', 'b');
  await cache.trim();
  assert.equal(await cache.read('a'), undefined);
  assert.equal((await cache.status()).entries, 0);
});
